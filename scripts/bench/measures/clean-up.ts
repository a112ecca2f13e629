/** How long it takes to remove the older half of a log, beside a plain copy of what stays. */
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { FileStorage } from '../../../src/main/audit/index.ts';
import { parseTimestamp } from '../../../src/shared/timestamp.ts';
import { type BenchContext, describeLog, type PreparedLog } from '../bench-context.ts';
import { type Measure, type Result, secondsOf } from '../measure.ts';

const TIMESTAMP = /"timestamp": ?"([^"]+)"/;

interface Cleanup {
  readonly seconds: number;
  readonly cpSeconds: number;
  /** The same copy, and a sync of each of its files: what a copy costs that outlives a power cut. */
  readonly syncedSeconds: number;
  readonly keptMb: number;
}

/**
 * Half of the entries go, twice: in a log whose files were back-filled, so that each holds old and new entries and must be
 * rewritten, and in the sample as it is, where whole days go.
 */
export const cleanUp: Measure = { name: 'cleanup', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const byDay = await measureCleanup(context, log, false);
  const mixed = await measureCleanup(context, log, true);
  const told = ({ seconds, cpSeconds, syncedSeconds, keptMb }: Cleanup) =>
    `${seconds.toFixed(2)} s; cp of the kept ${keptMb.toFixed(0)} MB ${cpSeconds.toFixed(2)} s, which syncs nothing; with a sync of each file ${syncedSeconds.toFixed(2)} s`;
  return [
    {
      name: 'cleanup of half, every file rewritten, against cp of the kept bytes',
      value: mixed.seconds / mixed.cpSeconds,
      unit: 'x',
      better: 'lower',
      must: 4,
      aim: 2,
      beside: told(mixed),
    },
    {
      name: 'cleanup of half, whole days at a time, against cp of the kept bytes',
      value: byDay.seconds / byDay.cpSeconds,
      unit: 'x',
      better: 'lower',
      must: 4,
      aim: 2,
      beside: told(byDay),
    },
    {
      name: 'cleanup of half, every file rewritten, against cp and a sync of each file',
      value: mixed.seconds / mixed.syncedSeconds,
      unit: 'x',
      better: 'lower',
      must: null,
      aim: null,
    },
  ];
}

async function measureCleanup(context: BenchContext, log: PreparedLog, mixed: boolean): Promise<Cleanup> {
  const folder = await context.newFolder('cleanup');
  const copy = await context.newFolder('cp');
  if (mixed) await writeMixed(log, folder);
  else await cp(log.folder, folder, { recursive: true });
  const upToUs = await medianTime(log);
  const storage = new FileStorage(folder);
  let removed = 0;
  const seconds = await secondsOf(async () => {
    const report = await storage.deleteMany?.({ upToUs });
    removed = report?.removed ?? 0;
  });
  await storage.close?.();
  if (Math.abs(removed - log.entries / 2) > 1) throw new Error(`${removed} entries were removed, not half.`);
  const kept = await describeLog(folder, log.entries - removed);
  const cpSeconds = await secondsOf(() => promisify(execFile)('cp', [...kept.files, copy]));
  const copies = kept.files.map((file) => join(copy, basename(file)));
  const syncedSeconds = cpSeconds + (await secondsOf(() => promisify(execFile)('sync', copies)));
  await Promise.all([context.removeFolder(folder), context.removeFolder(copy)]);
  return { seconds, cpSeconds, syncedSeconds, keptMb: kept.bytes / 1e6 };
}

/** The log with every second line of a file changed for one of the file as far from the other end: each holds both halves. */
async function writeMixed(log: PreparedLog, folder: string): Promise<void> {
  const { files } = log;
  for (let i = 0; i * 2 < files.length; i += 1) {
    const [early = '', late = ''] = [files[i], files[files.length - 1 - i]];
    const [earlyLines, lateLines] = [await linesOf(early), await linesOf(late)];
    const dealt = (own: readonly string[], other: readonly string[]) =>
      [...own.filter((_, line) => line % 2 === 0), ...other.filter((_, line) => line % 2 === 1)].join('');
    await writeFile(join(folder, basename(early)), dealt(earlyLines, lateLines));
    if (early !== late) await writeFile(join(folder, basename(late)), dealt(lateLines, earlyLines));
  }
}

async function linesOf(file: string): Promise<readonly string[]> {
  return (await readFile(file, 'utf8')).split(/(?<=\n)/);
}

/** The time at or before which half of the entries lie, microseconds since the epoch. */
async function medianTime(log: PreparedLog): Promise<number> {
  const times = new Float64Array(log.entries);
  let count = 0;
  for (const file of log.files) {
    for (const line of await linesOf(file)) {
      const text = TIMESTAMP.exec(line)?.[1];
      const time = text === undefined ? null : parseTimestamp(text);
      if (time === null) throw new Error('A line of the sample has no time.');
      times[count] = Number(time);
      count += 1;
    }
  }
  return times.sort()[Math.floor(count / 2) - 1] ?? Number.NaN;
}
