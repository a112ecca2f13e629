/** Line 15: lines and files that break readers. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { type AnswerTimes, whileAsking } from '../support/answer-times.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingBuild, ServedDesk } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const CLI = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'cli.js');
/** Longest that the desk may take to answer while it reads all this. */
const LONGEST_ANSWER_MS = 100;
/** Longest that any reader may take; where one takes longer, it hangs. */
const PATIENCE_MS = 90_000;
/** V8's longest string; buffer.constants.MAX_STRING_LENGTH of the pinned Node. */
const LONGEST_STRING = 536_870_888;
const NESTING = 5_000_000;

interface ExpectedLine {
  readonly file: string;
  readonly byte_offset: number;
  readonly readable: boolean;
  readonly id?: string;
}

/** Writes an entry whose content has so many bytes, a piece at a time. */
function writeLongEntry(path: string, id: string, bytes: number): void {
  const [head = '', tail = ''] = entryToJson(sampleEntry(id, 1)).split('"c"');
  const piece = Buffer.alloc(16 * 1024 * 1024, 'c');
  const file = openSync(path, 'w');
  writeSync(file, `${head}"`);
  for (let left = bytes; left > 0; left -= piece.length) writeSync(file, piece, 0, Math.min(left, piece.length));
  writeSync(file, `"${tail}\n`);
  closeSync(file);
}

function nestedEntry(id: string): string {
  return entryToJson(sampleEntry(id)).replace(
    '"metadata": {}',
    `"metadata": {"a":${'['.repeat(NESTING)}${']'.repeat(NESTING)}}`,
  );
}

/** Puts a log together of everything awkward; answers what must be reported and what must be read, as `file@byte` and ids. */
function makeAwkwardLog(folder: string): { readonly reported: string[]; readonly read: string[] } {
  cpSync(join(FIXTURES, 'edge-cases'), folder, { recursive: true });
  const { lines } = JSON.parse(readFileSync(join(FIXTURES, 'edge-cases.expected.json'), 'utf8')) as {
    readonly lines: readonly ExpectedLine[];
  };
  const at = (name: string) => join(folder, name);
  const good = (id: string) => `${entryToJson(sampleEntry(id))}\n`;
  writeLongEntry(at('audit_20260401.jsonl'), 'of-100-mb', 100 * 1024 * 1024);
  writeLongEntry(at('audit_20260402.jsonl'), 'past-the-longest-string', LONGEST_STRING + 1);
  writeFileSync(at('audit_20260403.jsonl'), `${good('before')}${nestedEntry('nested')}\n${good('after')}`);
  execFileSync('mkfifo', [at('audit_20260404.jsonl')]);
  symlinkSync('audit_20260406.jsonl', at('audit_20260405.jsonl'));
  symlinkSync('audit_20260405.jsonl', at('audit_20260406.jsonl'));
  const unreadable = lines.filter(({ readable }) => !readable).map(({ file, byte_offset }) => `${file}@${byte_offset}`);
  const added = ['01', '02', '04', '05', '06'].map((day) => `audit_202604${day}.jsonl@0`);
  return {
    reported: [...unreadable, ...added, `audit_20260403.jsonl@${good('before').length}`].sort(),
    read: [...lines.flatMap(({ id }) => id ?? []), 'before', 'after'].sort(),
  };
}

type Reading = { readonly reported: readonly string[]; readonly read: readonly string[] };

const placeOf = (line: { readonly file: string; readonly byteOffset: number }) => `${line.file}@${line.byteOffset}`;

function lossesOf(door: string, reading: Reading, expected: Reading): string[] {
  const losses: string[] = [];
  for (const part of ['reported', 'read'] as const) {
    const [got, wanted] = [[...reading[part]].sort(), expected[part]];
    if (got.join() === wanted.join()) continue;
    const missing = wanted.filter((one) => !got.includes(one));
    const more = got.filter((one) => !wanted.includes(one));
    losses.push(
      `${door}: ${got.length} ${part}, not ${wanted.length}; missing ${missing.join()}; too many ${more.join()}`,
    );
  }
  return losses;
}

