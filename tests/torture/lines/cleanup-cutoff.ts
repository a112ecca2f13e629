/** Line 14: what a cleanup removes, to the microsecond, and how often it writes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditLogger, entryToJson, FileStorage, isAuditError } from '../../../src/main/audit/index.ts';
import { formatTimestamp, US_PER_DAY } from '../../../src/shared/timestamp.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { plainLines } from '../support/log-check.ts';
import { programCommand, startCommand } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingStrace } from '../support/strace.ts';
import type { Workbench } from '../support/workbench.ts';

const NOW_US = Date.parse('2026-05-04T12:00:00Z') * 1000 + 123_457;
const lineAt = (id: string, us: number) => `${entryToJson(sampleEntry(id, 0, formatTimestamp(us)))}\n`;

async function cleanUpOnce(bench: Workbench, round: number): Promise<string[]> {
  const folder = bench.folder();
  mkdirSync(folder);
  const retentionDays = [0, 1, 30, 182.5, 183, 365, 3650][round % 7] ?? 0;
  const cutoffUs = Math.floor(NOW_US - retentionDays * US_PER_DAY);
  // On the microsecond, beside it, far from it; and in the future, where some clock was ahead.
  const offsets = [0, 1, -1, 2, -2, 1_000, -1_000, US_PER_DAY, -US_PER_DAY, 400 * US_PER_DAY];
  for (let more = 0; more < 20; more += 1) offsets.push(bench.chance.below(2_000_000) - 1_000_000);
  const times = offsets.map((offset, index) => ({ id: `entry-${index}`, us: cutoffUs + offset }));
  times.push({ id: 'future', us: NOW_US + 90 * US_PER_DAY });
  writeFileSync(join(folder, 'audit_20260504.jsonl'), times.map(({ id, us }) => lineAt(id, us)).join(''));
  const logger = new AuditLogger({ storage: new FileStorage(folder), retentionDays, clock: () => NOW_US });
  const removed = await logger.cleanupExpired();
  const there = new Set(plainLines(folder).map(({ id }) => id));
  rmSync(folder, { recursive: true });
  const losses = times
    .filter(({ id, us }) => there.has(id) === us <= cutoffUs)
    .map(
      ({ id, us }) =>
        `${retentionDays} days: ${id}, ${us - cutoffUs} µs from the cutoff, is ${there.has(id) ? 'there' : 'gone'}`,
    );
  const gone = times.filter(({ us }) => us <= cutoffUs).length;
  if (removed !== gone) losses.push(`${retentionDays} days: told ${removed}, ${gone} are gone`);
  return losses;
}

function refusedDays(): string[] {
  return [-1, -0.000001, Number.NaN, Number.POSITIVE_INFINITY].flatMap((retentionDays) => {
    try {
      new AuditLogger({ storage: 'folder', retentionDays });
      return [`${retentionDays} days were taken`];
    } catch (error) {
      return isAuditError(error) && error.code === 'invalid_argument' ? [] : [String(error)];
    }
  });
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses = refusedDays();
  for (let round = 0; round < rounds; round += 1) losses.push(...(await cleanUpOnce(bench, round)));
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 14, the cutoff. */
export const cleanupCutoff: Scenario = {
  line: 14,
  name: 'cleanup-cutoff',
  promise: 'a cleanup removes what is at or before its cutoff, to the microsecond, and nothing else; no negative days',
  failsWhere: 'a time passes through a Date, or the cutoff is compared with less instead of less or equal',
  rounds: { short: 35, long: 700 },
  run,
};

const FILES = 10;

async function runOnce(bench: Workbench, entries: number): Promise<Outcome> {
  const folder = bench.folder();
  mkdirSync(folder);
  const losses: string[] = [];
  const oldUs = NOW_US - 400 * US_PER_DAY;
  for (let file = 0; file < FILES; file += 1) {
    const lines: string[] = [];
    // Two of three are old, mixed with the others.
    for (let index = file; index < entries; index += FILES) {
      lines.push(lineAt(`entry-${index}`, index % 3 === 0 ? NOW_US : oldUs));
    }
    writeFileSync(join(folder, `audit_2026040${file}.jsonl`), lines.join(''));
  }
  const record = join(bench.root, 'renames.log');
  const trace = ['-f', '-qq', '-o', record, '-e', 'trace=rename,renameat,renameat2'];
  const input = { folder, upToUs: NOW_US - 365 * US_PER_DAY };
  const { printed, complaints } = await startCommand(bench, 'strace', [
    ...trace,
    '--seccomp-bpf',
    ...programCommand('delete-entries.ts', input),
  ]).ended;
  const expected = entries - Math.ceil(entries / 3);
  if (printed[0] !== String(expected)) losses.push(`${printed[0] ?? complaints} removed, not ${expected}`);
  const renames = readFileSync(record, 'utf8').match(/\.rewrite", "[^"]*audit_\d+\.jsonl"\) += 0/g) ?? [];
  if (renames.length !== FILES) losses.push(`${FILES} files were replaced ${renames.length} times`);
  const left = plainLines(folder).length;
  if (left !== entries - expected) losses.push(`${left} lines are left, not ${entries - expected}`);
  return { rounds: entries, losses, note: `${FILES} files, ${renames.length} renames` };
}

/** Line 14, how often a cleanup writes. */
export const cleanupWritesOnce: Scenario = {
  line: 14,
  name: 'cleanup-writes-once',
  promise: 'a cleanup of many entries rewrites each file once',
  failsWhere: 'entries are deleted one by one',
  rounds: { short: 6_000, long: 500_000 },
  missing: missingStrace,
  run: runOnce,
};
