/** Lines 7 and 8: several programs that write one log at the same time. */
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog, logFileNames } from '../support/log-check.ts';
import { missingPython, type Running, startProgram } from '../support/programs.ts';
import type { Workbench } from '../support/workbench.ts';

async function allOf(programs: readonly Running[], losses: string[]): Promise<string[]> {
  const ends = await Promise.all(programs.map((program) => program.ended));
  for (const { code, complaints } of ends) {
    if (code !== 0) losses.push(`a program ended with ${code}: ${complaints.slice(0, 200)}`);
  }
  return ends.flatMap(({ printed }) => printed);
}

async function runRotating(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let files = 0;
  for (let round = 0; round < rounds; round += 1) {
    const folder = bench.folder();
    const writers = ['a', 'b', 'c', 'd'].map((prefix) =>
      startProgram(bench, 'write-entries.ts', { folder, count: 250, prefix, rotationSizeMb: 20 / 1024, callers: 4 }),
    );
    const acknowledged = await allOf(writers, losses);
    if (acknowledged.length !== 1_000) losses.push(`run ${round}: ${acknowledged.length} of 1,000 acknowledged`);
    losses.push(...(await checkLog(folder, { acknowledged })));
    files += logFileNames(folder).length;
  }
  return { rounds, losses, note: `${files} files` };
}

/** Line 7. */
export const writersRotate: Scenario = {
  line: 7,
  name: 'writers-rotate',
  promise: 'four processes that write and rotate at 20 KB lose, overwrite and fuse nothing',
  failsWhere: 'a file is renamed onto one that holds bytes, or a file put away by another program is written on',
  rounds: { short: 6, long: 20 },
  run: runRotating,
};

/** Entries of each of our writers and of each appender: 15,000 lines together. */
const OURS = 2_500;
const THEIRS = 5_000;

async function runBesidePython(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let lines = 0;
  for (let round = 0; round < rounds; round += 1) {
    const folder = bench.folder();
    const acknowledged = await allOf(
      [
        startProgram(bench, 'write-entries.ts', { folder, count: OURS, prefix: 'ours-1', callers: 16 }),
        startProgram(bench, 'write-entries.ts', { folder, count: OURS, prefix: 'ours-2', callers: 16 }),
        startProgram(bench, 'append-like-python-original.py', { folder, count: THEIRS, prefix: 'theirs-1' }),
        startProgram(bench, 'append-like-python-original.py', { folder, count: THEIRS, prefix: 'theirs-2' }),
      ],
      losses,
    );
    lines += acknowledged.length;
    if (acknowledged.length !== 2 * (OURS + THEIRS)) losses.push(`${acknowledged.length} acknowledged`);
    losses.push(...(await checkLog(folder, { acknowledged })));
  }
  return { rounds, losses, note: `${lines} lines` };
}

/** Line 8. */
export const writersBesidePython: Scenario = {
  line: 8,
  name: 'writers-beside-python',
  promise: 'two of our writers and two Python appenders write 15,000 lines into one file, none of them bad',
  failsWhere: 'lines go out in more than one write each, or at an offset instead of at the end',
  rounds: { short: 1, long: 20 },
  missing: missingPython,
  run: runBesidePython,
};
