/**
 * Shows that the torture suite can fail: takes one guard after another out of a copy of the source and expects its scenario to report
 * losses there. Prints a table.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Guard } from '../tests/torture/guard.ts';
import { GUARDS } from '../tests/torture/guards.ts';
import type { Scenario } from '../tests/torture/scenario.ts';

const ROOT = join(import.meta.dirname, '..');
/** What a copy is made of; packages are linked. */
const COPIED = ['src', 'tests', 'scripts', 'resources', 'out', 'assembly', 'package.json'];
const PATIENCE_MS = 10 * 60_000;

/** What a scenario said of a source without one of its guards. */
interface Sighting {
  readonly isSeen: boolean;
  readonly told: string;
}

function copySource(): string {
  const copy = mkdtempSync(join(tmpdir(), 'audit-torture-guards-'));
  const names = readdirSync(ROOT).filter((name) => COPIED.includes(name) || /^(tsconfig|electron\.vite)/.test(name));
  for (const name of names) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function takeAway(copy: string, { edits }: Guard): void {
  for (const { file, find, replace } of edits) {
    const path = join(copy, file);
    const [before, after, ...more] = readFileSync(path, 'utf8').split(find);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`${file} does not hold ${find}`);
    writeFileSync(path, `${before}${replace}${after}`);
  }
}

function build(copy: string): void {
  const { status, stderr } = spawnSync('electron-vite', ['build', '--logLevel', 'error'], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`It could not be built: ${stderr.slice(-500)}`);
}

/** Reads the scenario's row of the suite's table. */
function sightingIn(table: string, { scenario }: Guard): Sighting {
  const row = new RegExp(`^ *\\d+ ${scenario} +(\\d+|-) +(\\d+|-)  (.*)$`, 'm').exec(table);
  const [, rounds = '-', losses = '-', verdict = 'no answer'] = row ?? [];
  if (losses === '-') return { isSeen: false, told: verdict };
  const first = /^ {5}(?! )(.*)$/m.exec(table)?.[1] ?? '';
  if (rounds === '0') return { isSeen: false, told: first.slice(0, 200) };
  return { isSeen: Number(losses) > 0, told: `${losses} losses in ${rounds} rounds: ${first.slice(0, 90)}` };
}

function sight(guard: Guard): Sighting {
  const copy = copySource();
  try {
    takeAway(copy, guard);
    if (guard.builds === true) build(copy);
    const args = ['scripts/torture.ts', '--only', guard.scenario, '--rounds', String(guard.rounds)];
    const { stdout } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', timeout: PATIENCE_MS });
    return sightingIn(stdout, guard);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Takes away every guard of these scenarios that this machine can miss; answers how many were not missed. */
export async function runWithoutGuards(scenarios: readonly Scenario[]): Promise<number> {
  let unseen = 0;
  for (const { name, line, missing } of scenarios) {
    for (const guard of GUARDS.filter(({ scenario }) => scenario === name)) {
      const title = `${String(line).padStart(2)} ${name} without ${guard.without}`;
      const obstacle = missing?.() ?? null;
      if (obstacle !== null) {
        console.log(`${title}\n     not run: ${obstacle}`);
        continue;
      }
      const { isSeen, told } = sight(guard);
      if (!isSeen) unseen += 1;
      console.log(`${title}\n     ${isSeen ? 'seen' : 'NOT SEEN'}, ${told}`);
    }
  }
  console.log(`${unseen} guards could be missing without being missed`);
  return unseen;
}
