/** One day out of 90 through the library, beside `jq`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FileStorage } from '../../../src/main/audit/index.ts';
import { type BenchContext, SAMPLE } from '../bench-context.ts';
import { type Measure, type Result, secondsOf } from '../measure.ts';
import { isInstalled } from '../peers/run-peer.ts';

const DAY_MS = 86_400_000;

/**
 * `listEntries` of a storage that was just made, which has to read every file, and of the same storage for another day, when it
 * knows which files need no second look; `jq` selects the same entries of all files each time.
 */
export const listDay: Measure = { name: 'list-day', grows: 'to-a-million', run };

interface ListedDay {
  readonly seconds: number;
  readonly entries: number;
  readonly span: { readonly start: string; readonly end: string };
}

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const storage = new FileStorage(log.folder);
  const listings = [await list(storage, 47), await list(storage, 26)] as const;
  await storage.close?.();
  const names = [
    'one day out of 90 through listEntries, first call, against jq',
    'another day through the same storage, against jq',
  ] as const;
  const hasJq = await isInstalled('jq');
  const results: Result[] = [];
  // One after the other: two peers at once would slow each other.
  for (const [i, listed] of listings.entries()) results.push(await resultOf(names[i] ?? '', listed, log.files, hasJq));
  return results;
}

async function list(storage: FileStorage, daysBefore: number): Promise<ListedDay> {
  const day = new Date(Date.parse(`${SAMPLE.until}Z`) - daysBefore * DAY_MS).toISOString().slice(0, 10);
  const span = { start: `${day}T00:00:00`, end: `${day}T23:59:59.999999` };
  let entries = 0;
  const seconds = await secondsOf(async () => {
    entries = (await storage.listEntries(span)).entries.length;
  });
  return { seconds, entries, span };
}

async function resultOf(
  name: string,
  { seconds, entries, span }: ListedDay,
  files: readonly string[],
  hasJq: boolean,
): Promise<Result> {
  const told = `${seconds.toFixed(3)} s for ${entries.toLocaleString('en-US')} entries`;
  if (!hasJq) return { name, missing: `jq is not installed here; ${told}` };
  const peer = await jqSeconds(files, span, entries);
  const beside = `${told}; jq ${peer.toFixed(2)} s`;
  return { name, value: peer / seconds, unit: 'x', better: 'higher', must: 100, aim: 500, beside };
}

async function jqSeconds(
  files: readonly string[],
  span: { readonly start: string; readonly end: string },
  entries: number,
): Promise<number> {
  const filter = 'select(.timestamp >= $from and .timestamp <= $to)';
  const args = ['-c', '--arg', 'from', span.start, '--arg', 'to', span.end, filter, ...files];
  let found = 0;
  const seconds = await secondsOf(async () => {
    const { stdout } = await promisify(execFile)('jq', args, { maxBuffer: 2 ** 30 });
    found = stdout.split('\n').length - 1;
  });
  if (found !== entries) throw new Error(`jq found ${found} entries, listEntries ${entries}.`);
  return seconds;
}
