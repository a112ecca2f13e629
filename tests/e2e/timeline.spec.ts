/** The timeline: a range chosen on the bars, by pointer and by key, and the numbers behind them. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { makeLog } from './window/made-log.ts';

let log: Awaited<ReturnType<typeof makeLog>>;
test.beforeAll(async () => {
  log = await makeLog();
});
test.afterAll(async () => await log.remove());

interface OpenTimeline {
  readonly page: Page;
  readonly window: DeskWindow;
  readonly timeline: Locator;
  readonly slider: Locator;
  readonly range: Locator;
  /** Presses at one part of the bars' width and lets go at another. */
  drag(from: number, to: number): Promise<void>;
}

async function open(start: Promise<Page>): Promise<OpenTimeline> {
  const page = await start;
  const window = new DeskWindow(page);
  await window.expectCounts('60 entries');
  const timeline = page.getByRole('region', { name: 'Entries over time' });
  await expect(timeline).toContainText('one bar: 15 minutes');
  const slider = timeline.getByRole('slider', { name: 'Entries over time' });
  return {
    page,
    window,
    timeline,
    slider,
    range: page.getByRole('button', { name: /^Range: / }),
    drag: async (from, to) => {
      const box = await slider.boundingBox();
      if (box === null) throw new Error('The bars are not shown.');
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width * from, y);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * to, y, { steps: 5 });
      await page.mouse.up();
    },
  };
}

// 119 bars of 15 minutes, from 2026-01-28 00:00 on; every second one has an entry.
const BARS = 119;
const middleOf = (bar: number) => (bar + 0.5) / BARS;

test('dragging narrows the range to the bars, to the microsecond, whichever way one drags', async ({ desk }) => {
  const { window, range, drag, slider } = await open(desk.start({ source: log.folder }));
  await expect(slider).toHaveAttribute('aria-valuemax', String(BARS));
  await drag(middleOf(15), middleOf(8));
  await expect(range).toHaveAccessibleName('Range: 2026-01-28 02:00 – 2026-01-28 04:00 UTC');
  await window.expectCounts('4 entries in range');
  // Narrowed again, the bars are finer.
  await expect(slider).not.toHaveAttribute('aria-valuemax', String(BARS));
  await drag(0.01, 0.3);
  await expect(range).toHaveAccessibleName('Range: 2026-01-28 02:01 – 2026-01-28 02:37 UTC');
  await window.expectCounts(/^1 entr(y|ies) in range$/);
});

test('double-clicking widens step by step, until all time is shown', async ({ desk }) => {
  const { page, window, range, drag, slider } = await open(desk.start({ source: log.folder }));
  await drag(middleOf(40), middleOf(43));
  await expect(range).toHaveAccessibleName('Range: 2026-01-28 10:00 – 2026-01-28 11:00 UTC');
  await slider.dblclick();
  await expect(range).toHaveAccessibleName('Range: 2026-01-28 09:30 – 2026-01-28 11:30 UTC');
  for (let step = 0; step < 12; step += 1) {
    if ((await range.getAttribute('aria-label')) === 'Range: All time') break;
    const before = await range.getAttribute('aria-label');
    await page.getByRole('button', { name: 'Widen' }).click();
    await expect(range).not.toHaveAccessibleName(before ?? '');
  }
  await expect(range).toHaveAccessibleName('Range: All time');
  await window.expectCounts('60 entries');
  await expect(page.getByRole('button', { name: 'Widen' })).toHaveCount(0);
});

test('the keyboard does the same, and every bar is told', async ({ desk }) => {
  const { page, window, range, slider } = await open(desk.start({ source: log.folder }));
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    '2026-01-28 00:00 – 2026-01-28 00:15 UTC: 0 passed, 1 blocked',
  );
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect(slider).toHaveAttribute(
    'aria-valuetext',
    '2026-01-28 00:30 – 2026-01-28 02:00 UTC: 3 passed, 0 blocked',
  );
  await page.keyboard.press('Escape');
  await expect(slider).toHaveAttribute('aria-valuetext', '119 bars, none chosen');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(range).toHaveAccessibleName('Range: 2026-01-29 05:00 – 2026-01-29 05:45 UTC');
  await window.expectCounts('2 entries in range');
  await expect(slider).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(range).toHaveAccessibleName(/^Range: 2026-01-29 04:37:30/);
});

test('the bars say what the pointer is on, and the same numbers stand in a table', async ({ desk }) => {
  const { page, timeline, slider } = await open(desk.start({ source: log.folder }));
  const box = await slider.boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) * middleOf(20), (box?.y ?? 0) + 20);
  await expect(timeline).toContainText('2026-01-28 05:00 – 2026-01-28 05:15 UTC: 0 passed, 1 blocked');
  await timeline.getByRole('button', { name: 'As table' }).click();
  const table = timeline.getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(61);
  await expect(table.getByRole('row').nth(1)).toHaveText('2026-01-28 00:00:00 UTC01');
  await timeline.getByRole('button', { name: 'Hide table' }).click();
  // It stays for screen readers.
  await expect(table.getByRole('row')).toHaveCount(61);
});

test('the bars follow the filter', async ({ desk }) => {
  const { page, window, slider, timeline } = await open(desk.start({ source: log.folder }));
  await page.getByRole('combobox', { name: 'Search and filter' }).fill('status:blocked ');
  await window.expectCounts('6 of 60 entries');
  await expect(timeline.getByRole('table').getByRole('row')).toHaveCount(7);
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuetext', /: 0 passed, 1 blocked$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no faults of accessibility in ${colorScheme}, with its table and a choice`, async ({ desk }) => {
    test.slow();
    const { page, slider, timeline } = await open(desk.start({ source: log.folder }));
    await page.emulateMedia({ colorScheme });
    await timeline.getByRole('button', { name: 'As table' }).click();
    await slider.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.mouse.move(2, 600);
    await expectNoBarriers(page);
  });
}
