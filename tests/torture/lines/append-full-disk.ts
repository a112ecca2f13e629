/** Line 4: disks that are full in the middle of a line. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileStorage, isAuditError } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingTmpfs, mountTmpfs } from '../support/disks.ts';
import { checkLog, logFileNames } from '../support/log-check.ts';
import { programCommand, startCommand, TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

/** What a try to write came to: the id, or the code of the failure. */
type Told = { readonly id: string } | { readonly code: string };

async function tryToWrite(storage: FileStorage, id: string, contentBytes: number): Promise<Told> {
  try {
    return { id: await storage.write(sampleEntry(id, contentBytes)) };
  } catch (error) {
    return { code: isAuditError(error) ? error.code : String(error) };
  }
}

async function writeUntilFull(bench: Workbench, storage: FileStorage, prefix: string, ids: string[]): Promise<string> {
  for (let next = 0; ; ) {
    const callers = 1 + bench.chance.below(4);
    const tries = Array.from({ length: callers }, () => {
      next += 1;
      return tryToWrite(storage, `${prefix}-${next}`, bench.chance.below(9_000));
    });
    const told = await Promise.all(tries);
    for (const one of told) if ('id' in one) ids.push(one.id);
    const failure = told.find((one) => 'code' in one);
    if (failure !== undefined && 'code' in failure) return failure.code;
  }
}

/** How a line that was written only in part shows: the file does not end with a line's end. */
function tornFiles(folder: string): string[] {
  return logFileNames(folder)
    .filter((name) => !readFileSync(join(folder, name), 'utf8').endsWith('}\n'))
    .filter((name) => statSync(join(folder, name)).size > 0)
    .map((name) => `${name} ends in the middle of a line`);
}

async function fillOnce(bench: Workbench, disk: string, round: number): Promise<string[]> {
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc((8 + bench.chance.below(20)) * 4_096));
  const storage = new FileStorage(disk, { rotationSizeMb: round % 2 === 0 ? 100 : 0.02 });
  const acknowledged: string[] = [];
  const losses: string[] = [];
  const code = await writeUntilFull(bench, storage, `r${round}`, acknowledged);
  if (code !== 'disk_full') losses.push(`round ${round}: a full disk was told as ${code}`);
  losses.push(...tornFiles(disk));
  rmSync(filler);
  const after = await tryToWrite(storage, `r${round}-after`, 100);
  if ('id' in after) acknowledged.push(after.id);
  else losses.push(`round ${round}: with space again, writing failed with ${after.code}`);
  losses.push(...(await checkLog(disk, { acknowledged })));
  for (const name of readdirSync(disk)) rmSync(join(disk, name));
  return losses;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const disk = mountTmpfs(bench, 192);
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) losses.push(...(await fillOnce(bench, disk, round)));
  return { rounds, losses, note: `tmpfs of 192 kB, seed ${bench.chance.seed}` };
}

/** Line 4. */
export const appendFullDisk: Scenario = {
  line: 4,
  name: 'append-full-disk',
  promise: 'a disk that is full in the middle of a line: the part is taken back, writing goes on when there is space',
  failsWhere: 'a short write counts as a whole one, or the part that was written stays before the next line',
  rounds: { short: 100, long: 1_000 },
  missing: missingTmpfs,
  run,
};

async function runAtLimit(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = bench.folder();
    const input = {
      folder,
      count: 40,
      prefix: `r${round}`,
      contentBytes: 3_000,
      callers: 1 + (round % 4),
      goesOn: true,
    };
    const script = `ulimit -f ${8 + bench.chance.below(60)}; exec "$@"`;
    const { printed, complaints } = await startCommand(bench, 'sh', [
      '-c',
      script,
      'sh',
      ...programCommand('write-entries.ts', input),
    ]).ended;
    if (complaints !== '') losses.push(complaints.slice(0, 200));
    const acknowledged = printed.filter((line) => !line.startsWith('!'));
    const codes = new Set(printed.filter((line) => line.startsWith('!')));
    if (codes.size !== 1 || !codes.has('! disk_full')) losses.push(`round ${round}: told as ${[...codes].join(', ')}`);
    losses.push(...tornFiles(folder));
    await new FileStorage(folder, { clock: () => 1_777_896_000_000_000 }).write(sampleEntry(`r${round}-after`));
    acknowledged.push(`r${round}-after`);
    losses.push(...(await checkLog(folder, { acknowledged })));
    if (logFileNames(folder).join() !== TODAYS_FILE) losses.push(`round ${round}: ${logFileNames(folder).join()}`);
  }
  return { rounds, losses, note: `a limit on the size of files, seed ${bench.chance.seed}` };
}

/** Line 4, where nothing can be mounted: a limit on the size of files makes the system write short as a full disk does. */
export const appendAtSizeLimit: Scenario = {
  line: 4,
  name: 'append-at-size-limit',
  promise: 'a system that takes only a part of a line: the part is taken back, writing goes on when there is space',
  failsWhere: 'a short write counts as a whole one, or the part that was written stays before the next line',
  rounds: { short: 10, long: 100 },
  missing: () => (process.platform === 'win32' ? 'there is no ulimit' : null),
  run: runAtLimit,
};
