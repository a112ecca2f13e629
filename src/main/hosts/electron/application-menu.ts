/** The application's menu, with the keys that a desktop application is expected to have. */
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { RecentSource } from '../../../shared/contract.ts';
import { DESKTOP_KEYS } from '../../../shared/desktop-keys.ts';

/** What the menu can ask for. */
export interface MenuActions {
  openFolder(): void;
  /** Runs a command of the window by its name. */
  command(name: string): void;
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
        { ...commandItem(actions, 'Open &Folder…', 'openFolder'), click: () => actions.openFolder() },
        { label: 'Open &Recent', enabled: recent.length > 0, submenu: recentItems(actions, recent) },
        commandItem(actions, '&Connect Bucket…', 'connectBucket'),
        commandItem(actions, '&Try the Sample Log', 'openSample'),
        { type: 'separator' },
        commandItem(actions, '&Export Entries…', 'export'),
        commandItem(actions, 'Re&cord Entry…', 'record'),
        commandItem(actions, '&Keys…', 'keys'),
        commandItem(actions, '&Lock', 'lock'),
        commandItem(actions, 'Clean &Up…', 'cleanUp'),
        { type: 'separator' },
        commandItem(actions, 'Look &Again for New Entries', 'refresh'),
        commandItem(actions, 'Close &Source', 'closeSource'),
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'E&ntries',
      submenu: [
        commandItem(actions, '&Search', 'search'),
        commandItem(actions, 'Search in &Content…', 'searchContent'),
        commandItem(actions, 'Find by &Text…', 'findText'),
        commandItem(actions, '&Go to Entry…', 'goToEntry'),
        { type: 'separator' },
        commandItem(actions, 'Choose a &Range…', 'chooseRange'),
        commandItem(actions, 'Clear the &Filter', 'clearFilter'),
        { type: 'separator' },
        commandItem(actions, 'Sa&ve This View…', 'saveView'),
        commandItem(actions, 'Arrange &Views…', 'manageViews'),
      ],
    },
    {
      label: '&View',
      submenu: [
        ...(forDevelopers ? DEVELOPER_ITEMS : []),
        // The window listens to this key itself, on every host; the menu only shows it.
        {
          ...commandItem(actions, 'Find a &Command…', 'palette'),
          accelerator: 'CmdOrCtrl+K',
          registerAccelerator: false,
        },
        commandItem(actions, '&Charts', 'charts'),
        commandItem(actions, '&Filters', 'toggleFilters'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        commandItem(actions, '&Keys of the Window', 'shortcuts'),
        { type: 'separator' },
        { role: 'about', label: 'About Audit Desk' },
      ],
    },
  ];
}

/** An item that the window carries out, with its key of {@link DESKTOP_KEYS}. */
function commandItem(actions: MenuActions, label: string, command: string): MenuItemConstructorOptions {
  const accelerator = acceleratorOf(command);
  return { label, ...(accelerator === undefined ? {} : { accelerator }), click: () => actions.command(command) };
}

function acceleratorOf(command: string): string | undefined {
  return DESKTOP_KEYS[command]?.replace('Mod', 'CmdOrCtrl');
}

function recentItems(actions: MenuActions, recent: readonly RecentSource[]): MenuItemConstructorOptions[] {
  return recent.slice(0, RECENT_SHOWN).map((source) => ({
    // An ampersand would mark the next letter as a key.
    label: source.name.replaceAll('&', '&&'),
    click: () => actions.openRecent(source),
  }));
}
