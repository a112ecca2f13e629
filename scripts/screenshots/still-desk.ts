/** A desk whose clock stands still, over logs that are the same on every run. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const CLI = join(import.meta.dirname, '../../out/main/cli.js');
const EDGE_CASES = join(import.meta.dirname, '../../tests/fixtures/edge-cases');
const STILL_CLOCK = new URL('./still-clock.ts', import.meta.url).href;

/** The present, as every screenshot shows it. */
export const NOW = '2026-01-28T10:41:09Z';

/** Of no use but here: it is the same for everybody. */
const TOUR_KEY = `${Buffer.from('audit-desk screenshots: no secre').toString('base64url')}=`;

/** Logs and key files of the tour. */
export interface TourLogs {
  readonly claims: string;
  readonly support: string;
  /** With lines that are no entries. */
  readonly imported: string;
  readonly keyFile: string;
}

/** Writes the logs of the tour below a folder. */
export async function writeTourLogs(folder: string): Promise<TourLogs> {
  await mkdir(folder, { recursive: true });
  const logs = {
    claims: join(folder, 'claims-prod'),
    support: join(folder, 'support-chat'),
    imported: join(folder, 'imported-2026-03'),
    keyFile: join(folder, 'claims-2026.key'),
  };
  await writeFile(logs.keyFile, TOUR_KEY, { mode: 0o600 });
  await cp(EDGE_CASES, logs.imported, { recursive: true });
  const encrypted = ['--encrypted', '--key-file', logs.keyFile];
  const until = ['--until', '2026-01-28T10:41:07'];
  runCli(['sample', logs.claims, '--entries', '9730', '--days', '30', '--seed', '7', ...until, ...encrypted]);
  runCli(['sample', logs.support, '--entries', '6000', '--days', '400', '--seed', '11', ...until, ...encrypted]);
  return logs;
}

function runCli(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`audit-desk ${args[0]} ended with ${status}.\n${stderr}`);
}

/** The web host with its clock stopped. */
export interface StillDesk {
  readonly link: string;
  end(): Promise<void>;
}

/** Starts it over a data folder. */
export async function serveStillDesk(dataFolder: string): Promise<StillDesk> {
  const child = spawn(process.execPath, [CLI, 'serve', '--no-open'], {
    env: {
      ...process.env,
      NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${STILL_CLOCK}`,
      AUDIT_DESK_STOPPED_CLOCK: NOW,
      AUDIT_DESK_DATA: dataFolder,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [link] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error('audit-desk serve has ended.'))),
  ])) as [string];
  return {
    link,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
