/** Line 32: settings that are being saved while their process is killed, and who may read the files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSettings } from '../../../src/main/desk/settings.ts';
import { REFERENCE } from '../../integration/desk/open-log.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { filesBelow } from '../support/canaries.ts';
import { startCommand, startProgram } from '../support/programs.ts';
import { inFolders } from '../support/rounds.ts';
import type { Workbench } from '../support/workbench.ts';

const TIME_ZONES = ['Europe/Berlin', 'America/Argentina/ComodRivadavia', 'Asia/Kolkata'];
const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'cli.ts');
/** Rounds in one folder: each next program finds what the killed one left. */
const ROUNDS_IN_A_FOLDER = 20;

async function killOnce(bench: Workbench, folder: string, losses: string[]): Promise<void> {
  const saver = startProgram(bench, 'save-settings.ts', { folder, timeZones: TIME_ZONES });
  await saver.begun;
  await delay(bench.chance.below(300) / 10);
  saver.child.kill('SIGKILL');
  const { printed } = await saver.ended;
  const last = printed.at(-1) ?? '';
  // What was told as saved is there, or the one that was under way after it.
  const next = TIME_ZONES[(TIME_ZONES.indexOf(last) + 1) % TIME_ZONES.length];
  const { timeZone } = (await openSettings(folder)).value;
  if (timeZone !== last && timeZone !== next) losses.push(`${last} was saved, ${timeZone} is there`);
  if (readdirSync(folder).some((name) => name.includes('damaged'))) losses.push('settings were found damaged');
  losses.push(...openToOthers(folder));
}

/** Files of a data folder, and the folder itself, that others than the owner may use. */
function openToOthers(folder: string): string[] {
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  const files = filesBelow(folder).filter((path) => modeOf(path) !== 0o600);
  const open = modeOf(folder) === 0o700 ? files : [folder, ...files];
  return open.map((path) => `${path} has the mode 0${modeOf(path).toString(8)}`);
}

/** Files that hold secrets or content, made by the command line without any mask. */
async function lossesOfSecretFiles(bench: Workbench): Promise<string[]> {
  const folder = bench.folder();
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const key = join(folder, 'made.key');
  const script = [
    'umask 0; mkdir -m 700 "$3"',
    `"$0" "$1" keygen --out "${key}"`,
    `echo '{"input":"a","output":"b"}' | "$0" "$1" log "${log}" --store-content --key-file "${key}" > "$3/ids"; chmod 600 "$3/ids"`,
    `"$0" "$1" count "$2" > "$3/count"; chmod 600 "$3/count"`,
  ].join('; ');
  const env = { AUDIT_DESK_DATA: data };
  const args = ['-c', script, process.execPath, CLI, join(REFERENCE, 'plaintext'), folder];
  const { code, complaints } = await startCommand(bench, 'sh', args, { env }).ended;
  if (code !== 0) return [`the command line ended with ${code}: ${complaints}`];
  const made = filesBelow(folder);
  const losses = readFileSync(key, 'utf8').trim().length === 44 ? [] : ['no key was made'];
  for (const name of ['made.key', '.duckdb', '.jsonl']) {
    if (!made.some((path) => path.endsWith(name))) losses.push(`no file ${name} was made`);
  }
  return [...losses, ...openToOthers(folder)];
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses = await lossesOfSecretFiles(bench);
  await inFolders(rounds, { roundsInAFolder: ROUNDS_IN_A_FOLDER }, async (group) => {
    const folder = bench.folder();
    for (const _ of group) await killOnce(bench, folder, losses);
  });
  return { rounds, losses, note: `seed ${bench.chance.seed}` };
}

/** Line 32. */
export const settingsKilled: Scenario = {
  line: 32,
  name: 'settings-killed',
  promise:
    'settings whose process is killed while it saves are old or new, always readable; files are for their owner only',
  failsWhere: 'settings are written in place, a rename is not waited for, or a file is made with the modes of the mask',
  rounds: { short: 100, long: 1_000 },
  missing: () => (process.platform === 'win32' ? 'there are no modes of files' : null),
  run,
};
