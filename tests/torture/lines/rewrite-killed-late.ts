/** Line 12, with a kill: lines that were acknowledged between a rewriter's last look and its rename, and the rewriter dies then. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { checkLog } from '../support/log-check.ts';
import { TODAYS_FILE } from '../support/programs.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingStrace, startUnderStrace } from '../support/strace.ts';
import type { Workbench } from '../support/workbench.ts';

const KEPT = Array.from({ length: 5 }, (_, index) => `kept-${index}`);
const NEW_FILE = `.${TODAYS_FILE}.rewrite`;
/** How long the rename is held up, on the way in and on the way out. */
const HELD_MICROSECONDS = 400_000;

const lineOf = (id: string) => `${entryToJson(sampleEntry(id))}\n`;

/** Waits until something is so; false after ten seconds. */
async function until(isSo: () => boolean): Promise<boolean> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (isSo()) return true;
    await delay(2);
  }
  return false;
}

/** Holds the rewriter at its rename, lets others append, lets the rename happen, and kills it before it does anything more. */
async function killAfterRename(bench: Workbench, folder: string, late: readonly string[]): Promise<string | null> {
  const file = join(folder, TODAYS_FILE);
  const old = statSync(file).ino;
  const what = `delay_enter=${HELD_MICROSECONDS}:delay_exit=${HELD_MICROSECONDS}`;
  const fault = { calls: 'rename', what, when: '1', paths: [join(folder, NEW_FILE)] };
  const rewriter = await startUnderStrace(bench, fault, 'delete-entries.ts', { folder, ids: ['gone'] });
  const whole = KEPT.map(lineOf).join('');
  const isWritten = () =>
    readdirSync(folder).includes(NEW_FILE) && readFileSync(join(folder, NEW_FILE), 'utf8') === whole;
  if (!(await until(isWritten))) return 'the new file was never written';
  // Time for its last look at the old file, which follows at once.
  await delay(60);
  const ours = new FileStorage(folder, { clock: () => 1_777_896_000_000_000 });
  for (const [index, id] of late.entries()) {
    if (index % 2 === 0) appendFileSync(file, lineOf(id));
    else await ours.write(sampleEntry(id));
  }
  if (statSync(file).ino !== old) return 'the rename came before the late lines';
  if (!(await until(() => statSync(file).ino !== old))) return 'the file was never replaced';
  rewriter.child.kill('SIGKILL');
  return (await rewriter.ended).printed.length > 0 ? 'it was done before it was killed' : null;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = bench.folder();
    mkdirSync(folder);
    writeFileSync(join(folder, TODAYS_FILE), [...KEPT.slice(0, 3), 'gone', ...KEPT.slice(3)].map(lineOf).join(''));
    const late = Array.from({ length: 1 + (round % 4) }, (_, index) => `late-${index}`);
    const problem = await killAfterRename(bench, folder, late);
    if (problem !== null) losses.push(`round ${round}: ${problem}`);
    // Read first, write first, delete first: whoever comes next brings the lines back.
    const next = new FileStorage(folder, { clock: () => 1_777_896_000_000_000 });
    const written = round % 3 === 1 ? [await next.write(sampleEntry('written-next'))] : [];
    if (round % 3 === 2) await next.delete(late[0] ?? '');
    const removed = round % 3 === 2 ? ['gone', late[0] ?? ''] : ['gone'];
    const acknowledged = [...KEPT, ...late, ...written].filter((id) => !removed.includes(id));
    losses.push(...(await checkAll(folder, acknowledged, removed)).map((loss) => `round ${round}: ${loss}`));
    rmSync(folder, { recursive: true });
  }
  return { rounds, losses };
}

async function checkAll(
  folder: string,
  acknowledged: readonly string[],
  removed: readonly string[],
): Promise<string[]> {
  const { entries } = await new FileStorage(folder).listEntries();
  const shown = entries.map(({ id }) => id);
  const missing = acknowledged.filter((id) => !shown.includes(id)).map((id) => `${id} is not shown at the next look`);
  const left = readdirSync(folder).filter((name) => name.startsWith('.'));
  return [...missing, ...(await checkLog(folder, { acknowledged, removed })), ...left.map((name) => `${name} stayed`)];
}

/** Line 12, killed. */
export const rewriteKilledLate: Scenario = {
  line: 12,
  name: 'rewrite-killed-late',
  promise: 'lines acknowledged between a rewriter’s last look and its rename are kept where it is killed right then',
  failsWhere: 'the old file is let go with the rename, or nobody looks for it when the folder is next opened',
  rounds: { short: 6, long: 60 },
  missing: missingStrace,
  run,
};
