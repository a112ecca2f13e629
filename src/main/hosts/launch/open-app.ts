/** `audit-desk open`: the desktop window where there can be one, else the same desk in a browser. */
import { spawn } from 'node:child_process';
import type { SourceLocation } from '../../../shared/contract.ts';
import { builtFile } from '../application.ts';
import { hasDisplay } from '../display.ts';
import { electronArguments } from './electron-arguments.ts';
import { findElectron } from './find-electron.ts';

/** A desktop that fails sooner than this could not start: a library is missing, or its sandbox is refused. */
const START_MS = 10_000;

export interface OpenAppOptions {
  readonly source: SourceLocation | null;
  /** The browser host, for where there can be no desktop window. Answers the exit code. */
  readonly serve: () => Promise<number>;
}

/** Answers the exit code once the window is closed. Why there is no desktop window is one line on stderr. */
export async function openApp(options: OpenAppOptions): Promise<number> {
  const outcome = await openDesktop(options.source);
  if (outcome.opened) return outcome.exitCode;
  process.stderr.write(`Audit Desk opens in a browser: ${outcome.reason}.\n`);
  return await options.serve();
}

type DesktopOutcome =
  | { readonly opened: true; readonly exitCode: number }
  | { readonly opened: false; readonly reason: string };

async function openDesktop(source: SourceLocation | null): Promise<DesktopOutcome> {
  if (!hasDisplay()) return { opened: false, reason: 'there is no display for a desktop window' };
  const electron = await findElectron();
  if (!electron.found) return { opened: false, reason: electron.reason };
  return await runElectron(electron.binary, source);
}

function runElectron(binary: string, source: SourceLocation | null): Promise<DesktopOutcome> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) process.stderr.write('Audit Desk runs as root, where Chromium has no sandbox for its window.\n');
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child = spawn(binary, electronArguments(builtFile('main', 'index.js'), source, asRoot), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  const startedAtMs = performance.now();
  let asked = false;
  const forward = (signal: NodeJS.Signals) => {
    asked = true;
    child.kill(signal);
  };
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise<DesktopOutcome>((resolve) => {
    child.once('error', (error) => resolve({ opened: false, reason: `Electron cannot be run (${error.message})` }));
    child.once('close', (code, signal) => {
      const failedAtOnce = code !== 0 && !asked && performance.now() - startedAtMs < START_MS;
      if (failedAtOnce)
        resolve({ opened: false, reason: `Electron could not start (${signal ?? `exit code ${code}`})` });
      else resolve({ opened: true, exitCode: code ?? (asked ? 0 : 1) });
    });
  }).finally(() => process.off('SIGINT', forward).off('SIGTERM', forward));
}
