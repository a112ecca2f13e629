/** The table's columns: moved, sized, hidden, pinned, by pointer and by keys, and found again as they were left. */
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, type LogCopy } from './window/log-copy.ts';

const FIRST_COLUMNS = [
  'Time',
  'Provider',
  'Model',
  'Status',
  'Detectors',
  'Conversation',
  'Latency, ms',
  'Tokens in',
  'Tokens out',
  'Id',
];

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
  await window.expectCounts(/entries/);
  return window;
}

const headerOf = (window: DeskWindow, name: string) => window.grid.getByRole('columnheader', { name, exact: true });
const widthOf = async (window: DeskWindow, name: string) => (await headerOf(window, name).boundingBox())?.width ?? 0;
const columnsOf = (window: DeskWindow) => window.grid.getByRole('columnheader').allTextContents();

/** Waits until the desk has kept the arrangement: the window writes it once a person rests. */
async function restAndReload(desk: TestDesk, window: DeskWindow): Promise<void> {
  await desk.page.waitForTimeout(800);
  await desk.page.reload();
  await window.expectCounts(/entries/);
}

test('columns are dragged, sized, hidden and pinned, and stand so after a restart', async ({ desk }) => {
  const window = await openLog(desk);
  expect(await columnsOf(window)).toEqual(FIRST_COLUMNS);

  const latency = await headerOf(window, 'Latency, ms').boundingBox();
  const provider = await headerOf(window, 'Provider').boundingBox();
  if (latency === null || provider === null) throw new Error('The header is not drawn.');
  const { mouse } = desk.page;
  await mouse.move(latency.x + 20, latency.y + 10);
  await mouse.down();
  await mouse.move(latency.x - 40, latency.y + 10, { steps: 4 });
  await mouse.move(provider.x + 10, provider.y + 10, { steps: 8 });
  await mouse.up();
  const moved = ['Time', 'Latency, ms', ...FIRST_COLUMNS.slice(1).filter((name) => name !== 'Latency, ms')];
  expect(await columnsOf(window)).toEqual(moved);
  await expect(headerOf(window, 'Latency, ms'), 'a drag does not sort').toHaveAttribute('aria-sort', 'none');

  const model = await headerOf(window, 'Model').boundingBox();
  if (model === null) throw new Error('The header is not drawn.');
  await mouse.move(model.x + model.width - 1, model.y + 10);
  await mouse.down();
  await mouse.move(model.x + model.width + 79, model.y + 10, { steps: 4 });
  await mouse.up();
  expect(await widthOf(window, 'Model')).toBeCloseTo(model.width + 80, -1);
  const modelWidth = await widthOf(window, 'Model');
  const cell = window.row(0).getByRole('gridcell').nth(3);
  expect((await cell.boundingBox())?.width, 'cells are as wide as their header').toBeCloseTo(modelWidth, 0);

  await desk.page.getByRole('button', { name: 'Columns', exact: true }).click();
  const list = desk.page.getByRole('dialog');
  await list.getByRole('checkbox', { name: 'Provider' }).uncheck();
  await list.getByRole('checkbox', { name: 'Tokens total' }).check();
  await list.getByRole('button', { name: 'Pin Id' }).click();
  await desk.page.keyboard.press('Escape');
  const arranged = ['Id', ...moved.filter((name) => name !== 'Provider' && name !== 'Id')];
  arranged.push('Tokens total');
  expect(await columnsOf(window)).toEqual(arranged);
  const [input, output, total] = await Promise.all(
    ['Tokens in', 'Tokens out', 'Tokens total'].map(async (name) => (await window.column(name))[0]),
  );
  expect(Number(total)).toBe(Number(input) + Number(output));

  await window.grid.evaluate((grid) => grid.scrollBy(400, 0));
  const grid = await window.grid.boundingBox();
  expect((await headerOf(window, 'Id').boundingBox())?.x, 'a pinned column does not scroll').toBe(grid?.x);
  expect((await window.row(0).getByRole('gridcell').first().boundingBox())?.x).toBe(grid?.x);

  await window.sortBy('Latency, ms', 'descending');
  await restAndReload(desk, window);
  expect(await columnsOf(window)).toEqual(arranged);
  expect(await widthOf(window, 'Model')).toBeCloseTo(modelWidth, 0);
  await expect(headerOf(window, 'Latency, ms')).toHaveAttribute('aria-sort', 'descending');

  await desk.page.getByRole('button', { name: 'Columns', exact: true }).click();
  await desk.page.getByRole('button', { name: 'Put all back as at first' }).click();
  await desk.page.keyboard.press('Escape');
  expect(await columnsOf(window)).toEqual(FIRST_COLUMNS);
});

test('the keyboard alone moves, sizes, hides and pins', async ({ desk }) => {
  const window = await openLog(desk);
  const { keyboard } = desk.page;
  await headerOf(window, 'Time').getByRole('button').focus();
  await keyboard.press('ArrowRight');
  await expect(headerOf(window, 'Provider').getByRole('button')).toBeFocused();
  await keyboard.press('Shift+ArrowRight');
  expect((await columnsOf(window)).slice(0, 3)).toEqual(['Time', 'Model', 'Provider']);
  await expect(headerOf(window, 'Provider').getByRole('button')).toBeFocused();
  const before = await widthOf(window, 'Provider');
  await keyboard.press('Alt+ArrowRight');
  expect(await widthOf(window, 'Provider')).toBeCloseTo(before + 16, 0);

  await keyboard.press('Shift+F10');
  const menu = desk.page.getByRole('menu');
  await menu.getByRole('menuitem', { name: 'Pin to the left' }).press('Enter');
  expect((await columnsOf(window)).slice(0, 3)).toEqual(['Provider', 'Time', 'Model']);
  await headerOf(window, 'Provider').getByRole('button').press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Hide' }).press('Enter');
  expect(await columnsOf(window)).not.toContain('Provider');

  await window.row(0).click();
  await desk.page.getByRole('button', { name: 'Columns', exact: true }).click();
  await keyboard.press('Escape');
  await expect(desk.page.getByRole('dialog')).toBeHidden();
  await expect(window.detail, 'the Escape that closes the list closes nothing else').toBeVisible();
});

test('each source keeps an arrangement of its own, panels too', async ({ desk }) => {
  const window = await openLog(desk);
  const other = await copyLog('plaintext');
  const handle = desk.page.getByRole('separator', { name: 'Width of the filters' });
  await handle.focus();
  await desk.page.keyboard.press('ArrowRight');
  await desk.page.keyboard.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuenow', '264');
  await restAndReload(desk, window);
  await expect(handle).toHaveAttribute('aria-valuenow', '264');
  await desk.end();
  await desk.start({ source: other.folder });
  await window.expectCounts.call(new DeskWindow(desk.page), /entries/);
  await expect(desk.page.getByRole('separator', { name: 'Width of the filters' })).toHaveAttribute(
    'aria-valuenow',
    '216',
  );
  await other.remove();
});
