/** Line 10: midnight, the thousandth file, and clocks that are wrong. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import { formatDay, formatTimestamp, US_PER_DAY } from '../../../src/shared/timestamp.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { plainLines } from '../support/log-check.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import type { Workbench } from '../support/workbench.ts';

const MIDNIGHT_US = Date.parse('2026-05-05T00:00:00Z') * 1000;
const compactDay = (us: number) => formatDay(us).replaceAll('-', '');

interface Written {
  readonly id: string;
  /** Day of the clock when it was written. */
  readonly day: string;
}

/** Number of a day's file; the one without a number is the newest. */
function numberOf(file: string): number {
  return Number(/_(\d+)\.jsonl$/.exec(file.replace(/^audit_\d{8}/, ''))?.[1] ?? Number.POSITIVE_INFINITY);
}

function misfiled(folder: string, written: readonly Written[]): string[] {
  const lines = plainLines(folder).filter(({ id }) => id !== 'seed');
  const losses: string[] = [];
  for (const { id, day } of written) {
    const places = lines.filter((line) => line.id === id);
    if (places.length !== 1) losses.push(`${id} is there ${places.length} times`);
    if (places[0] !== undefined && !places[0].file.startsWith(`audit_${day}`)) {
      losses.push(`${id} was written on ${day} and lies in ${places[0].file}`);
    }
  }
  for (const day of new Set(written.map((one) => one.day))) {
    const ofDay = lines.filter(({ file }) => file.startsWith(`audit_${day}`));
    const inOrder = ofDay.toSorted((a, b) => numberOf(a.file) - numberOf(b.file)).map(({ id }) => id);
    const expected = written.filter((one) => one.day === day).map(({ id }) => id);
    if (inOrder.join() !== expected.join()) losses.push(`${day} is out of order`);
  }
  return losses;
}

async function oneRound(bench: Workbench, round: number): Promise<string[]> {
  const folder = bench.folder();
  mkdirSync(folder);
  // Near the thousandth file from the start, on both days.
  for (const day of ['20260504', '20260505']) {
    const name = `audit_${day}_${997 + (round % 4)}.jsonl`;
    writeFileSync(join(folder, name), `${entryToJson(sampleEntry('seed'))}\n`);
  }
  let nowUs = MIDNIGHT_US - 2_000_000;
  const storage = new FileStorage(folder, { rotationSizeMb: 0.0008, clock: () => nowUs });
  const written: Written[] = [];
  for (let index = 0; index < 24; index += 1) {
    // Steps of up to half a second over midnight; now and then the clock is a day off, either way.
    nowUs += bench.chance.below(500_000);
    const rightUs = nowUs;
    const astray = bench.chance.below(8);
    if (astray < 2) nowUs += astray === 0 ? US_PER_DAY : -US_PER_DAY;
    const id = `entry-${index}`;
    await storage.write(sampleEntry(id, 0, formatTimestamp(nowUs)));
    written.push({ id, day: compactDay(nowUs) });
    nowUs = rightUs;
  }
  const losses = misfiled(folder, written);
  // However the clock stood, an entry is found by its own time.
  const { entries } = await storage.listEntries({ start: '2026-05-03', end: '2026-05-07' });
  const shown = entries.filter(({ id }) => id !== 'seed').length;
  if (shown !== written.length) losses.push(`${shown} of ${written.length} are found by their time`);
  rmSync(folder, { recursive: true });
  return losses.map((loss) => `round ${round}: ${loss}`);
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  for (let round = 0; round < rounds; round += 1) losses.push(...(await oneRound(bench, round)));
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 10. */
export const dayNames: Scenario = {
  line: 10,
  name: 'day-names',
  promise: 'over midnight UTC, from _999 to _1000 and with a clock a day off, no entry is misfiled or out of order',
  failsWhere: 'the day is taken once and kept, file names are put in order as text, or a file’s name rules a day out',
  rounds: { short: 40, long: 500 },
  run,
};
