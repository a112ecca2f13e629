/** Finds Electron's binary, and fetches it once where it is missing. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FETCH_TIMEOUT_MS = 90_000;

export type ElectronSearch =
  | { readonly found: true; readonly binary: string }
  | { readonly found: false; readonly reason: string };

/**
 * Looks at `ELECTRON_OVERRIDE_DIST_PATH` and the installed package. Where the package is there and its binary is not, its own
 * installer is run once; it fails at once without a network, and is ended after 90 s.
 */
export async function findElectron(): Promise<ElectronSearch> {
  const packageFolder = electronPackageFolder();
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined) {
    const binary = join(override, executableName(packageFolder));
    return existsSync(binary)
      ? { found: true, binary }
      : { found: false, reason: `there is no Electron in ${override}` };
  }
  if (packageFolder === null) return { found: false, reason: 'Electron is not installed' };
  const before = installedBinary(packageFolder);
  if (before !== null) return { found: true, binary: before };
  process.stderr.write("Fetching Electron's binary, once …\n");
  await runInstaller(packageFolder);
  const after = installedBinary(packageFolder);
  if (after !== null) return { found: true, binary: after };
  return { found: false, reason: "Electron's binary is missing and could not be fetched" };
}

function electronPackageFolder(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** The package writes the binary's place into `path.txt` when it has unpacked it. */
function installedBinary(packageFolder: string): string | null {
  const note = join(packageFolder, 'path.txt');
  if (!existsSync(note)) return null;
  const binary = join(packageFolder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

function executableName(packageFolder: string | null): string {
  const note = packageFolder === null ? '' : join(packageFolder, 'path.txt');
  if (note !== '' && existsSync(note)) return readFileSync(note, 'utf8').trim();
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function runInstaller(packageFolder: string): Promise<void> {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
      stdio: 'ignore',
      timeout: FETCH_TIMEOUT_MS,
    });
    installer.on('error', () => resolve());
    installer.on('close', () => resolve());
  });
}
