/** Line 12: programs that append while we rewrite. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { missingPython, startProgram, TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

/** Rewrites of one log before it is looked at, so that it stays small and each rewrite is quick. */
const RACES_IN_A_FOLDER = 50;
/** Folders at a time: most of a rewrite is waiting for late writers. */
const LANES = 5;

interface Raced {
  readonly losses: readonly string[];
  readonly appended: number;
}

async function raceInOneFolder(bench: Workbench, races: number): Promise<Raced> {
  const folder = bench.folder();
  mkdirSync(folder);
  const old = Array.from({ length: races }, (_, index) => `old-${index}`);
  writeFileSync(join(folder, TODAYS_FILE), old.map((id) => `${entryToJson(sampleEntry(id))}\n`).join(''));
  const theirs = startProgram(bench, 'append-like-python-original.py', {
    folder,
    count: 1_000_000,
    prefix: 'theirs',
    pauseMs: 1,
  });
  const ours = startProgram(bench, 'write-entries.ts', {
    folder,
    count: 1_000_000,
    prefix: 'ours',
    callers: 2,
    pauseMs: 3,
    rotationSizeMb: 0.2,
  });
  await Promise.all([theirs.begun, ours.begun]);
  const storage = new FileStorage(folder);
  const losses: string[] = [];
  for (const id of old) if (!(await storage.delete(id))) losses.push(`${id} was there and was not deleted`);
  theirs.child.kill('SIGKILL');
  ours.child.kill('SIGKILL');
  const acknowledged = [...(await theirs.ended).printed, ...(await ours.ended).printed];
  // Of each program, one line at most was written and not yet told, or is torn.
  losses.push(...(await checkLog(folder, { acknowledged, removed: old, mostMalformed: 2 })));
  rmSync(folder, { recursive: true });
  return { losses, appended: acknowledged.length };
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let appended = 0;
  let next = 0;
  const lane = async () => {
    while (next < rounds) {
      const races = Math.min(RACES_IN_A_FOLDER, rounds - next);
      next += races;
      const outcome = await raceInOneFolder(bench, races);
      losses.push(...outcome.losses);
      appended += outcome.appended;
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { rounds, losses, note: `${appended} lines appended meanwhile` };
}

/** Line 12. */
export const rewriteRaces: Scenario = {
  line: 12,
  name: 'rewrite-races',
  promise: 'programs of ours and of others append while files are rewritten, and no line of theirs is lost',
  failsWhere: 'the tail is not taken along before the rename, or the old file is not looked at once more after it',
  rounds: { short: 150, long: 1_000 },
  missing: missingPython,
  run,
};
