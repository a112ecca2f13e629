/** The ways to a log, what is said where a way leads nowhere, and what is remembered. */
import { join } from 'node:path';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, fixtureFolder } from './window/log-copy.ts';

test('a folder that is not there, a range that runs backwards and an id that nobody has are told, and nothing is lost', async ({
  desk,
}) => {
  const page = await desk.start();
  const window = new DeskWindow(page);
  const missing = join(desk.dataFolder, 'no such folder');
  await desk.chooseFolder(missing);
  await expect(page.getByRole('alert').filter({ hasText: 'could not be opened' })).toContainText('source_not_found');
  if (desk.host === 'web') {
    const browser = window.dialog('Open a folder of audit logs');
    await expect(browser.getByRole('textbox', { name: 'Path' })).toHaveValue(missing);
    await page.keyboard.press('Escape');
    await expect(browser).toBeHidden();
  }
  await desk.chooseFolder(fixtureFolder('plaintext'));
  await window.expectCounts('120 entries');

  await window.typeRange('2026-01-02 to 2026-01-01');
  await expect(page.getByText('This range ends before it begins.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Type a range' }).fill('whenever');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText(/^Not understood\./)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Range: All time' })).toBeVisible();
  await window.expectCounts('120 entries');

  const { search } = window;
  await search.fill('no-such-id');
  await window.expectCounts('0 of 120 entries');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  await expect(page.getByText('120 entries without it')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Text no-such-id' }).click();
  await window.expectCounts('120 entries');
  await expect(search).toHaveValue('');
});

test('sources that were open are offered again, starred ones first', async ({ desk }) => {
  const log = await copyLog('plaintext');
  let page = await desk.start();
  await desk.chooseFolder(log.folder);
  await new DeskWindow(page).expectCounts('120 entries');
  await page.getByRole('button', { name: 'Source plaintext' }).click();
  await page.getByRole('menuitem', { name: 'Close source' }).click();
  await desk.chooseFolder(fixtureFolder('hash-only'));
  await new DeskWindow(page).expectCounts('300 entries');

  page = await desk.start();
  const recent = page.getByRole('region', { name: 'Recent and starred' }).getByRole('listitem');
  await expect(recent).toHaveCount(2);
  await expect(recent.first()).toContainText('hash-only');
  await page.getByRole('button', { name: 'Star plaintext' }).click();
  await expect(page.getByRole('button', { name: 'Star plaintext' })).toHaveAttribute('aria-pressed', 'true');
  await expect(recent.first()).toContainText('plaintext');
  await page.getByRole('button', { name: 'Forget hash-only' }).click();
  await expect(recent).toHaveCount(1);
  await recent.first().getByRole('button').first().click();
  await new DeskWindow(page).expectCounts('120 entries');
  await log.remove();
});

test('the sample log opens by one button and reveals with the key that comes with it', async ({ desk }) => {
  const page = await desk.start();
  await page.getByRole('button', { name: 'Try the sample log' }).click();
  const window = new DeskWindow(page);
  await window.expectCounts('5,000 entries');
  await expect(page.getByRole('button', { name: 'Keys: 1' })).toBeVisible();
  await window.row(0).click();
  await window.reveal();
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
  await expect(window.detail.getByText('Opened with the key “Sample key”')).toHaveCount(2);
  await page.getByRole('checkbox', { name: /^blocked/ }).check();
  await window.expectCounts(/^1\d\d of 5,000 entries$/);
  for (const text of await window.column('Status')) expect(text.trim()).toBe('blocked');
});
