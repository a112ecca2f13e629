/** The application's menu, with the keys that a desktop application is expected to have. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { RecentSource } from '../../../shared/contract.ts';

/** What the menu can ask for. */
export interface MenuActions {
  openFolder(): void;
  openRecent(source: RecentSource): void;
}

const RECENT_SHOWN = 10;

const DEVELOPER_ITEMS: readonly MenuItemConstructorOptions[] = [
  { role: 'reload' },
  { role: 'toggleDevTools' },
  { type: 'separator' },
];

/** Sets the menu; called again when the recent sources change. */
export function setApplicationMenu(actions: MenuActions, recent: readonly RecentSource[]): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate(actions, recent, process.platform === 'darwin', !app.isPackaged)),
  );
}

function menuTemplate(
  actions: MenuActions,
  recent: readonly RecentSource[],
  mac: boolean,
  forDevelopers: boolean,
): MenuItemConstructorOptions[] {
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Open &Folder…', accelerator: 'CmdOrCtrl+O', click: () => actions.openFolder() },
        { label: 'Open &Recent', enabled: recent.length > 0, submenu: recentItems(actions, recent) },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        ...(forDevelopers ? DEVELOPER_ITEMS : []),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about', label: 'About Audit Desk' }] },
  ];
}

function recentItems(actions: MenuActions, recent: readonly RecentSource[]): MenuItemConstructorOptions[] {
  return recent.slice(0, RECENT_SHOWN).map((source) => ({
    // An ampersand would mark the next letter as a key.
    label: source.name.replaceAll('&', '&&'),
    click: () => actions.openRecent(source),
  }));
}
