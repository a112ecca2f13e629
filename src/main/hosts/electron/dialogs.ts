/** The system's own dialogs. */
import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/** Asks for a folder; null when dismissed. */
export async function chooseFolder(): Promise<string | null> {
  return await choose({ title: 'Open a folder of audit logs', properties: ['openDirectory'] });
}

/** Asks for a file that holds a key; null when dismissed. */
export async function chooseKeyFile(): Promise<string | null> {
  return await choose({ title: 'Import a key', properties: ['openFile', 'showHiddenFiles'] });
}

async function choose(options: OpenDialogOptions): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const answer = parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options);
  const { canceled, filePaths } = await answer;
  return canceled ? null : (filePaths[0] ?? null);
}
