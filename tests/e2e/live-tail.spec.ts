/** New entries while a person looks: they flow in at the top, and wait above for who has scrolled away. */
import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async () => {
  log = await copyLog('encrypted');
});
test.afterEach(async () => {
  await log.remove();
});

/** Appends entries as another program does, and answers their ids, oldest first. */
async function append(count: number, second: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const lines = ids.map((id, index) =>
    JSON.stringify({
      id,
      timestamp: `2030-01-01T00:00:${String(second).padStart(2, '0')}.${String(index).padStart(6, '0')}`,
      input_hash: 'a'.repeat(64),
      output_hash: 'b'.repeat(64),
      provider: 'live',
    }),
  );
  await appendFile(join(log.folder, 'audit_20300101.jsonl'), `${lines.join('\n')}\n`);
  return ids;
}

test('new entries flow in at the top; scrolling pauses that, and a badge counts what waits and leads back', async ({
  desk,
}) => {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  const badge = desk.page.getByRole('button', { name: /new entr(y|ies)$/ });

  const [first = ''] = await append(1, 1);
  await expect(window.row(0)).toContainText(first);
  await expect(badge).toBeHidden();

  await window.grid.hover();
  await desk.page.mouse.wheel(0, 28 * 40);
  await desk.page.waitForTimeout(400);
  const held = window.grid.locator('[aria-rowindex="55"]');
  const heldId = await held.getByRole('gridcell').last().textContent();
  const heldBox = await held.boundingBox();
  await append(3, 2);
  await expect(badge).toHaveText('3 new entries');
  const same = window.rowOf(heldId ?? '');
  await expect(same).toHaveAttribute('aria-rowindex', '58');
  expect((await same.boundingBox())?.y, 'what a person reads stays where it is').toBe(heldBox?.y);
  await append(2, 3);
  await expect(badge).toHaveText('5 new entries');
  await expect(same).toHaveAttribute('aria-rowindex', '60');

  await badge.click();
  await expect(badge).toBeHidden();
  await expect(window.row(0)).toContainText('00:00:03');
  const newest = (await append(1, 4))[0] ?? '';
  await expect(window.row(0)).toContainText(newest);
  await expect(badge).toBeHidden();
});

test('in another order nothing is held to be new', async ({ desk }) => {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  await window.sortBy('Time', 'ascending');
  await window.grid.hover();
  await desk.page.mouse.wheel(0, 28 * 40);
  await append(2, 1);
  await window.expectCounts('202 entries');
  await expect(desk.page.getByRole('button', { name: /new entr(y|ies)$/ })).toBeHidden();
});
