/** What a person does again and again on the way from scene to scene. */
import { expect, type Page } from '@playwright/test';

/** Opens a folder from the start screen, by its path. */
export async function openFolder(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Open folder' }).click();
  await openInBrowser(page, path);
}

async function openInBrowser(page: Page, path: string): Promise<void> {
  const browser = page.getByRole('dialog', { name: 'Open a folder of audit logs' });
  const field = browser.getByRole('textbox', { name: 'Path' });
  await expect(field).not.toHaveValue('');
  await field.fill(path);
  await browser.getByRole('button', { name: 'Open this folder' }).click();
  await expect(browser).toBeHidden();
}

/** Closes the open source. */
export async function closeSource(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Source / }).click();
  await page.getByRole('menuitem', { name: 'Close source' }).click();
  await expect(page.getByRole('heading', { name: 'Audit Desk' })).toBeVisible();
}

/** Closes the dialog or the list that lies over the window. */
export async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Imports a key file in the keys dialog, which is open. */
export async function importKey(page: Page, path: string, name: string): Promise<void> {
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByRole('textbox', { name: 'Key file' }).fill(path);
  await keys.getByRole('textbox', { name: 'Name' }).fill(name);
  await keys.getByRole('button', { name: 'Import key' }).click();
  await expect(keys.getByRole('table', { name: 'Imported keys' })).toContainText(name);
}

/** Runs the command that the palette finds first. */
export async function runCommand(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(query);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeHidden();
}
