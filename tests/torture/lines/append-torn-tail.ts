/** Line 5: last lines that another program left torn. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

async function appendBehindTornLine(bench: Workbench, round: number): Promise<string[]> {
  const folder = bench.folder();
  mkdirSync(folder);
  const file = join(folder, TODAYS_FILE);
  const whole = `${entryToJson(sampleEntry(`whole-${round}`))}\n`;
  const torn = entryToJson(sampleEntry(`torn-${round}`));
  // From one byte of the line up to all of it but its newline, which is an entry.
  const length = round === 0 ? torn.length : 1 + bench.chance.below(torn.length);
  const before = whole + torn.slice(0, length);
  writeFileSync(file, before);
  const storage = new FileStorage(folder, { clock: () => 1_777_896_000_000_000 });
  const ids = [`next-${round}`, `after-${round}`];
  for (const id of ids) await storage.write(sampleEntry(id));
  const losses: string[] = [];
  const expected = `${before}\n${ids.map((id) => `${entryToJson(sampleEntry(id))}\n`).join('')}`;
  if (readFileSync(file, 'utf8') !== expected) losses.push(`round ${round}: torn after ${length} bytes and continued`);
  const isWhole = length === torn.length;
  const acknowledged = [`whole-${round}`, ...ids, ...(isWhole ? [`torn-${round}`] : [])];
  losses.push(...(await checkLog(folder, { acknowledged, mostMalformed: isWhole ? 0 : 1 })));
  return losses;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) losses.push(...(await appendBehindTornLine(bench, round)));
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 5. */
export const appendTornTail: Scenario = {
  line: 5,
  name: 'append-torn-tail',
  promise: 'behind a last line that another program left torn, the next append starts on a line of its own',
  failsWhere: 'an append does not look at the last byte before it writes',
  rounds: { short: 100, long: 1_000 },
  run,
};
