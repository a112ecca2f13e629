/** Saved views: kept, shown again, put in order, handed on as text. */
import AxeBuilder from '@axe-core/playwright';
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

async function saveView(window: DeskWindow, name: string): Promise<void> {
  await window.page.getByRole('button', { name: /^Saved views/ }).click();
  await window.page.getByRole('menuitem', { name: 'Save this view' }).click();
  const dialog = window.dialog('Save this view');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: /^(Save|Replace)$/ }).click();
  await expect(dialog).toBeHidden();
}

async function manage(window: DeskWindow, tab: 'Views' | 'Export' | 'Import') {
  await window.page.getByRole('button', { name: /^Saved views/ }).click();
  await window.page.getByRole('menuitem', { name: 'Arrange, import and export views' }).click();
  const dialog = window.dialog('Saved views');
  await dialog.getByRole('tab', { name: tab }).click();
  return dialog;
}

const counts = (window: DeskWindow) => window.completeness.getByRole('status');

test('a view is saved, shown again after a restart, and says that it is shown', async ({ desk }) => {
  let window = await openLog(desk);
  await window.expectCounts('300 entries');
  await window.typeRange('2026-01-28');
  await window.sortBy('Latency', 'descending');
  await window.expectCounts(/^\d+ entries in range$/);
  const ofDay = await counts(window).textContent();
  await saveView(window, 'The 28th by latency');
  await expect(window.page.getByRole('button', { name: 'Saved views, showing The 28th by latency' })).toBeVisible();

  await window.typeRange('all');
  await desk.end();
  window = await openLog(desk);
  await window.typeRange('all');
  await window.expectCounts('300 entries');
  await window.page.getByRole('button', { name: 'Saved views', exact: true }).click();
  await window.page.getByRole('menuitem', { name: 'The 28th by latency' }).click();
  await expect(counts(window)).toHaveText(ofDay ?? '');
  await expect(window.page.getByRole('button', { name: /^Range: 2026-01-28/ })).toBeVisible();
  await expect(window.grid.getByRole('columnheader', { name: 'Latency' })).toHaveAttribute('aria-sort', 'descending');
});

test('a relative range stays relative', async ({ desk }) => {
  const window = await openLog(desk);
  await window.typeRange('last 9 days');
  await saveView(window, 'Nine days');
  await window.typeRange('all');
  await window.page.getByRole('button', { name: 'Saved views', exact: true }).click();
  await window.page.getByRole('menuitem', { name: 'Nine days' }).click();
  await expect(window.page.getByRole('button', { name: /^Range: Last 9 days, since / })).toBeVisible();
});

test('a view keeps its columns: order, width, pins and what is hidden', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  const columns = () => window.grid.getByRole('columnheader').allTextContents();
  const headerOf = (name: string) => window.grid.getByRole('columnheader', { name, exact: true });
  const atFirst = await columns();
  await headerOf('Model').getByRole('button').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Alt+ArrowRight');
  const width = (await headerOf('Model').boundingBox())?.width ?? 0;
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const list = page.getByRole('dialog');
  await list.getByRole('checkbox', { name: 'Tokens in' }).uncheck();
  await list.getByRole('button', { name: 'Pin Id' }).click();
  await page.keyboard.press('Escape');
  const arranged = await columns();
  expect(arranged).toEqual([
    'Id',
    'Time',
    'Model',
    'Provider',
    ...atFirst.slice(3, -1).filter((name) => name !== 'Tokens in'),
  ]);
  await saveView(window, 'Narrow');
  await expect(page.getByRole('button', { name: 'Saved views, showing Narrow' })).toBeVisible();

  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('button', { name: 'Put all back as at first' }).click();
  await page.keyboard.press('Escape');
  expect(await columns()).toEqual(atFirst);
  await page.getByRole('button', { name: 'Saved views', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Narrow' }).click();
  expect(await columns()).toEqual(arranged);
  expect((await headerOf('Model').boundingBox())?.width).toBeCloseTo(width, 0);

  const dialog = await manage(window, 'Export');
  await expect(dialog.getByRole('textbox', { name: 'Views as JSON' })).toHaveValue(
    /"id": "id",\s+"width": null,\s+"visible": true,\s+"pinned": true/,
  );
});

test('views are renamed, moved and deleted', async ({ desk }) => {
  const window = await openLog(desk);
  for (const name of ['One', 'Two', 'Three']) await saveView(window, name);
  const dialog = await manage(window, 'Views');
  const items = dialog.getByRole('list', { name: 'Saved views of this source' }).getByRole('listitem');
  await dialog.getByRole('button', { name: 'Move Three up' }).click();
  await expect(items).toContainText(['One', 'Three', 'Two']);
  await dialog.getByRole('button', { name: 'Rename One' }).click();
  await dialog.getByRole('textbox', { name: 'New name of One' }).fill('two');
  await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('There is a view named “two” already');
  await dialog.getByRole('button', { name: 'Rename One' }).click();
  await dialog.getByRole('textbox', { name: 'New name of One' }).fill('Uno');
  await window.page.keyboard.press('Enter');
  await expect(items).toContainText(['Uno', 'Three', 'Two']);
  await dialog.getByRole('button', { name: 'Delete Three…' }).click();
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(items).toHaveCount(3);
  await dialog.getByRole('button', { name: 'Delete Three…' }).click();
  await dialog.getByRole('button', { name: 'Delete Three', exact: true }).click();
  await expect(items).toContainText(['Uno', 'Two']);
  await expect(items).toHaveCount(2);
});

test('views go to another source as text; a wrong text changes nothing and is told where', async ({ desk }) => {
  const window = await openLog(desk);
  await window.typeRange('2026-01-28');
  await saveView(window, 'The 28th');
  const dialog = await manage(window, 'Export');
  const text = dialog.getByRole('textbox', { name: 'Views as JSON' });
  await expect(text).toHaveValue(/"The 28th"/);
  const exported = await text.inputValue();

  await dialog.getByRole('tab', { name: 'Import' }).click();
  const field = dialog.getByRole('textbox', { name: 'Views as JSON' });
  await field.fill(exported.replace('"desc"', '"sideways"'));
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('views.0.content.sort.direction');
  await field.fill(exported);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog.getByRole('status')).toHaveText('Imported 1 view');
  await dialog.getByRole('tab', { name: 'Views' }).click();
  await expect(dialog.getByRole('listitem')).toContainText(['The 28th', 'The 28th (2)']);
});

test('the dialogs of views are accessible in light and dark', async ({ desk }) => {
  test.slow();
  const window = await openLog(desk);
  await saveView(window, 'Everything, الكل 🗂️');
  for (const scheme of ['light', 'dark'] as const) {
    await window.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const tab of ['Views', 'Export', 'Import'] as const) {
      const dialog = await manage(window, tab);
      await expect(dialog.getByRole('tabpanel')).toBeVisible();
      expect((await new AxeBuilder({ page: window.page }).include('[role="dialog"]').analyze()).violations).toEqual([]);
      await window.page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
    }
  }
});
