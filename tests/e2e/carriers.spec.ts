/** The contract reaches the window over every host. */
import { expect, test } from './support/desk-test.ts';

test('the window says which host carries it, also after a reload', async ({ desk }) => {
  const page = await desk.start();
  const kind = desk.host === 'web' ? 'web' : 'electron';
  await expect(page.getByText(`carried by the ${kind} host, times in UTC`)).toBeVisible();
  await page.reload();
  await expect(page.getByText(`carried by the ${kind} host, times in UTC`)).toBeVisible();
  expect(page.url()).not.toContain('token');
});
