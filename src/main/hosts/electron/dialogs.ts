/** The system's own dialogs. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';

/** Asks for a folder; null when dismissed. */
export async function chooseFolder(): Promise<string | null> {
  return await choose({ title: 'Open a folder of audit logs', properties: ['openDirectory'] });
}

/** Asks for a file that holds a key; null when dismissed. */
export async function chooseKeyFile(): Promise<string | null> {
  return await choose({ title: 'Import a key', properties: ['openFile', 'showHiddenFiles'] });
}

/** Asks where a file shall be written; asks again before one is replaced. null when dismissed. */
export async function chooseSaveFile(suggestedName: string): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: 'Export entries',
    defaultPath: join(app.getPath('documents'), suggestedName),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  };
  const parent = parentWindow();
  const answer = parent === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options);
  const { canceled, filePath } = await answer;
  return canceled || filePath === '' ? null : filePath;
}

function parentWindow(): BrowserWindow | undefined {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
}

async function choose(options: OpenDialogOptions): Promise<string | null> {
  const parent = parentWindow();
  const answer = parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options);
  const { canceled, filePaths } = await answer;
  return canceled ? null : (filePaths[0] ?? null);
}
