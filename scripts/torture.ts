/**
 * The torture suite's long form: does to a log what docs/reliability.md lists, and prints a table of what was lost.
 * Ends non-zero where a loss column is not 0.
 *
 *   npm run torture                            every line, the long form
 *   npm run torture -- --short                 the figures that run with the tests
 *   npm run torture -- --only append-killed,7  some of them, by name or by number
 *   npm run torture -- --rounds 50             so many rounds of each
 *   npm run torture -- --without-guards        takes each guard out of a copy of the source: every scenario must see it missing
 */
import { parseArgs } from 'node:util';
import type { Outcome, Scenario } from '../tests/torture/scenario.ts';
import { SCENARIOS } from '../tests/torture/scenarios.ts';
import { Workbench } from '../tests/torture/support/workbench.ts';
import { runWithoutGuards } from './without-guards.ts';

/** Losses told in full for each line; the rest are counted. */
const MOST_TOLD = 10;

const { values } = parseArgs({
  options: {
    short: { type: 'boolean' },
    only: { type: 'string' },
    rounds: { type: 'string' },
    'without-guards': { type: 'boolean' },
  },
});

function chosen(): readonly Scenario[] {
  if (values.only === undefined) return SCENARIOS;
  const wanted = new Set(values.only.split(','));
  const found = SCENARIOS.filter(({ name, line }) => wanted.has(name) || wanted.has(String(line)));
  if (found.length === 0) throw new Error(`There is no line ${values.only}.`);
  return found;
}

function roundsOf({ rounds }: Scenario): number {
  if (values.rounds !== undefined) return Number(values.rounds);
  return values.short === true ? rounds.short : rounds.long;
}

async function runOne(scenario: Scenario): Promise<Outcome> {
  await using bench = await Workbench.open();
  try {
    return await scenario.run(bench, roundsOf(scenario));
  } catch (error) {
    return {
      rounds: 0,
      losses: [`it could not be carried out: ${error instanceof Error ? error.stack : String(error)}`],
    };
  }
}

interface Row {
  readonly line: string;
  readonly rounds: string;
  readonly losses: string;
  readonly verdict: string;
}

function print({ line, rounds, losses, verdict }: Row): void {
  console.log(`${line.padEnd(36)} ${rounds.padStart(9)} ${losses.padStart(7)}  ${verdict}`);
}

async function runAll(scenarios: readonly Scenario[]): Promise<number> {
  let failed = 0;
  let skipped = 0;
  print({ line: 'line', rounds: 'rounds', losses: 'losses', verdict: 'verdict' });
  for (const scenario of scenarios) {
    const line = `${String(scenario.line).padStart(2)} ${scenario.name}`;
    const missing = scenario.missing?.() ?? null;
    if (missing !== null) {
      skipped += 1;
      print({ line, rounds: '-', losses: '-', verdict: `not run: ${missing}` });
      continue;
    }
    const begun = Date.now();
    const { rounds, losses, note } = await runOne(scenario);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    const verdict = `${losses.length === 0 ? 'holds' : 'FAILS'} in ${seconds} s${note === undefined ? '' : `; ${note}`}`;
    print({ line, rounds: String(rounds), losses: String(losses.length), verdict });
    if (losses.length > 0) failed += 1;
    for (const loss of losses.slice(0, MOST_TOLD)) console.log(`     ${loss}`);
    if (losses.length > MOST_TOLD) console.log(`     and ${losses.length - MOST_TOLD} more`);
  }
  console.log(`${scenarios.length - failed - skipped} hold, ${failed} fail, ${skipped} were not run`);
  return failed;
}

const missed = values['without-guards'] === true ? await runWithoutGuards(chosen()) : await runAll(chosen());
process.exitCode = missed === 0 ? 0 : 1;
