/** Line 2: the power goes while writers write. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { cuttableDisk, missingPower, stop } from '../support/power.ts';
import { startProgram } from '../support/programs.ts';
import type { Workbench } from '../support/workbench.ts';

/** Cuts in one folder, so that each next writer finds what a cut has left. */
const CUTS_IN_A_FOLDER = 5;

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const disk = cuttableDisk(bench);
  const losses: string[] = [];
  let told = 0;
  let acknowledged: string[] = [];
  let folder = '';
  for (let round = 0; round < rounds; round += 1) {
    if (round % CUTS_IN_A_FOLDER === 0) {
      if (folder !== '') rmSync(folder, { recursive: true, force: true });
      // Made by the writer: its own name must be safe as well.
      folder = join(disk.folder, `deep-${round}`, 'log');
      acknowledged = [];
    }
    const { chance } = bench;
    const input = {
      folder,
      count: 1_000_000,
      prefix: `r${round}`,
      rotationSizeMb: [0.01, 100][chance.below(2)],
      callers: 1 + chance.below(16),
      contentBytes: [0, 900, 6_000][chance.below(3)],
    };
    const writer = startProgram(bench, 'write-entries.ts', input);
    await writer.begun;
    await delay(chance.below(400) / 10);
    // The ioctl is not quite the power: a sync that is under way when it comes may answer 0 and have nothing on the disk (seen with
    // six lines of Python in 6 of 150 cuts; see docs/reliability.md). So every other writer is stopped between two calls before the
    // cut, and of the others counts what was acknowledged before the cut began.
    const isStopped = round % 2 === 0;
    if (isStopped) await stop(writer.child.pid ?? 0);
    const before = isStopped ? null : writer.printed();
    disk.cut();
    writer.child.kill('SIGKILL');
    const { printed } = await writer.ended;
    acknowledged.push(...(before ?? printed));
    told += (before ?? printed).length;
    disk.restart();
    const torn = (round % CUTS_IN_A_FOLDER) + 1;
    const found = await checkLog(folder, { acknowledged, mostMalformed: torn });
    losses.push(...found.map((loss) => `cut ${round}: ${loss}`));
  }
  return { rounds, losses, note: `${told} acknowledged, seed ${bench.chance.seed}` };
}

/** Line 2. */
export const appendPowerCut: Scenario = {
  line: 2,
  name: 'append-power-cut',
  promise: 'a power cut loses no acknowledged entry and leaves at most one torn line, which is reported',
  failsWhere: 'an entry is acknowledged before its bytes, its file’s name and its folder’s name are synced',
  rounds: { short: 12, long: 50 },
  missing: missingPower,
  run,
};
