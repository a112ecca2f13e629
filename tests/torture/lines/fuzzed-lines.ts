/** Line 16: lines that a fuzzer has been at. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson, FileStorage, readEntryLine } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Chance, Workbench } from '../support/workbench.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
/** Lines in one file, which is then read whole. */
const LINES_IN_A_FILE = 5_000;
/** What breaks parsers: brackets, quotes, escapes, numbers past every limit, half characters, NUL. */
const MORSELS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\u',
  '\\ud800',
  '\\u0000',
  ',',
  ':',
  '-',
  '1e999',
  '-0',
  'NaN',
  'Infinity',
  'nul',
  '1'.repeat(400),
  '"id":',
  '"timestamp":"9999-99-99"',
  '"__proto__":{}',
  '['.repeat(2000),
  '\u0000',
  '\ufeff',
].map((morsel) => Buffer.from(morsel));

function seeds(): Buffer[] {
  const text = readFileSync(join(FIXTURES, 'edge-cases', 'audit_20260301.jsonl'));
  const lines: Buffer[] = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf(0x0a, from);
    const end = newline === -1 ? text.length : newline;
    if (end - from < 10_000) lines.push(text.subarray(from, end));
    from = end + 1;
  }
  lines.push(Buffer.from(entryToJson(sampleEntry('seed', 100))));
  return lines;
}

function mutateOnce(line: Buffer, chance: Chance): Buffer {
  const at = chance.below(line.length + 1);
  switch (chance.below(6)) {
    case 0: {
      const copy = Buffer.from(line);
      if (copy.length > 0) copy[at % copy.length] = chance.below(256);
      return copy;
    }
    case 1:
      return Buffer.concat([line.subarray(0, at), line.subarray(at + 1 + chance.below(20))]);
    case 2:
      return Buffer.concat([
        line.subarray(0, at),
        MORSELS[chance.below(MORSELS.length)] ?? Buffer.alloc(0),
        line.subarray(at),
      ]);
    case 3:
      return line.subarray(0, at);
    case 4:
      return Buffer.concat([line.subarray(0, at), line.subarray(Math.max(0, at - chance.below(30)))]);
    default: {
      const copy = Buffer.from(line);
      if (copy.length > 0) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << chance.below(8));
      return copy;
    }
  }
}

function mutated(lines: readonly Buffer[], chance: Chance): Buffer {
  let line = lines[chance.below(lines.length)] ?? Buffer.alloc(0);
  for (let times = 1 + chance.below(4); times > 0; times -= 1) line = mutateOnce(line, chance);
  return line;
}

const isBlank = (line: Buffer) => line.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));

/** Each line alone: never throws, and says what it is. */
function readAlone(line: Buffer, losses: string[]): void {
  try {
    const reading = readEntryLine(line);
    if (reading.kind === 'unreadable' && reading.reason === '') losses.push('a line was refused without a reason');
  } catch (error) {
    losses.push(`reading threw ${String(error)} on ${line.toString('base64').slice(0, 200)}`);
  }
}

async function readTogether(bench: Workbench, lines: readonly Buffer[], losses: string[]): Promise<void> {
  const folder = bench.folder();
  mkdirSync(folder);
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  writeFileSync(join(folder, 'audit_20260504.jsonl'), bytes);
  // A mutation may have put a newline into a line: what is counted is what lies between newlines.
  let there = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    if (!isBlank(bytes.subarray(from, end))) there += 1;
    from = end + 1;
  }
  let told = 0;
  try {
    for await (const _ of new FileStorage(folder).scan()) told += 1;
  } catch (error) {
    losses.push(`scanning threw ${String(error)}`);
  }
  // A byte order mark alone on the file's first line is blank to a reader and not to the count above.
  if (told !== there && told !== there - 1) losses.push(`${there} lines, ${told} read or reported`);
  rmSync(folder, { recursive: true });
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const from = seeds();
  const losses: string[] = [];
  let made = 0;
  while (made < rounds) {
    const count = Math.min(LINES_IN_A_FILE, rounds - made);
    const lines = Array.from({ length: count }, () => mutated(from, bench.chance));
    made += count;
    for (const line of lines) readAlone(line, losses);
    await readTogether(bench, lines, losses);
  }
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 16. */
export const fuzzedLines: Scenario = {
  line: 16,
  name: 'fuzzed-lines',
  promise: 'lines mutated by a fuzzer: no uncaught exception, and every one is either read or reported',
  failsWhere: 'a parser throws on some input, or a reader passes over what it cannot parse',
  rounds: { short: 20_000, long: 100_000 },
  run,
};
