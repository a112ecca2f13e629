/** Whether the window stays fluent while somebody flings through the whole table. */
import { setTimeout } from 'node:timers/promises';
import type { BenchContext } from '../bench-context.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { DeskWindow } from '../desk/desk-window.ts';
import { type Measure, percentile, type Result, secondsOf } from '../measure.ts';
import { type Random, randomBelow, seededRandom } from '../random.ts';

const FLING_MS = 8000;
const JUMPS = 40;
/** A dragged scroll bar reports about so often that a person sees rows in between. */
const DRAG_STEP_MS = 100;
/** The browser tells nothing of shorter tasks. */
const SHORTEST_TOLD_MS = 50;

/** Wheel turns without a pause, then the scroll bar dragged to far places: the longest main-thread task that Chromium tells. */
export const flingRows: Measure = { name: 'fling', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const browser = await context.browser();
  const { longTasks, jumpsMs } = await withDesk(await context.indexedDataFolder(), async ({ client, link }) => {
    await waitUntilComplete(client, await openFolder(client, log.folder));
    const window = await DeskWindow.open(browser, link);
    try {
      await window.waitForRows();
      await window.forgetLongTasks();
      const random = seededRandom(9);
      await turnWheel(window, random);
      await dragThumb(window, random);
      // Looking whether rows are filled makes the page lay itself out, so it comes after the long tasks were told.
      const longTasks = await window.longTasksMs();
      return { longTasks, jumpsMs: await timeJumps(window, random) };
    } finally {
      await window.close();
    }
  });
  const longest = Math.max(SHORTEST_TOLD_MS, ...longTasks);
  const told = longTasks.length === 0 ? 'no task reached 50 ms' : `${longTasks.length} tasks of 50 ms and more`;
  return [
    {
      name: 'flinging through the rows: longest main-thread task',
      value: longest,
      unit: 'ms',
      better: 'lower',
      must: 100,
      aim: 50,
      beside: `${told}, in ${FLING_MS / 1000} s of wheel and ${JUMPS} jumps`,
    },
    {
      name: 'a jump of the scroll bar until every row in sight is filled, p95',
      value: percentile(jumpsMs, 0.95),
      unit: 'ms',
      better: 'lower',
      must: null,
      aim: null,
    },
  ];
}

async function turnWheel({ page }: DeskWindow, random: Random): Promise<void> {
  await page.getByRole('grid').hover();
  const end = performance.now() + FLING_MS;
  while (performance.now() < end) await page.mouse.wheel(0, 500 + randomBelow(random, 20_000));
}

async function dragThumb(window: DeskWindow, random: Random): Promise<void> {
  for (let i = 0; i < JUMPS; i += 1) {
    await jumpTo(window, random());
    await setTimeout(DRAG_STEP_MS);
  }
}

async function timeJumps(window: DeskWindow, random: Random): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < JUMPS; i += 1) {
    const seconds = await secondsOf(async () => {
      await jumpTo(window, random());
      await window.waitForRows();
    });
    times.push(seconds * 1000);
  }
  return times;
}

/** Moves the table to a share (0 to 1) of its height. */
async function jumpTo({ page }: DeskWindow, share: number): Promise<void> {
  await page.getByRole('grid').evaluate((grid, to) => {
    const area = grid as unknown as { scrollTop: number; readonly scrollHeight: number };
    area.scrollTop = to * area.scrollHeight;
  }, share);
}
