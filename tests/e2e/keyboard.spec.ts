/** The main story without a mouse: nothing needs one. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { expectedEntries, fixtureFolder, keyFile } from './window/log-copy.ts';

const MOST_STOPS = 60;

/** Presses Tab until the element of a role and name has the focus. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'checkbox' | 'grid' | 'tab', name: string | RegExp) {
  const target = page.getByRole(role, { name });
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach the ${role} ${name}`);
}

test('a log is opened, narrowed, walked, and its content revealed and proven by keys alone', async ({ desk }) => {
  const page = await desk.start();
  const { keyboard } = page;
  const window = new DeskWindow(page);
  await desk.answerDialogs(fixtureFolder('encrypted'));
  await tabTo(page, 'button', 'Open folder');
  await keyboard.press('Enter');
  if (desk.host === 'web') {
    const path = page.getByRole('textbox', { name: 'Path' });
    await expect(path).toBeFocused();
    await expect(path).not.toHaveValue('');
    await keyboard.press('ControlOrMeta+a');
    await keyboard.insertText(fixtureFolder('encrypted'));
    await keyboard.press('Enter');
  }
  await window.expectCounts('200 entries');

  await tabTo(page, 'button', /^Range: /);
  await keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Type a range' })).toBeFocused();
  await keyboard.insertText('2026-02-27');
  await keyboard.press('Enter');
  await window.expectCounts(/^\d+ entries in range$/);
  const ofDay = (await expectedEntries('encrypted')).filter(({ timestamp }) => timestamp.startsWith('2026-02-27'));

  await keyboard.press('/');
  await expect(window.search).toBeFocused();
  await keyboard.press('Escape');
  await tabTo(page, 'button', /^Keys: 0/);
  await keyboard.press('Enter');
  await tabTo(page, 'tab', 'From a file');
  await keyboard.press('ArrowRight');
  await tabTo(page, 'textbox', 'Key');
  await keyboard.insertText(await readFile(keyFile('a'), 'utf8'));
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByRole('status')).toContainText('Imported');
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Keys: 1' })).toBeFocused();

  await tabTo(page, 'button', 'Skip the filters');
  await keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeFocused();
  await keyboard.press('End');
  await expect(window.chosenRow).toContainText(ofDay[0]?.id ?? '');
  await keyboard.press('Home');
  await keyboard.press('ArrowDown');
  await expect(window.chosenRow).toContainText(ofDay.at(-2)?.id ?? '');
  await keyboard.press('Enter');
  await expect(window.detail).toBeFocused();
  await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
  await keyboard.press('r');
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
  expect(await window.revealedText('Input')).toBe(ofDay.at(-2)?.input);
  await keyboard.press('j');
  await expect(window.field('id')).toContainText(ofDay.at(-3)?.id ?? '');
  await keyboard.press('Escape');
  await expect(window.detail).toBeHidden();
  await expect(window.grid).toBeFocused();
});
