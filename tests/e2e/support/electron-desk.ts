/** Runs the real desktop application, where Electron's binary and a display are there. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron } from '@playwright/test';
import type { RunningDesk, StartOptions } from './running-desk.ts';
import { collectOutput } from './stand-in-process.ts';

const MAIN = fileURLToPath(new URL('../../../out/main/index.js', import.meta.url));

/** Why the real application cannot run here, or null. */
export function electronObstacle(): string | null {
  if (electronBinary() === null) return "Electron's binary is not installed";
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const needsDisplay = process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY;
  return needsDisplay ? 'there is no display' : null;
}

/** Looks without loading the package: loading it would begin to download the binary. */
function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const note = join(folder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8').trim() : 'electron';
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

/** Starts the application and answers once its window is loaded. */
export async function startElectronDesk(options: StartOptions): Promise<RunningDesk> {
  const binary = electronBinary();
  if (binary === null) throw new Error("Electron's binary is not installed.");
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = [...(asRoot ? ['--no-sandbox'] : []), MAIN, ...(options.source === null ? [] : [options.source])];
  const env = { ...process.env, NODE_OPTIONS: '', AUDIT_DESK_DATA: options.dataFolder } as Record<string, string>;
  const application = await _electron.launch({ executablePath: binary, args, env });
  const page = await application.firstWindow();
  return {
    page,
    output: collectOutput(application.process()),
    answerDialogs: async (path) =>
      await application.evaluate(({ dialog }, answer) => {
        dialog.showOpenDialog = async () =>
          answer === null ? { canceled: true, filePaths: [] } : { canceled: false, filePaths: [answer] };
        dialog.showSaveDialog = async () =>
          answer === null ? { canceled: true, filePath: '' } : { canceled: false, filePath: answer };
      }, path),
    end: async () => await application.close(),
  };
}
