/** How soon the newest rows of a log are seen that was never opened before. */
import type { BenchContext, PreparedLog } from '../bench-context.ts';
import { openFolder, withDesk } from '../desk/desk-process.ts';
import { DeskWindow } from '../desk/desk-window.ts';
import { waitForNewest } from '../desk/newest-page.ts';
import { type Measure, median, type Result, secondsOf } from '../measure.ts';
import { newestEntry } from '../newest-entry.ts';

const ROUNDS = 5;

/** From the click on "Open" to rows on screen, without an index, in a window that shows the start screen; and over the contract. */
export const openCold: Measure = { name: 'cold-open', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const { timestamp } = await newestEntry(log);
  const [seen, answered]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    seen.push(await inWindow(context, log, timestamp));
    answered.push(await overContract(context, log, timestamp));
  }
  return [
    {
      name: 'cold open: newest 200 rows on screen',
      value: median(seen),
      unit: 's',
      better: 'lower',
      must: 1,
      aim: 0.4,
      beside: `${log.files.length} files, ${(log.bytes / 1e6).toFixed(0)} MB in the system's cache; median of ${ROUNDS}`,
    },
    {
      name: 'cold open: newest 200 rows over the contract',
      value: median(answered),
      unit: 's',
      better: 'lower',
      must: null,
      aim: null,
    },
  ];
}

async function inWindow(context: BenchContext, log: PreparedLog, timestamp: string): Promise<number> {
  const dataFolder = await context.newFolder('cold');
  const browser = await context.browser();
  const seconds = await withDesk(dataFolder, async ({ link }) => {
    const window = await DeskWindow.open(browser, link);
    try {
      const open = await window.nameFolder(log.folder);
      return await secondsOf(async () => {
        await open();
        await window.waitForTopRow(timestamp);
      });
    } finally {
      await window.close();
    }
  });
  await context.removeFolder(dataFolder);
  return seconds;
}

async function overContract(context: BenchContext, log: PreparedLog, timestamp: string): Promise<number> {
  const dataFolder = await context.newFolder('cold');
  const seconds = await withDesk(dataFolder, async ({ client }) => {
    return await secondsOf(async () => {
      const { sourceId } = await openFolder(client, log.folder);
      await waitForNewest(client, sourceId, timestamp);
    });
  });
  await context.removeFolder(dataFolder);
  return seconds;
}
