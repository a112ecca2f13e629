/** Line 3: syncs that fail. */
import { mkdirSync } from 'node:fs';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { missingStrace, startUnderStrace } from '../support/strace.ts';
import type { Workbench } from '../support/workbench.ts';

const COUNT = 60;

async function failAt(bench: Workbench, number: number): Promise<string[]> {
  const folder = bench.folder();
  if (number % 2 === 0) mkdirSync(folder);
  const fault = { calls: 'fsync,fdatasync', what: 'error=EIO', when: String(number) };
  const input = { folder, count: COUNT, prefix: 'e', callers: 1 + (number % 3), goesOn: true, rotationSizeMb: 0.002 };
  const { printed } = await (await startUnderStrace(bench, fault, 'write-entries.ts', input)).ended;
  const losses: string[] = [];
  const first = printed.findIndex((line) => line.startsWith('!'));
  if (first === -1) losses.push('the failure was not told');
  const after = printed.slice(first).filter((line) => !line.startsWith('!'));
  if (first !== -1 && after.length > 0) losses.push(`${after.length} were acknowledged after it, ${after[0]} first`);
  const told = printed.find((line) => line.startsWith('!')) ?? '';
  if (first !== -1 && !/^! writer_stopped .*EIO/.test(told)) losses.push(`it was told as: ${told}`);
  if (printed.length !== COUNT) losses.push(`${printed.length} of ${COUNT} answers`);
  const acknowledged = printed.slice(0, Math.max(first, 0));
  if (acknowledged.length > 0) losses.push(...(await checkLog(folder, { acknowledged })));
  return losses.map((loss) => `sync ${number} failed: ${loss}`);
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let number = 1; number <= rounds; number += 1) losses.push(...(await failAt(bench, number)));
  return { rounds, losses };
}

/** Line 3. */
export const appendSyncFails: Scenario = {
  line: 3,
  name: 'append-sync-fails',
  promise: 'after a sync that failed nothing is acknowledged any more: the writer stops and says why',
  failsWhere: 'a sync that failed is tried again and believed, or only the one entry is refused',
  rounds: { short: 20, long: 40 },
  missing: missingStrace,
  run,
};
