/** Line 33: two desks, and two windows of one, on the same source. */
import { mkdirSync, rmSync } from 'node:fs';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { plainLines } from '../support/log-check.ts';
import { startProgram } from '../support/programs.ts';
import { missingBuild, ServedDesk } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const PATIENCE_MS = 30_000;
const WRITTEN = 3_000;

/** What a desk shows of a folder once it is complete and holds as many entries; as far as it came where it never does. */
async function look(desk: ServedDesk, folder: string, entries: number): Promise<string> {
  const { sourceId } = await desk.call('sources.open', {
    location: { kind: 'folder', path: folder },
    credentials: null,
  });
  const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
  for (const deadlineMs = Date.now() + PATIENCE_MS; ; ) {
    const { rows, matching, coverage } = await desk.call('entries.page', {
      sourceId,
      query,
      page: { offset: 0, limit: 1_000 },
    });
    const isSettled = coverage.state === 'complete' && coverage.entries >= entries;
    if (isSettled || Date.now() > deadlineMs) {
      return `${coverage.state}, ${coverage.entries} entries, ${coverage.unreadable} unreadable, ${matching} match, ${rows.length} rows`;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What {@link look} answers, or what the desk refused it with. */
async function shown(desk: ServedDesk, folder: string, entries: number): Promise<string> {
  return await look(desk, folder, entries).catch((error: unknown) => `refused: ${String(error)}`);
}

function right(entries: number): string {
  return `complete, ${entries} entries, 0 unreadable, ${entries} match, ${Math.min(entries, 1_000)} rows`;
}

async function runOnce(bench: Workbench, losses: string[]): Promise<void> {
  const [folder, data] = [bench.folder(), bench.folder()];
  mkdirSync(folder);
  const expectShown = async (who: string, desk: ServedDesk) => {
    const entries = plainLines(folder).length;
    const told = await shown(desk, folder, entries);
    if (told !== right(entries)) losses.push(`${who} shows ${told} instead of ${right(entries)}`);
  };
  const write = (prefix: string) => {
    const sizes = { contentBytes: 900, rotationSizeMb: 0.5 };
    return startProgram(bench, 'write-entries.ts', { folder, count: WRITTEN, prefix, ...sizes }).ended;
  };
  await write('before');
  // Both index the same bytes at the same time, while a third program goes on writing them.
  const writing = write('meanwhile');
  const [first, second] = await Promise.all([ServedDesk.start(bench, data), ServedDesk.start(bench, data)]);
  await Promise.all([first, second].map((desk) => shown(desk, folder, WRITTEN)));
  await writing;
  await Promise.all([expectShown('the first desk', first), expectShown('the second desk', second)]);
  // A second window of the first desk opens the source and closes it; a desk that is killed takes nothing from the other.
  const { sourceId } = await first.call('sources.open', {
    location: { kind: 'folder', path: folder },
    credentials: null,
  });
  await first.call('sources.close', { sourceId });
  await expectShown('the second desk, after a window of the first closed the source,', second);
  await expectShown('the first desk, opening it again,', first);
  process.kill(first.process.pid, 'SIGKILL');
  await write('after');
  await expectShown('the second desk, beside a killed one,', second);
  const third = await ServedDesk.start(bench, data);
  await expectShown('a desk that comes after a killed one', third);
  for (const desk of [second, third]) if ((await desk.end()) !== 0) losses.push('a desk did not end well');
  rmSync(folder, { recursive: true });
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await runOnce(bench, losses).catch((error: unknown) => void losses.push(`a desk refused: ${String(error)}`));
  }
  return { rounds, losses, note: `${3 * WRITTEN} entries a round` };
}

/** Line 33. */
export const twoDesks: Scenario = {
  line: 33,
  name: 'two-desks',
  promise:
    'two windows and two instances on one source, one of them killed: each shows every entry, no index is broken',
  failsWhere:
    'two processes share one index, a killed one leaves it locked, or a closed window takes the source from the others',
  rounds: { short: 2, long: 50 },
  missing: missingBuild,
  run,
};
