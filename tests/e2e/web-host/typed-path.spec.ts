/** The browser of folders keeps what a person types, however late the host answers. */
import { expect, test } from '../support/desk-test.ts';

test('a listing that arrives late does not replace a typed path', async ({ desk }) => {
  const page = await desk.start();
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/call/sources.browseFolders', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Open folder' }).first().click();
  const path = page.getByRole('dialog').getByRole('textbox', { name: 'Path' });
  await path.fill('/tmp/not-asked-for-yet');
  answer();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Parent folder' })).toBeVisible();
  await expect(path).toHaveValue('/tmp/not-asked-for-yet');
});
