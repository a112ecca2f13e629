/**
 * A log too large to read at once: its first rows show long before reading is done, and the window answers all the while.
 * 100,000 entries; `AUDIT_DESK_E2E_ENTRIES` asks for more. Figures are attached to the report and printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';

const ENTRIES = Number(process.env['AUDIT_DESK_E2E_ENTRIES'] ?? 100_000);
const CLI = join(import.meta.dirname, '../../out/main/cli.js');
/** A task of the page's main thread that lasts longer is felt as a stall. */
const LONGEST_TASK_MS = 200;
/** Share of the time of reading after which the first rows must show; a small log is read almost as soon as they are drawn. */
const FIRST_ROWS_SHARE = ENTRIES < 1_000_000 ? 1 : 0.2;
const MINUTE_MS = 60_000;

let parent: string;
let folder: string;

test.beforeAll(async () => {
  test.setTimeout(MINUTE_MS + ENTRIES);
  parent = await mkdtemp(join(tmpdir(), 'audit-desk-large-'));
  folder = join(parent, 'large');
  const args = [CLI, 'sample', folder, '--entries', String(ENTRIES), '--days', '60', '--until', '2026-01-28T10:41:07'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.afterAll(async () => {
  await rm(parent, { recursive: true, force: true });
});

// Recording a trace takes pictures of the page on its main thread, which is what is measured here.
test.use({ trace: 'off' });

/** The page's own names, which the compiler does not know here. */
interface PageScope {
  longTasks: number[];
  PerformanceObserver: new (
    callback: (list: { getEntries(): readonly { readonly duration: number }[] }) => void,
  ) => { observe(options: { readonly type: 'longtask' }): void };
}

/** How much longer everything takes because others share the machine: tasks are measured by the clock on the wall. */
function stretchedByLoad(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/** Notes every task of the main thread that lasts over 50 ms, from now on. */
async function watchTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const scope = globalThis as unknown as PageScope;
    scope.longTasks = [];
    new scope.PerformanceObserver((list) => {
      for (const entry of list.getEntries()) scope.longTasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  return async () => await page.evaluate(() => (globalThis as unknown as PageScope).longTasks);
}

test('a large log shows its first rows early and pages, sorts and filters without a stall', async ({ desk }, info) => {
  test.setTimeout(3 * MINUTE_MS + ENTRIES / 5);
  const page = await desk.start();
  const window = new DeskWindow(page);
  const longTasks = await watchTasks(page);
  const figures: Record<string, number> = { entries: ENTRIES };

  await desk.chooseFolder(folder);
  const startedMs = performance.now();
  const since = () => Math.round(performance.now() - startedMs);
  await expect(window.row(0)).toContainText('2026-01-', { timeout: MINUTE_MS });
  figures['first rows, ms'] = since();
  const readingAtFirstRows = await window.completeness.getByText(/^reading, /).isVisible();

  // What a person does meanwhile.
  await window.row(2).click();
  await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible({ timeout: MINUTE_MS });
  figures['detail, ms'] = since();
  await page.keyboard.press('End');
  await expect(window.chosenRow).toBeVisible({ timeout: MINUTE_MS });
  await page.keyboard.press('Home');
  await expect(window.chosenRow).toHaveAttribute('aria-rowindex', '2');
  await page.getByRole('checkbox', { name: /^blocked/ }).check();
  await expect(window.grid).toHaveAttribute('aria-busy', 'false', { timeout: MINUTE_MS });
  await page.getByRole('checkbox', { name: /^blocked/ }).uncheck();
  figures['walked and filtered, ms'] = since();

  await expect(window.completeness).toContainText('index complete', { timeout: 2 * MINUTE_MS + ENTRIES / 10 });
  figures['index complete, ms'] = since();
  await window.expectCounts(`${ENTRIES.toLocaleString('en-GB')} entries`);

  const timed = async (name: string, act: () => Promise<void>) => {
    const before = performance.now();
    await act();
    await expect(window.grid).toHaveAttribute('aria-busy', 'false', { timeout: MINUTE_MS });
    figures[`${name}, ms`] = Math.round(performance.now() - before);
  };
  await timed('sort by latency', () => window.sortBy('Latency, ms', 'descending'));
  const latencies = (await window.column('Latency, ms')).map((text) => Number(text.replaceAll(',', '')));
  expect(latencies).toEqual(latencies.toSorted((first, second) => second - first));
  await window.grid.focus();
  await timed('to the last row', async () => {
    await page.keyboard.press('End');
    await expect(window.chosenRow).toHaveAttribute('aria-rowindex', String(ENTRIES + 1), { timeout: MINUTE_MS });
    await expect(window.chosenRow.getByRole('gridcell').first()).toContainText('202', { timeout: MINUTE_MS });
  });
  await timed('filter blocked', () => page.getByRole('checkbox', { name: /^blocked/ }).check());
  await timed('search', async () => {
    await window.search.fill('claims');
    await expect(page.getByRole('region', { name: 'Active filter' })).toContainText('claims');
  });
  await expect(window.completeness.getByRole('status')).toHaveText(/^[\d,]+ of [\d,]+ entries$/);

  const tasks = await longTasks();
  figures['tasks over 50 ms'] = tasks.length;
  figures['longest task, ms'] = Math.max(0, ...tasks);
  figures['load a processor'] = Number(stretchedByLoad().toFixed(1));
  await info.attach('figures', { body: JSON.stringify(figures, null, 1), contentType: 'application/json' });
  console.log(JSON.stringify(figures));
  expect(readingAtFirstRows, 'the first rows show while the log is still being read').toBe(true);
  expect(figures['first rows, ms']).toBeLessThan((figures['index complete, ms'] ?? 0) * FIRST_ROWS_SHARE);
  expect(figures['longest task, ms'], 'the longest task of the main thread').toBeLessThan(
    LONGEST_TASK_MS * stretchedByLoad(),
  );
});

test('an export of it tells how far it is, and Stop leaves nothing behind', async ({ desk }) => {
  test.setTimeout(3 * MINUTE_MS + ENTRIES / 5);
  const page = await desk.start({ source: folder });
  const window = new DeskWindow(page);
  await expect(window.completeness).toContainText('index complete', { timeout: 2 * MINUTE_MS + ENTRIES / 10 });
  const path = join(desk.dataFolder, 'large.json');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = window.dialog('Export entries');
  await dialog.getByRole('radio', { name: 'JSON', exact: true }).check();
  if (desk.host === 'web') await dialog.getByRole('textbox', { name: 'File' }).fill(path);
  else await desk.answerDialogs(path);
  // 100,000 entries are written within a second: the click comes as soon as the work says how far it is.
  await page.evaluate(`
    globalThis.stoppedAt = new Promise((resolve) => {
      const look = () => {
        const told = document.querySelector('[role="dialog"]')?.textContent.match(/[1-9][\\d,]* of [\\d,]+ entries/);
        if (!told) return requestAnimationFrame(look);
        Array.from(document.querySelectorAll('button')).find((button) => button.textContent === 'Stop')?.click();
        resolve(told[0]);
      };
      look();
    });
    undefined;
  `);
  await dialog.getByRole('button', { name: /^Export \d/ }).click();
  expect(await page.evaluate<string>('stoppedAt')).toContain(` of ${ENTRIES.toLocaleString('en-GB')} entries`);
  await expect(dialog.getByText('The export was stopped. Nothing of it was left behind.')).toBeVisible();
  expect((await readdir(desk.dataFolder)).filter((name) => name.includes('large.json'))).toEqual([]);
});
