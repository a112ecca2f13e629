/** Line 9: writers that are killed between any two steps of a rotation. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { startProgram, TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { atEveryCall, missingStrace, type Place, startUnderStrace } from '../support/strace.ts';
import type { Workbench } from '../support/workbench.ts';

const BEFORE = Array.from({ length: 6 }, (_, index) => `before-${index}`);

async function killAt(bench: Workbench, { thread, call, number }: Place, losses: string[]): Promise<boolean> {
  const folder = bench.folder();
  mkdirSync(folder);
  // Twice the limit: the first append rotates it, and the second what the first has made.
  writeFileSync(join(folder, TODAYS_FILE), BEFORE.map((id) => `${entryToJson(sampleEntry(id))}\n`).join(''));
  const names = [TODAYS_FILE, 'audit_20260504_001.jsonl', 'audit_20260504_002.jsonl', `.${TODAYS_FILE}.rewriting`];
  const paths = [folder, ...names.map((name) => join(folder, name))];
  const fault = { thread, calls: call, what: 'signal=KILL', when: String(number), paths };
  const input = { folder, count: 3, prefix: 'during', callers: 1, rotationSizeMb: 0.0005 };
  const { printed, code } = await (await startUnderStrace(bench, fault, 'write-entries.ts', input)).ended;
  if (code === 0) return false;
  const found = await checkLog(folder, { acknowledged: [...BEFORE, ...printed] });
  const next = await startProgram(bench, 'write-entries.ts', { ...input, prefix: 'after' }).ended;
  if (next.code !== 0) found.push(`the next writer failed: ${next.complaints.slice(0, 200)}`);
  found.push(...(await checkLog(folder, { acknowledged: [...BEFORE, ...printed, ...next.printed] })));
  losses.push(...found.map((loss) => `killed before ${call} ${number} of ${thread}: ${loss}`));
  rmSync(folder, { recursive: true });
  return true;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let struck = 0;
  for (let round = 0; round < rounds; round += 1) {
    struck += await atEveryCall((place) => killAt(bench, place, losses));
  }
  if (struck < 15) losses.push(`only ${struck} places were found to kill at`);
  return { rounds, losses, note: `killed at ${struck} system calls` };
}

/** Line 9. */
export const rotationKilled: Scenario = {
  line: 9,
  name: 'rotation-killed',
  promise: 'a writer killed between any two steps of a rotation: nothing lost, nothing shown twice',
  failsWhere: 'a rotation copies, or has a step after which an entry has no name or two',
  rounds: { short: 1, long: 5 },
  missing: missingStrace,
  run,
};
