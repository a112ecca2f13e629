/** One day out of 90 through the library, beside `jq`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FileStorage } from '../../../src/main/audit/index.ts';
import { type BenchContext, SAMPLE } from '../bench-context.ts';
import { type Measure, type Result, secondsOf } from '../measure.ts';
import { isInstalled } from '../peers/run-peer.ts';

const DAY_MS = 86_400_000;

/** `listEntries` of a storage that was just made, and of the same storage again; `jq` selects the same entries of all files. */
export const listDay: Measure = { name: 'list-day', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const day = new Date(Date.parse(`${SAMPLE.until}Z`) - 47 * DAY_MS).toISOString().slice(0, 10);
  const span = { start: `${day}T00:00:00`, end: `${day}T23:59:59.999999` };
  const storage = new FileStorage(log.folder);
  let entries = 0;
  const list = async () => {
    entries = (await storage.listEntries(span)).entries.length;
  };
  const first = await secondsOf(list);
  const again = await secondsOf(list);
  await storage.close?.();
  const told = `first call ${first.toFixed(3)} s for ${entries.toLocaleString('en-US')} entries, the same again ${again.toFixed(3)} s`;
  const name = 'one day out of 90 through listEntries, against jq';
  const seconds = { name: 'one day out of 90 through listEntries, first call', value: first } as const;
  const results: Result[] = [{ ...seconds, unit: 's', better: 'lower', must: null, aim: null }];
  if (!(await isInstalled('jq'))) return [{ name, missing: `jq is not installed here; ${told}` }, ...results];
  const peer = await jqSeconds(log.files, span, entries);
  const beside = `${told}; jq ${peer.toFixed(2)} s`;
  return [{ name, value: peer / first, unit: 'x', better: 'higher', must: 100, aim: 500, beside }, ...results];
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
