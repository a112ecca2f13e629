/** The command palette and the list of keys, by keyboard alone. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async () => {
  log = await copyLog('hash-only');
});
test.afterEach(async () => {
  await log.remove();
});

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  return window;
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Command' });
const chosen = (page: Page) => page.getByRole('listbox', { name: 'Commands' }).getByRole('option', { selected: true });

async function runCommand(page: Page, query: string, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(query);
  await expect(chosen(page)).toContainText(title);
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeHidden();
}

test('commands are found by a few letters and run by Enter', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  const counts = window.completeness.getByRole('status');
  const all = await counts.textContent();
  await runCommand(page, 'onbl', 'Only blocked entries');
  await expect(window.page.getByRole('region', { name: 'Active filter' })).toContainText('blocked');
  await expect(counts).not.toHaveText(all ?? '');
  await runCommand(page, 'clearfil', 'Clear the filter');
  await expect(counts).toHaveText(all ?? '');

  await runCommand(page, 'keys', 'Keys');
  await expect(window.dialog('Keys')).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(window.dialog('Keys')).toBeHidden();

  await runCommand(page, 'dark', 'Colours: dark');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await runCommand(page, 'last 7', 'Range: Last 7 days');
  await expect(page.getByRole('button', { name: /^Range: Last 7 days/ })).toBeVisible();
  await runCommand(page, 'search', 'Search');
  await expect(
    page
      .getByRole('searchbox')
      .or(page.getByRole('combobox', { name: /search/i }))
      .first(),
  ).toBeFocused();
});

test('columns, order, range and the open entry are commands too', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  const header = (name: string) => window.grid.getByRole('columnheader', { name, exact: true });
  await runCommand(page, 'hide column provider', 'Hide the column Provider');
  await expect(header('Provider')).toHaveCount(0);
  await runCommand(page, 'show column alerts', 'Show the column Alerts');
  await expect(header('Alerts')).toBeVisible();
  await runCommand(page, 'columns back', 'Put all columns back as at first');
  await expect(header('Provider')).toBeVisible();
  await expect(header('Alerts')).toHaveCount(0);
  await runCommand(page, 'sort by latency', 'Sort by Latency, ms');
  await expect(header('Latency, ms')).toHaveAttribute('aria-sort', 'descending');

  await runCommand(page, 'choose range', 'Choose or type a range');
  await expect(page.getByRole('textbox', { name: 'Type a range' })).toBeFocused();
  await page.keyboard.type('2026-01-28');
  await page.keyboard.press('Enter');
  await window.expectCounts(/^\d+ entries in range$/);
  await runCommand(page, 'range earlier', 'Range: earlier by its own width');
  await expect(page.getByRole('button', { name: /^Range: 2026-01-27/ })).toBeVisible();
  await runCommand(page, 'timeline table', 'Timeline: show or hide its numbers as a table');
  await expect(page.getByRole('button', { name: 'Hide table' })).toBeVisible();

  await window.row(0).click();
  await runCommand(page, 'conversation of', 'Open the conversation of the entry');
  await expect(window.detail.getByRole('heading', { name: /^Conversation/ })).toBeVisible();
});

test('an entry is gone to by its id, also where the filter leaves it out; an id that nobody has is told', async ({
  desk,
}) => {
  const window = await openLog(desk);
  const { page } = window;
  const id = String((await log.lines())[0]?.entry?.['id']);
  await runCommand(page, 'go to', 'Go to an entry by its id');
  const dialog = window.dialog('Go to an entry');
  await dialog.getByRole('textbox', { name: 'Id of the entry' }).fill(`${id}0`);
  await dialog.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(dialog.getByText('No entry of this log has this id.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Id of the entry' }).fill(` ${id} `);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(window.field('id')).toContainText(id);
  await expect(window.chosenRow).toContainText(id);
  await expect(window.chosenRow).toBeInViewport();

  await window.typeRange('last 1 hour');
  await window.expectCounts(/^0 /);
  await runCommand(page, 'go to', 'Go to an entry by its id');
  await dialog.getByRole('textbox', { name: 'Id of the entry' }).fill(id);
  await page.keyboard.press('Enter');
  await expect(window.field('id')).toContainText(id);
  await expect(window.detail).toContainText('Not among the entries shown now');
});

test('the list is walked with arrows, says what is chosen, and gives the focus back', async ({ desk }) => {
  const { page } = await openLog(desk);
  const button = page.getByRole('button', { name: /^Keys: / });
  await button.focus();
  await page.keyboard.press('Control+k');
  const options = page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
  await expect(options.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', (await options.nth(1).getAttribute('id')) ?? '');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(options.last()).toBeInViewport();
  await page.keyboard.type('zzzz');
  await expect(page.getByText('No command fits')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
  await expect(button).toBeFocused();
});

test('a saved view is a command, and sources are opened and closed from the palette', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await window.typeRange('2026-01-28');
  await runCommand(page, 'saveview', 'Save this view');
  await window.dialog('Save this view').getByRole('textbox', { name: 'Name' }).fill('Audit day');
  await page.keyboard.press('Enter');
  await expect(window.dialog('Save this view')).toBeHidden();
  await runCommand(page, 'range all', 'Range: All time');
  await runCommand(page, 'audit day', 'View: Audit day');
  await expect(page.getByRole('button', { name: /^Range: 2026-01-28/ })).toBeVisible();

  await runCommand(page, 'closesource', 'Close this source');
  await expect(window.grid).toBeHidden();
  await runCommand(page, `open ${log.name}`, `Open ${log.name}`);
  await expect(window.grid).toBeVisible();
});

test('"?" lists the keys of the window', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await page.keyboard.press('?');
  const help = window.dialog('Keys of this window');
  await expect(help.getByRole('region', { name: 'Entries' })).toContainText(/Next entry.*j/);
  await expect(help.getByRole('region', { name: 'Window' })).toContainText(/Find a command.*CtrlK/);
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('/');
  await page.keyboard.type('why?');
  await expect(help).toBeHidden();
});

test('palette and list of keys are accessible in light and dark', async ({ desk }) => {
  test.slow();
  const { page } = await openLog(desk);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const key of ['Control+k', '?']) {
      await page.keyboard.press(key);
      if (key === 'Control+k') await page.keyboard.type('open');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  }
});
