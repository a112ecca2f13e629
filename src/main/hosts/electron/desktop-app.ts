/** The desktop application: one instance, one window, the desk behind it. */
import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { type SourceLocation, sourceLocationSchema } from '../../../shared/contract.ts';
import { toWireError } from '../../../shared/errors.ts';
import type { Desk, DeskPorts } from '../../desk/desk.ts';
import { APPLICATION_VERSION, builtFile } from '../application.ts';
import { openDataFolder } from '../data-folder.ts';
import { listStaticFiles } from '../static-files.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { setApplicationMenu } from './application-menu.ts';
import { openDeskChannel } from './desk-channel.ts';
import { openDeskWindow, showDeskWindow } from './desk-window.ts';
import { chooseFolder, chooseKeyFile, chooseSaveFile } from './dialogs.ts';
import { collectOpenedFiles } from './opened-files.ts';
import { sourceFromArguments } from './source-arguments.ts';
import { findKeyStore } from './system-key-store.ts';
import { denyPermissions, guardWebContents } from './web-contents-guards.ts';
import { tellWindows } from './window-events.ts';

const CLOSE_TIMEOUT_MS = 15_000;

/** What this host brings to the desk; the entry point adds the rest. */
export type DesktopPorts = Pick<
  DeskPorts,
  'dataFolder' | 'host' | 'chooseFolder' | 'chooseKeyFile' | 'chooseSaveFile' | 'keyStore'
>;

/** Starts the application, or hands its SOURCE to the one that runs already and ends. */
export function startDesktopApp(openDesk: (ports: DesktopPorts) => Promise<Desk>): void {
  let dataFolder: string;
  try {
    dataFolder = openDataFolder();
  } catch (error) {
    giveUp(error);
    return;
  }
  // Chromium's own files go below ours, and so does the lock: one instance for each data folder.
  app.setPath('userData', join(dataFolder, 'window'));
  app.setName('Audit Desk');
  const source = sourceFromArguments(process.argv, app.isPackaged, process.cwd());
  if (!app.requestSingleInstanceLock({ source })) {
    app.quit();
    return;
  }
  app.setAboutPanelOptions({
    applicationName: 'Audit Desk',
    applicationVersion: APPLICATION_VERSION,
    copyright: 'Desktop viewer and logger for AI audit trails',
  });
  const takeOpenedFiles = collectOpenedFiles();
  registerAppScheme();
  guardWebContents(app);
  app
    .whenReady()
    .then(() => run(dataFolder, source, openDesk))
    .then((desk) => takeOpenedFiles((path) => openOrTell(desk, { kind: 'folder', path })))
    .catch(giveUp);
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('Audit Desk could not start', toWireError(error).message);
  app.exit(1);
}

async function run(
  dataFolder: string,
  source: SourceLocation | null,
  openDesk: (ports: DesktopPorts) => Promise<Desk>,
): Promise<Desk> {
  denyPermissions();
  serveAppScheme(session.defaultSession.protocol, await listStaticFiles(builtFile('renderer')));
  const { keyStoreObstacle, ...keyStore } = await findKeyStore();
  const desk = await openDesk({
    dataFolder,
    ...keyStore,
    host: {
      kind: 'electron',
      version: APPLICATION_VERSION,
      platform: process.platform,
      nativeDialogs: true,
      keyStoreObstacle,
    },
    chooseFolder,
    chooseKeyFile,
    chooseSaveFile,
  });
  const closeChannel = openDeskChannel(desk);
  keepMenu(desk);
  app.on('second-instance', (_event, _arguments, _folder, data) => {
    showDeskWindow(dataFolder);
    const parsed = sourceLocationSchema.safeParse((data as { source?: unknown } | null)?.source);
    if (parsed.success) openOrTell(desk, parsed.data);
  });
  app.on('activate', () => showDeskWindow(dataFolder));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeBeforeQuit(desk, closeChannel);
  if (source !== null) openOrTell(desk, source);
  openDeskWindow(dataFolder);
  return desk;
}

/** Opens a source; what stands in the way is told in a dialog, since no call of the window waits for it. */
function openOrTell(desk: Desk, location: SourceLocation): void {
  desk.open(location).catch((error: unknown) => {
    dialog.showErrorBox('This source could not be opened', toWireError(error).message);
  });
}

/** Keeps the menu's recent sources true. */
function keepMenu(desk: Desk): void {
  const actions = {
    openFolder: () => {
      void chooseFolder().then((path) => {
        if (path !== null) openOrTell(desk, { kind: 'folder', path });
      });
    },
    command: (command: string) => tellWindows('menu.command', { command }),
    openRecent: ({ location }: { location: SourceLocation }) => openOrTell(desk, location),
  };
  const refresh = () => {
    desk.handlers['sources.recent']({}).then(
      (recent) => setApplicationMenu(actions, recent),
      () => setApplicationMenu(actions, []),
    );
  };
  refresh();
  desk.subscribe((name, payload) => {
    if (name !== 'source.opened') return;
    refresh();
    if ('source' in payload && payload.source.location.kind === 'folder' && !payload.source.sample) {
      app.addRecentDocument(payload.source.location.path);
    }
  });
}

/** Lets the desk finish what it writes before the process ends, and does not wait for ever. */
function closeBeforeQuit(desk: Desk, closeChannel: () => void): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    closeChannel();
    const exit = () => app.exit(0);
    setTimeout(exit, CLOSE_TIMEOUT_MS);
    desk.close().then(exit, exit);
  });
}
