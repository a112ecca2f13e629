/** Line 11: rewriters that are killed at every step. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { type CuttableDisk, cuttableDisk, isStill, missingPower } from '../support/power.ts';
import { TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { atEveryCall, missingStrace, type Place, startUnderStrace } from '../support/strace.ts';
import type { Workbench } from '../support/workbench.ts';

const IDS = Array.from({ length: 20 }, (_, index) => `entry-${index}`);
/** Of the first file some, of the second all. */
const REMOVED = [...IDS.slice(3, 7), ...IDS.slice(10)];

const lineOf = (id: string) => `${entryToJson(sampleEntry(id, 40))}\n`;

/** Makes a log of two files, the second of which is emptied by the deletion. */
function makeLog(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, TODAYS_FILE), IDS.slice(0, 10).map(lineOf).join(''));
  writeFileSync(join(folder, 'audit_20260503.jsonl'), IDS.slice(10).map(lineOf).join(''));
}

/** What is wrong with a file that should be wholly old or wholly new. */
function notWhole(folder: string, file: string, ids: readonly string[]): string[] {
  const path = join(folder, file);
  const there = readdirSync(folder).includes(file) ? readFileSync(path, 'utf8') : '';
  const old = ids.map(lineOf).join('');
  const made = ids
    .filter((id) => !REMOVED.includes(id))
    .map(lineOf)
    .join('');
  return there === old || there === made ? [] : [`${file} is neither wholly old nor wholly new: ${there.length} bytes`];
}

/** All paths that a rewrite touches. */
function pathsIn(folder: string): string[] {
  const files = [TODAYS_FILE, 'audit_20260503.jsonl'];
  return [
    folder,
    ...files.flatMap((file) => [
      join(folder, file),
      join(folder, `.${file}.rewrite`),
      join(folder, `.${file}.rewriting`),
      join(folder, `.${file}.replaced-${statSync(join(folder, file)).size}`),
    ]),
  ];
}

/** What is wrong with a log whose rewriter died, and with the deletion that comes next. */
async function lookAfterwards(folder: string): Promise<string[]> {
  const found = [
    ...notWhole(folder, TODAYS_FILE, IDS.slice(0, 10)),
    ...notWhole(folder, 'audit_20260503.jsonl', IDS.slice(10)),
    ...(await checkLog(folder, { acknowledged: IDS.filter((id) => !REMOVED.includes(id)) })),
  ];
  // Whoever deletes next finishes it, and leaves nothing beside the log.
  await new FileStorage(folder).deleteMany({ ids: new Set(REMOVED) });
  found.push(...(await checkLog(folder, { acknowledged: [], removed: REMOVED })));
  const left = readdirSync(folder).filter((name) => name.startsWith('.'));
  return left.length > 0 ? [...found, `${left.join()} stayed`] : found;
}

async function killAt(bench: Workbench, { thread, call, number }: Place, losses: string[]): Promise<boolean> {
  const folder = bench.folder();
  makeLog(folder);
  const fault = { thread, calls: call, what: 'signal=KILL', when: String(number), paths: pathsIn(folder) };
  const rewriter = await startUnderStrace(bench, fault, 'delete-entries.ts', { folder, ids: REMOVED });
  const { printed, complaints } = await rewriter.ended;
  if (printed.length > 0) return false;
  const found = await lookAfterwards(folder);
  losses.push(
    ...found.map((loss) => `killed before ${call} ${number} of ${thread}: ${loss} ${complaints.slice(0, 80)}`),
  );
  rmSync(folder, { recursive: true });
  return true;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let struck = 0;
  for (let round = 0; round < rounds; round += 1) {
    struck += await atEveryCall((place) => killAt(bench, place, losses));
  }
  if (struck < 20) losses.push(`only ${struck} places were found to kill at`);
  return { rounds, losses, note: `killed at ${struck} system calls` };
}

/** Line 11, killed. */
export const rewriteKilled: Scenario = {
  line: 11,
  name: 'rewrite-killed',
  promise:
    'a rewriter killed at any system call leaves each file wholly old or wholly new, and the next one finishes it',
  failsWhere: 'a file is rewritten in place, or a step leaves something behind that nobody takes away',
  rounds: { short: 1, long: 5 },
  missing: missingStrace,
  run,
};

/** Stops the rewriter before a call, cuts the power, and looks after the next start. */
async function cutAt(
  bench: Workbench,
  disk: CuttableDisk,
  { thread, call, number }: Place,
  losses: string[],
): Promise<boolean> {
  const folder = join(disk.folder, `${thread}-${call}-${number}`);
  makeLog(folder);
  syncAll(folder);
  const fault = { thread, calls: call, what: 'signal=STOP', when: String(number), paths: pathsIn(folder) };
  const rewriter = await startUnderStrace(bench, fault, 'delete-entries.ts', { folder, ids: REMOVED });
  const pid = rewriter.child.pid ?? 0;
  while (rewriter.child.exitCode === null && !isStill(pid)) await delay(2);
  const isStruck = rewriter.child.exitCode === null;
  if (isStruck) disk.cut();
  rewriter.child.kill('SIGKILL');
  await rewriter.ended;
  if (!isStruck) return false;
  disk.restart();
  losses.push(...(await lookAfterwards(folder)).map((loss) => `cut before ${call} ${number} of ${thread}: ${loss}`));
  rmSync(folder, { recursive: true });
  return true;
}

/** Makes a log safe before the power goes. */
function syncAll(folder: string): void {
  for (const path of [...readdirSync(folder).map((name) => join(folder, name)), folder, join(folder, '..')]) {
    const fd = openSync(path, 'r');
    fsyncSync(fd);
    closeSync(fd);
  }
}

async function runCut(bench: Workbench, rounds: number): Promise<Outcome> {
  const disk = cuttableDisk(bench);
  const losses: string[] = [];
  let struck = 0;
  for (let round = 0; round < rounds; round += 1) {
    struck += await atEveryCall((place) => cutAt(bench, disk, place, losses));
  }
  if (struck < 20) losses.push(`only ${struck} places were found to cut at`);
  return { rounds, losses, note: `cut at ${struck} system calls` };
}

/** Line 11, cut off. */
export const rewriteCut: Scenario = {
  line: 11,
  name: 'rewrite-cut',
  promise: 'a power cut at any system call of a rewrite leaves each file wholly old or wholly new',
  failsWhere: 'the new file is renamed before it is synced, or a file is rewritten in place',
  rounds: { short: 1, long: 5 },
  missing: () => missingStrace() ?? missingPower(),
  run: runCut,
};
