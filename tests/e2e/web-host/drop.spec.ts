/** A browser does not tell where a dropped folder lies. */
import { expect, test } from '../support/desk-test.ts';
import { dropFolders } from '../support/drop-folder.ts';

test('a folder dropped onto the page is answered with the way to open it', async ({ desk }) => {
  const page = await desk.start();
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  expect(await dropFolders(page, { claims: '' })).toBe(true);
  await expect(page.getByRole('alert')).toContainText('A browser does not tell where a dropped folder lies');
});