async function readByLibrary(folder: string): Promise<Reading> {
  try {
    const { entries, unreadable } = await new FileStorage(folder).listEntries();
    return { reported: unreadable.map(placeOf), read: entries.map(({ id }) => id) };
  } catch (error) {
    return { reported: [String(error)], read: [] };
  }
}

function readByCommandLine(folder: string, dataFolder: string): Reading {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'list', folder, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, AUDIT_DESK_DATA: dataFolder },
    timeout: PATIENCE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 3) return { reported: [`exit ${status}`], read: [] };
  const reported = [...stderr.matchAll(/^unreadable: ([^,]+), byte (\d+)/gm)].map(
    ([, file, byte]) => `${file}@${byte}`,
  );
  return { reported, read: [...stdout.matchAll(/^\{"id": ?"([^"]+)"/gm)].map(([, id = '']) => id) };
}

const QUERY = { filter: NO_FILTER, sort: NEWEST_FIRST };

async function readByDesk(desk: ServedDesk, folder: string): Promise<Reading> {
  const location = { kind: 'folder', path: folder } as const;
  const { sourceId } = await desk.call('sources.open', { location, credentials: null });
  const deadlineMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const page = { offset: 0, limit: 1_000 };
    const { rows, coverage } = await desk.call('entries.page', { sourceId, query: QUERY, page });
    if (coverage.state === 'complete') {
      const { lines } = await desk.call('entries.unreadable', { sourceId, page });
      await desk.call('sources.close', { sourceId });
      return { reported: lines.map(placeOf), read: rows.map(({ id }) => id) };
    }
    if (Date.now() > deadlineMs) return { reported: [`hangs: ${coverage.state}`], read: [] };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Lets a desk read the log while it is asked for something else. Read anew, up to three times, where an answer took too long: what a
 * busy machine adds differs from time to time, a desk that is held up is so each time. The quickest counts.
 */
async function readWhileAsked(bench: Workbench, folder: string, expected: Reading) {
  const losses: string[] = [];
  let quickest: AnswerTimes = { answers: 0, longestMs: Number.POSITIVE_INFINITY };
  for (let time = 0; time < 3 && quickest.longestMs > LONGEST_ANSWER_MS; time += 1) {
    const desk = await ServedDesk.start(bench, bench.folder());
    const ask = async () => await desk.call('settings.get', {});
    // A process's first calls load what they need: not what is measured here.
    for (let warm = 0; warm < 20; warm += 1) await ask();
    const { result, times } = await whileAsking(desk.process.pid, ask, readByDesk(desk, folder));
    losses.push(...lossesOf('desk', result, expected));
    if (times.longestMs < quickest.longestMs) quickest = times;
    if ((await desk.end()) !== 0) losses.push('the desk did not end well');
  }
  return { losses, times: quickest };
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let slowest: AnswerTimes = { answers: 0, longestMs: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const folder = bench.folder();
    mkdirSync(folder);
    const expected = makeAwkwardLog(folder);
    losses.push(...lossesOf('library', await readByLibrary(folder), expected));
    losses.push(...lossesOf('command line', readByCommandLine(folder, bench.folder()), expected));
    const { losses: ofDesk, times } = await readWhileAsked(bench, folder, expected);
    losses.push(...ofDesk);
    if (times.longestMs > LONGEST_ANSWER_MS) losses.push(`the desk took ${Math.round(times.longestMs)} ms to answer`);
    if (times.longestMs > slowest.longestMs) slowest = times;
    rmSync(folder, { recursive: true });
  }
  return { rounds, losses, note: `slowest of ${slowest.answers} answers: ${Math.round(slowest.longestMs)} ms` };
}

/** Line 15. */
export const awkwardLines: Scenario = {
  line: 15,
  name: 'awkward-lines',
  promise:
    'lines of 100 MB and of 512 MB, 5,000,000 levels, a pipe, a loop of links: reported, the rest read, the desk answers',
  failsWhere:
    'a line is held whole or parsed by recursion, a pipe is opened for waiting, or the desk reads in its own process',
  rounds: { short: 1, long: 5 },
  missing: () => (process.platform === 'win32' ? 'there are no pipes in folders' : missingBuild()),
  run,
};
