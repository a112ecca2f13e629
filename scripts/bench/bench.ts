/**
 * Measures the product beside its peers and prints a table, how figures grow, and JSON.
 *
 * bench.ts [--entries N] [--large] [--only NAME,…] [--json FILE] [--work FOLDER] [--keep]
 *
 * Sizes grow by ten from 10,000 to `--entries` (1,000,000 unless told otherwise); `--large` adds 10,000,000. Logs are written with
 * `audit-desk sample` into a temporary folder, or into `--work`, where they stay and those of an earlier run are taken as they are;
 * `--keep` keeps everything else as well. A measure
 * that fails is told as missing, and the exit code is 1; a figure short of its bound is told in the table only.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchContext, type BenchFolders } from './bench-context.ts';
import { coreShare } from './core-share.ts';
import { endDesks } from './desk/desk-process.ts';
import { type Measure, median, type Result } from './measure.ts';
import { MEASURES } from './measures/all.ts';
import { growthTable, machine, markdownTable, resultLine, type SizedResults } from './report.ts';

const SMALLEST = 10_000;
const MILLION = 1_000_000;
const LARGEST = 10_000_000;

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: `${MILLION}` },
    large: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    work: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

function chosenMeasures(only: string | undefined): readonly Measure[] {
  if (only === undefined) return MEASURES;
  return only.split(',').map((name) => {
    const measure = MEASURES.find((each) => each.name === name);
    const names = MEASURES.map((each) => each.name).join(', ');
    if (measure === undefined) throw new Error(`There is no measure ${name}; there are ${names}.`);
    return measure;
  });
}

/** Sizes of the run, ascending: powers of ten below the size asked for, that size, and the largest with `--large`. */
function sizesOf(entries: number, large: boolean): readonly number[] {
  if (!Number.isSafeInteger(entries) || entries < 1000) throw new Error('--entries is a whole number from 1,000.');
  const sizes: number[] = [];
  for (let size = SMALLEST; size < entries; size *= 10) sizes.push(size);
  return [...sizes, entries, ...(large && entries < LARGEST ? [LARGEST] : [])];
}

const coreShares: number[] = [];

function belongs(measure: Measure, size: number, main: number): boolean {
  if (measure.grows === 'once') return size === main;
  return size <= main || measure.grows === 'to-ten-million';
}

async function runMeasure(measure: Measure, context: BenchContext): Promise<readonly Result[]> {
  const start = performance.now();
  const share = coreShare();
  coreShares.push(share);
  const quiet = `a busy loop gets ${(share * 100).toFixed(0)} % of a core`;
  context.say(`${measure.name} at ${context.entries.toLocaleString('en-US')} (${quiet})`);
  try {
    const results = await measure.run(context);
    for (const result of results) context.say(`  ${resultLine(result)}`);
    context.say(`  measured in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    return results;
  } catch (error) {
    process.exitCode = 1;
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.say(reason.slice(0, 2000));
    return [{ name: measure.name, missing: `failed: ${reason.split('\n')[0]?.slice(0, 160)}` }];
  }
}

async function runAll(folders: BenchFolders, sizes: readonly number[], main: number): Promise<readonly SizedResults[]> {
  const measures = chosenMeasures(options.only);
  const base = new BenchContext(main, folders);
  const rounds: SizedResults[] = [];
  try {
    for (const entries of sizes) {
      const context = entries === main ? base : base.ofSize(entries);
      const results: Result[] = [];
      for (const measure of measures.filter((each) => belongs(each, entries, main))) {
        results.push(...(await runMeasure(measure, context)));
      }
      rounds.push({ entries, results });
    }
  } finally {
    await base.close();
  }
  return rounds;
}

function print(rounds: readonly SizedResults[], main: number): void {
  for (const { entries, results } of rounds.filter((round) => round.entries >= main && round.results.length > 0)) {
    console.log(`\n## ${entries.toLocaleString('en-US')} entries\n\n${markdownTable(results)}`);
  }
  console.log(`\n## Growth\n\n${growthTable(rounds)}`);
  const [least, middle] = [Math.min(...coreShares), median(coreShares)].map((share) => Math.round(share * 100));
  console.log(`\nA busy loop got ${middle} % of a core between measures, ${least} % at least.`);
}

const main = Number(options.entries);
const sizes = sizesOf(main, options.large);
const workFolder =
  options.work === undefined ? await mkdtemp(join(tmpdir(), 'audit-desk-bench-')) : resolve(options.work);
await mkdir(workFolder, { recursive: true });
const runFolder = await mkdtemp(join(workFolder, 'run-'));
const removeFolders = () => {
  if (!options.keep) rmSync(options.work === undefined ? workFolder : runFolder, { recursive: true, force: true });
  if (options.keep || options.work !== undefined) console.error(`kept ${workFolder}`);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
// Exit runs also when a signal ended the run: nothing stays behind, and a desk ends with what started it.
process.once('exit', () => {
  endDesks();
  removeFolders();
});
const startedAt = new Date().toISOString();
const rounds = await runAll({ logs: workFolder, run: runFolder }, sizes, main);
const report = { machine: machine(), startedAt, endedAt: new Date().toISOString(), coreShares, rounds };
print(rounds, main);
const json = JSON.stringify(report, null, 2);
if (options.json === undefined) console.log(`\n${json}`);
else await writeFile(options.json, `${json}\n`);
