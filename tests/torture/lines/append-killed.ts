/** Line 1: writers that are killed. */
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { startProgram } from '../support/programs.ts';
import { inFolders } from '../support/rounds.ts';
import type { Workbench } from '../support/workbench.ts';

/** Rounds in one folder: each next writer finds what the killed one left. */
const ROUNDS_IN_A_FOLDER = 10;

async function writeUntilKilled(bench: Workbench, folder: string, round: number): Promise<readonly string[]> {
  const { chance } = bench;
  const writer = startProgram(bench, 'write-entries.ts', {
    folder,
    count: 1_000_000,
    prefix: `r${round}`,
    rotationSizeMb: [0.02, 0.5, 100][chance.below(3)],
    callers: 1 + chance.below(48),
    contentBytes: [0, 900, 12_000][chance.below(3)],
  });
  // Most are killed while they write, some while they start.
  if (chance.below(10) > 0) await writer.begun;
  await delay(chance.below(400) / 10);
  writer.child.kill('SIGKILL');
  return (await writer.ended).printed;
}

/** Kills writer after writer in one folder, then looks at what is there. */
async function runInOneFolder(
  bench: Workbench,
  rounds: readonly number[],
): Promise<{ losses: string[]; told: number }> {
  const folder = bench.folder();
  const acknowledged: string[] = [];
  for (const round of rounds) acknowledged.push(...(await writeUntilKilled(bench, folder, round)));
  if (acknowledged.length === 0) return { losses: [], told: 0 };
  const losses = await checkLog(folder, { acknowledged, mostMalformed: rounds.length });
  rmSync(folder, { recursive: true, force: true });
  return { losses, told: acknowledged.length };
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let told = 0;
  await inFolders(rounds, { roundsInAFolder: ROUNDS_IN_A_FOLDER }, async (group) => {
    const outcome = await runInOneFolder(bench, group);
    losses.push(...outcome.losses);
    told += outcome.told;
  });
  return { rounds, losses, note: `${told} acknowledged, seed ${bench.chance.seed}` };
}

/** Line 1. */
export const appendKilled: Scenario = {
  line: 1,
  name: 'append-killed',
  promise: 'a writer killed at random moments loses no acknowledged entry, and leaves no malformed line unreported',
  failsWhere: 'an entry is acknowledged before its write is done, or a line is glued to the torn one before it',
  rounds: { short: 200, long: 3_000 },
  shortTimeoutMs: 240_000,
  run,
};
