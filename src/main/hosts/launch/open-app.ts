/** `audit-desk open`: the desktop window where there can be one, else the same desk in a browser. */
import { spawn } from 'node:child_process';
import type { SourceLocation } from '../../../shared/contract.ts';
import { builtFile } from '../application.ts';
import { electronArguments } from './electron-arguments.ts';
import { findElectron } from './find-electron.ts';

export interface OpenAppOptions {
  readonly source: SourceLocation | null;
  /** The browser host, when there can be no desktop window. Answers the exit code. */
  readonly serve: () => Promise<number>;
}

/** Answers the exit code once the window is closed. Why there is no desktop window is one line on stderr. */
export async function openApp(options: OpenAppOptions): Promise<number> {
  const obstacle = missingDisplay();
  const electron = obstacle === null ? await findElectron() : { found: false as const, reason: obstacle };
  if (electron.found) return await runElectron(electron.binary, options.source);
  process.stderr.write(`Audit Desk opens in a browser: ${electron.reason}.\n`);
  return await options.serve();
}

function missingDisplay(): string | null {
  const { platform, env } = process;
  if (platform === 'win32' || platform === 'darwin') return null;
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? null : 'there is no display for a desktop window';
}

function runElectron(binary: string, source: SourceLocation | null): Promise<number> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (asRoot) process.stderr.write('Audit Desk runs as root: the window goes without the sandbox of Chromium.\n');
  const child = spawn(binary, electronArguments(builtFile('main', 'index.js'), source, asRoot), {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
