/** The window itself. */
import { BrowserWindow, screen } from 'electron';
import { builtFile, resourceFile } from '../application.ts';
import { WINDOW_URL } from './app-scheme.ts';
import { recoverFromCrashes } from './crash-recovery.ts';
import { recallWindowPlace, rememberWindowPlace } from './window-place.ts';

/** Opens the window where it was last. It shows once its page is painted, so that nothing flashes. */
export function openDeskWindow(dataFolder: string): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const { x, y, width, height, maximized } = recallWindowPlace(dataFolder, screens);
  const window = new BrowserWindow({
    width,
    height,
    ...(x !== null && y !== null ? { x, y } : {}),
    minWidth: 760,
    minHeight: 480,
    title: 'Audit Desk',
    // Windows and macOS take the packaged application's own icon.
    ...(process.platform === 'linux' ? { icon: resourceFile('icon.png') } : {}),
    show: false,
    webPreferences: {
      preload: builtFile('preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => rememberWindowPlace(dataFolder, window));
  recoverFromCrashes(window);
  void window.loadURL(WINDOW_URL);
  return window;
}

/** Brings the window to the front, or opens it anew. */
export function showDeskWindow(dataFolder: string): BrowserWindow {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return openDeskWindow(dataFolder);
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  return window;
}
