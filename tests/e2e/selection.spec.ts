/** Several entries selected, by pointer and by keys, and copied as a table. */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  log = await copyLog('hash-only');
  const hostile = {
    id: 'ffffffff-ffff-4fff-bfff-ffffffffffff',
    timestamp: '2031-01-01T00:00:00',
    input_hash: 'a'.repeat(64),
    output_hash: 'b'.repeat(64),
    provider: '=HYPERLINK("http://evil.example")',
    model: 'two\tcells\nand lines',
  };
  await appendFile(join(log.folder, 'audit_20310101.jsonl'), `${JSON.stringify(hostile)}\n`);
});
test.afterEach(async () => {
  await log.remove();
});

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('301 entries');
  return window;
}

const clipboard = (desk: TestDesk) => desk.page.evaluate<string>('navigator.clipboard.readText()');
const chosen = (window: DeskWindow) => window.grid.getByRole('row', { selected: true });

test('clicks with Shift and Ctrl select; the count is shown and the copy is what was selected', async ({ desk }) => {
  const window = await openLog(desk);
  const count = desk.page.getByRole('region', { name: 'Selection and columns' }).getByRole('status');
  await window.row(0).click();
  await expect(chosen(window)).toHaveCount(1);
  await expect(count).toHaveText('');
  await window.row(4).click({ modifiers: ['Shift'] });
  await expect(chosen(window)).toHaveCount(5);
  await expect(count).toHaveText('5 entries selected');
  await window.row(2).click({ modifiers: ['ControlOrMeta'] });
  await window.row(7).click({ modifiers: ['ControlOrMeta'] });
  await expect(count).toHaveText('5 entries selected');
  await expect(window.row(2)).toHaveAttribute('aria-selected', 'false');

  const ids = (await window.column('Id')).slice(0, 8);
  await desk.page.keyboard.press('ControlOrMeta+c');
  await expect(count).toHaveText('Copied 5 entries');
  const text = await clipboard(desk);
  expect(text).toContain(`'=HYPERLINK`);
  expect(text, 'a cell that holds tabs and lines stays one cell').toContain('"two\tcells\nand lines"');
  const order = [0, 1, 3, 4, 7].map((index) => text.indexOf(ids[index] ?? '?'));
  expect(order).toEqual([...order].sort((first, second) => first - second));
  expect(order).not.toContain(-1);
  expect(text.indexOf(ids[2] ?? '?')).toBe(-1);
  expect(text.split('\n')[0]?.split('\t')).toEqual(await window.grid.getByRole('columnheader').allTextContents());
});

test('the keyboard extends, toggles, selects all of the filter and lets go', async ({ desk }) => {
  const window = await openLog(desk);
  const { keyboard } = desk.page;
  const count = desk.page.getByRole('region', { name: 'Selection and columns' }).getByRole('status');
  await window.row(1).click();
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await expect(count).toHaveText('3 entries selected');
  await keyboard.press('Shift+ArrowUp');
  await expect(count).toHaveText('2 entries selected');
  await keyboard.press('Shift+End');
  await expect(count).toHaveText('300 entries selected');
  await keyboard.press('Home');
  await expect(count).toHaveText('');

  await keyboard.press('ControlOrMeta+a');
  await expect(count).toHaveText('301 entries selected');
  await keyboard.press(' ');
  await expect(count).toHaveText('300 entries selected');
  await desk.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(count).toHaveText('Copied 300 entries');
  expect((await clipboard(desk)).trimEnd().split('\n')).toHaveLength(301);

  await window.grid.focus();
  await keyboard.press('Escape');
  await expect(count).not.toContainText('selected');
  await expect(window.detail, 'the first Escape lets go of the selection only').toBeVisible();

  await keyboard.press('ControlOrMeta+a');
  await window.typeRange('2026-01-01 .. 2026-12-31');
  await expect(count, 'a selection goes with its filter').toHaveText('');
});
