/** Opens the web host's window: a window of its own where a Chromium-family browser is installed, else the default browser. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import open from 'open';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

export interface OpenedWindow {
  readonly kind: 'app-window' | 'default-browser';
  /** Removes the page that carried the link. May be called twice. */
  forget(): Promise<void>;
}

/**
 * Opens the link in a window. The link reaches the browser through a page with mode 0600 that redirects to it, so that no process
 * list shows the token. `dataFolder` keeps the browser's profile of this application.
 */
export async function openBrowserWindow(link: string, dataFolder: string): Promise<OpenedWindow> {
  // A browser installed as a snap sees neither /tmp nor hidden folders.
  const folder = await mkdtemp(join(existsSync('/snap/bin') ? homedir() : tmpdir(), 'audit-desk-'));
  const page = join(folder, 'open.html');
  await writeFile(page, redirectPage(link), { mode: 0o600, flag: 'wx' });
  const forget = async () => await rm(folder, { recursive: true, force: true });
  const browser = findChromium();
  if (browser !== null && (await runDetached(browser, windowArguments(page, dataFolder))))
    return { kind: 'app-window', forget };
  await open(pathToFileURL(page).href);
  return { kind: 'default-browser', forget };
}

/**
 * Path of an installed browser of the Chromium family: `AUDIT_DESK_CHROMIUM`, or the first that is found. Not one installed as a
 * snap: it cannot keep a profile in the data folder.
 */
function findChromium(): string | null {
  return chromiumCandidates().find((path) => existsSync(path) && !realpathSync(path).startsWith('/snap/')) ?? null;
}

function chromiumCandidates(): readonly string[] {
  const configured = process.env['AUDIT_DESK_CHROMIUM'];
  if (configured) return [configured];
  if (process.platform === 'darwin') return MAC;
  if (process.platform === 'win32') {
    const roots = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
    return roots.flatMap((root) => (root ? WINDOWS.map((path) => join(root, path)) : []));
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function windowArguments(page: string, dataFolder: string): readonly string[] {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    `--app=${pathToFileURL(page).href}`,
    `--user-data-dir=${join(dataFolder, 'browser')}`,
    '--no-first-run',
    '--no-default-browser-check',
    ...(asRoot ? ['--no-sandbox'] : []),
  ];
}

/** Starts a program that outlives us; false where it cannot be started. */
function runDetached(program: string, programArguments: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function redirectPage(link: string): string {
  // A link holds letters, digits and URL punctuation only.
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Audit Desk</title><meta http-equiv="refresh" content="0; url=${link}">\n`;
}
