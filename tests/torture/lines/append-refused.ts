/** Line 6: folders that cannot be written to. */
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileStorage, isAuditError } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingTmpfs, mountTmpfs, remount } from '../support/disks.ts';
import { checkLog } from '../support/log-check.ts';
import { startProgram } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

/** One way of being refused; answers what was told. */
interface Refusal {
  readonly name: string;
  readonly code: string;
  readonly missing?: () => string | null;
  readonly tryIt: (bench: Workbench) => Promise<readonly string[]>;
}

async function told(storage: FileStorage, id: string): Promise<string> {
  try {
    return await storage.write(sampleEntry(id));
  } catch (error) {
    return `! ${isAuditError(error) ? error.code : String(error)}`;
  }
}

async function toldByProgram(bench: Workbench, more: object): Promise<readonly string[]> {
  const input = { count: 3, prefix: 'e', callers: 1, goesOn: true, ...more };
  const { printed, complaints } = await startProgram(bench, 'write-entries.ts', input).ended;
  return complaints === '' ? printed : [complaints];
}

const REFUSALS: readonly Refusal[] = [
  {
    name: 'a disk that can only be read',
    code: 'permission_denied',
    missing: missingTmpfs,
    tryIt: async (bench) => {
      const disk = mountTmpfs(bench, 64);
      remount(disk, 'ro');
      const storage = new FileStorage(disk);
      return [await told(storage, 'a'), await told(storage, 'b')];
    },
  },
  {
    name: 'no permission',
    code: 'permission_denied',
    missing: () => (process.platform === 'win32' ? 'permissions are not told by a mode here' : null),
    tryIt: async (bench) => {
      const folder = bench.folder();
      mkdirSync(folder);
      chmodSync(folder, 0o555);
      chmodSync(bench.root, 0o755);
      const answers = await toldByProgram(bench, { folder, asNobody: process.getuid?.() === 0 });
      chmodSync(folder, 0o755);
      return answers;
    },
  },
  {
    name: 'no file handles',
    code: 'too_many_open_files',
    missing: () => (process.platform === 'win32' ? 'handles are not limited here' : null),
    tryIt: async (bench) => {
      const folder = bench.folder();
      const answers = await toldByProgram(bench, { folder, withoutHandles: true });
      // With handles again, the same writer goes on.
      const last = answers.at(-1) ?? '';
      if (last.startsWith('!')) return [...answers, `with handles again: ${last}`];
      return [...answers.slice(0, -1), ...(await checkLog(folder, { acknowledged: [last] }))];
    },
  },
  {
    name: 'a folder that was removed',
    code: 'source_not_found',
    tryIt: async (bench) => {
      const folder = bench.folder();
      const storage = new FileStorage(folder);
      await storage.write(sampleEntry('before'));
      rmSync(folder, { recursive: true });
      const answers = [await told(storage, 'a'), await told(storage, 'b')];
      return existsSync(folder) ? [...answers, 'the folder is back'] : answers;
    },
  },
  {
    name: 'a file in the folder’s place',
    code: 'not_a_folder',
    tryIt: async (bench) => {
      const folder = bench.folder();
      writeFileSync(folder, '');
      return [await told(new FileStorage(folder), 'a'), await told(new FileStorage(join(folder, 'deeper')), 'b')];
    },
  },
];

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  const skipped: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, code, missing, tryIt } of REFUSALS) {
      const reason = missing?.() ?? null;
      if (reason !== null) {
        skipped.push(`${name}: ${reason}`);
        continue;
      }
      const answers = await tryIt(bench);
      for (const answer of answers) if (answer !== `! ${code}`) losses.push(`${name}: ${answer}, not ${code}`);
    }
  }
  const note = `${REFUSALS.length} ways of being refused`;
  return { rounds, losses, note: skipped.length === 0 ? note : `${note}; not ${[...new Set(skipped)].join('; ')}` };
}

/** Line 6. */
export const appendRefused: Scenario = {
  line: 6,
  name: 'append-refused',
  promise: 'a folder that cannot be written to: an error by its code, and nothing acknowledged',
  failsWhere: 'a failure to open is swallowed, or is told as something else',
  rounds: { short: 1, long: 10 },
  run,
};
