/** A source that is opened again is as it was left: filter, range, order, columns, panels, the chosen entry. */
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
  await window.expectCounts(/entries/);
  return window;
}

/** The window writes what changed once a person rests. */
async function leave(desk: TestDesk): Promise<void> {
  await desk.page.waitForTimeout(800);
  await desk.end();
}

test('filter, range, order, panels and the chosen entry are found again after a restart', async ({ desk }) => {
  let window = await openLog(desk);
  await window.typeRange('2026-01-05 to 2026-01-28');
  await desk.page.getByRole('checkbox', { name: /^passed/ }).check();
  await window.sortBy('Latency', 'descending');
  await window.expectCounts(/^\d+ of \d+ entries in range$/);
  const counts = (await window.completeness.getByRole('status').textContent()) ?? '';
  await window.grid.press('End');
  const id = (await window.chosenRow.getByRole('gridcell').last().textContent()) ?? '';
  await window.grid.press('Enter');
  await expect(window.field('id')).toContainText(id);
  const handle = desk.page.getByRole('separator', { name: 'Width of the detail' });
  await handle.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '464');
  await leave(desk);

  window = await openLog(desk);
  await window.expectCounts(counts);
  await expect(desk.page.getByRole('button', { name: /^Range: 2026-01-05 – 2026-01-28/ })).toBeVisible();
  await expect(desk.page.getByRole('region', { name: 'Active filter' })).toContainText('passed');
  await expect(desk.page.getByRole('checkbox', { name: /^passed/ })).toBeChecked();
  await expect(window.grid.getByRole('columnheader', { name: 'Latency' })).toHaveAttribute('aria-sort', 'descending');
  await expect(window.field('id')).toContainText(id);
  await expect(window.chosenRow).toContainText(id);
  await expect(window.chosenRow).toBeInViewport();
  await expect(desk.page.getByRole('separator', { name: 'Width of the detail' })).toHaveAttribute(
    'aria-valuenow',
    '464',
  );
  await window.grid.focus();
  await window.grid.press('ArrowUp');
  await expect(window.field('id')).not.toContainText(id);
});

test('a relative range stays relative, and a hidden sidebar hidden', async ({ desk }) => {
  const window = await openLog(desk);
  await window.typeRange('last 9 days');
  await desk.page.getByRole('button', { name: 'Filters', exact: true }).click();
  await expect(desk.page.getByRole('region', { name: 'Filters' })).toBeHidden();
  await leave(desk);
  await desk.start({ source: log.folder });
  await expect(desk.page.getByRole('button', { name: /^Range: Last 9 days, since / })).toBeVisible();
  await expect(desk.page.getByRole('region', { name: 'Filters' })).toBeHidden();
  await expect(new DeskWindow(desk.page).completeness).toContainText('0 entries in range');
});

test('an entry that is gone meanwhile is not waited for, and another can be chosen', async ({ desk }) => {
  let window = await openLog(desk);
  await window.row(0).click();
  const id = (await window.field('id').textContent()) ?? '';
  await leave(desk);
  await log.withoutEntry(id.trim());
  window = await openLog(desk);
  await window.expectCounts('299 entries');
  await expect(window.detail).toBeHidden();
  await window.row(0).click();
  await expect(window.field('id')).not.toContainText(id);
});

test('the last source is offered first, and Enter opens it', async ({ desk }) => {
  await openLog(desk);
  await leave(desk);
  const page = await desk.start();
  const again = page.getByRole('button', { name: 'Continue with hash-only' });
  await expect(again).toBeFocused();
  await page.keyboard.press('Enter');
  await new DeskWindow(page).expectCounts('300 entries');
});
