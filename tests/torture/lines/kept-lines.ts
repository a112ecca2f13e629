/** Line 13: what a rewrite keeps, byte for byte. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileStorage } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

const EDGE_CASES = join(import.meta.dirname, '..', '..', 'fixtures', 'edge-cases', 'audit_20260301.jsonl');
const NAME = 'audit_20260504.jsonl';

/** Ways of writing a line that reading and writing it again would change. */
const AWKWARD: readonly ((id: string) => string)[] = [
  (id) => JSON.stringify(sampleEntry(id)).replace('1.5', 'NaN'),
  (id) => JSON.stringify(sampleEntry(id)).replace('1.5', '-Infinity'),
  (id) => JSON.stringify(sampleEntry(id)).replace('"metadata":{}', '"metadata":{"n": 9223372036854775808, "f": 1.50}'),
  (id) => JSON.stringify(sampleEntry(id)).replace('"metadata":{}', '"metadata":{"k": 1, "k" : 2, "__proto__": 3}'),
  (id) => JSON.stringify(sampleEntry(id)).replace('"model"', '"\\u006dodel"').replace('1.5', '15e-1'),
  (id) => JSON.stringify({ ...sampleEntry(id), unknown_field: 'kept', provider: 'pröv\u2028ider' }),
  (id) => `  ${JSON.stringify(sampleEntry(id))}\t\r`,
  () => 'no entry at all \u00e9',
  () => '{"id": "half',
  () => '   ',
];

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Lines with their ends, cut apart by nothing but the newline. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const end = newline === -1 ? bytes.length : newline + 1;
    lines.push(bytes.subarray(from, end));
    from = end;
  }
  return lines;
}

async function oneRound(bench: Workbench, round: number, edgeCases: Buffer): Promise<string[]> {
  const folder = bench.folder();
  mkdirSync(folder);
  const ids = new Set<string>();
  const lines: Buffer[] = round % 2 === 0 ? linesOf(edgeCases) : [];
  // A last line without an end may be followed by nothing.
  if (lines.length > 0 && lines.at(-1)?.at(-1) !== 0x0a) lines.push(Buffer.from('\n'));
  for (let index = 0; index < 60; index += 1) {
    const id = `entry-${index}`;
    const isRemoved = bench.chance.below(3) === 0;
    const write = AWKWARD[bench.chance.below(AWKWARD.length)] ?? JSON.stringify;
    if (isRemoved) ids.add(id);
    lines.push(Buffer.from(`${write(id)}\n`));
  }
  if (bench.chance.below(2) === 0) lines.push(Buffer.from('{"id": "torn'));
  writeFileSync(join(folder, NAME), Buffer.concat(lines));
  // Told by the bytes alone: a line goes where it is an entry with one of these ids.
  const kept = lines.filter((line) => !/"id":"entry-\d+"/.test(line.toString()) || !ids.has(idIn(line)));
  const report = await new FileStorage(folder).deleteMany({ ids });
  const after = readFileSync(join(folder, NAME));
  rmSync(folder, { recursive: true });
  const losses: string[] = [];
  if (sha256(after) !== sha256(Buffer.concat(kept)))
    losses.push(`round ${round}: the kept lines are not what they were`);
  if (report.removed !== lines.length - kept.length) losses.push(`round ${round}: ${report.removed} told as removed`);
  return losses;
}

function idIn(line: Buffer): string {
  return /"id":"(entry-\d+)"/.exec(line.toString())?.[1] ?? '';
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const edgeCases = readFileSync(EDGE_CASES);
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) losses.push(...(await oneRound(bench, round, edgeCases)));
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 13. */
export const keptLines: Scenario = {
  line: 13,
  name: 'kept-lines',
  promise: 'lines that a rewrite keeps are the same by SHA-256, with NaN, 2^63, double keys and broken ones among them',
  failsWhere: 'a kept line is parsed and written again',
  rounds: { short: 50, long: 1_000 },
  run,
};
