/** How soon entries are seen that another program appends to the open log. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { formatTimestamp, parseTimestamp } from '../../../src/shared/timestamp.ts';
import { type BenchContext, describeLog } from '../bench-context.ts';
import type { DeskClient } from '../desk/desk-client.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { DeskWindow } from '../desk/desk-window.ts';
import { waitForNewest } from '../desk/newest-page.ts';
import { type Measure, median, type Result, secondsOf } from '../measure.ts';
import { newestEntry } from '../newest-entry.ts';

const WRITER = fileURLToPath(new URL('../peers/append-lines.ts', import.meta.url));
const APPENDED = 1000;
const ROUNDS = 5;
/** Between two rounds the desk comes to rest, as between two bursts of a service. */
const REST_MS = 1500;

/** From the writer's first line to the last one on top of the table, and (other rounds) in an answer of the contract. */
export const followAppends: Measure = { name: 'follow', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const folder = await context.newFolder('follow');
  const dataFolder = await context.newFolder('follow-data');
  await cp((await context.log()).folder, folder, { recursive: true });
  const log = await describeLog(folder, context.entries);
  const makeLines = await lineMaker(log);
  const writer = fork(WRITER, [log.files.at(-1) ?? ''], { execArgv: [] });
  await once(writer, 'message');
  const [seen, answered]: [number[], number[]] = [[], []];
  try {
    await withDesk(dataFolder, async ({ client, link }) => {
      const { sourceId } = await openComplete(client, folder);
      const window = await DeskWindow.open(await context.browser(), link);
      await window.waitForTopRow((await newestEntry(log)).timestamp);
      for (let round = 0; round < ROUNDS; round += 1) {
        seen.push(await appendUntil(writer, makeLines(), (newest) => window.waitForTopRow(newest)));
        answered.push(await appendUntil(writer, makeLines(), (newest) => waitForNewest(client, sourceId, newest)));
      }
      await window.close();
    });
  } finally {
    if (writer.connected) writer.disconnect();
  }
  await Promise.all([context.removeFolder(folder), context.removeFolder(dataFolder)]);
  const figure = { unit: 's', better: 'lower' } as const;
  const spread = (times: readonly number[]) => `longest of ${ROUNDS}: ${Math.max(...times).toFixed(2)} s`;
  return [
    {
      name: '1,000 entries appended by another program: on screen',
      value: median(seen),
      ...figure,
      must: 1,
      aim: 0.3,
      beside: `the writing included; ${spread(seen)}`,
    },
    {
      name: '1,000 entries appended by another program: in an answer',
      value: median(answered),
      ...figure,
      must: null,
      aim: null,
      beside: spread(answered),
    },
  ];
}

async function openComplete(client: DeskClient, folder: string) {
  const source = await openFolder(client, folder);
  await waitUntilComplete(client, source);
  return source;
}

interface Appended {
  readonly lines: readonly string[];
  readonly newest: string;
}

/** Makes lines like the log's newest one, each a millisecond later than the one before. */
async function lineMaker(log: Parameters<typeof newestEntry>[0]): Promise<() => Appended> {
  const { line, timestamp } = await newestEntry(log);
  const like = JSON.parse(line) as Record<string, unknown>;
  let epochUs = parseTimestamp(timestamp) ?? Number.NaN;
  return () => {
    const lines = Array.from({ length: APPENDED }, () => {
      epochUs += 1000;
      return JSON.stringify({ ...like, id: randomUUID(), timestamp: formatTimestamp(epochUs) });
    });
    return { lines, newest: formatTimestamp(epochUs) };
  };
}

async function appendUntil(
  writer: ChildProcess,
  { lines, newest }: Appended,
  isThere: (newest: string) => Promise<void>,
): Promise<number> {
  await setTimeout(REST_MS);
  return await secondsOf(async () => {
    const written = once(writer, 'message');
    writer.send({ lines });
    await Promise.all([written, isThere(newest)]);
  });
}
