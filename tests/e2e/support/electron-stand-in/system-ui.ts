/** Dialogs, menu and screens of the stand-in. */
import { tellTest } from './main-channel.ts';

type Listener = (...args: never[]) => unknown;

let dialogAnswer: readonly string[] | null = null;

/** What dialogs answer from now on; null dismisses them. */
export function answerDialogs(filePaths: readonly string[] | null): void {
  dialogAnswer = filePaths;
}

export const dialog = {
  async showOpenDialog() {
    return dialogAnswer === null
      ? { canceled: true, filePaths: [] }
      : { canceled: false, filePaths: [...dialogAnswer] };
  },
  async showSaveDialog() {
    return dialogAnswer === null
      ? { canceled: true, filePath: '' }
      : { canceled: false, filePath: dialogAnswer[0] ?? '' };
  },
  async showMessageBox(_window: unknown, box: { readonly message: string; readonly detail: string }) {
    tellTest({ kind: 'error-box', title: box.message, content: box.detail });
    return { response: 0 };
  },
  showErrorBox(title: string, content: string): void {
    tellTest({ kind: 'error-box', title, content });
  },
};

interface MenuItem {
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly click?: Listener;
  readonly submenu?: readonly MenuItem[];
}

let menuItems: readonly MenuItem[] = [];

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => ({ items: template }),
  setApplicationMenu(menu: { readonly items: readonly MenuItem[] }): void {
    menuItems = menu.items;
  },
};

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

/** Clicks the item that these labels lead to. */
export async function clickMenu(labels: readonly string[]): Promise<void> {
  let items = menuItems;
  let found: MenuItem | undefined;
  for (const label of labels) {
    found = items.find((item) => item.label?.replaceAll(/&(.)/g, '$1') === label);
    if (found === undefined) throw new Error(`The menu has no "${labels.join(' > ')}".`);
    items = found.submenu ?? [];
  }
  found?.click?.();
}

/** Keys of the menu by the labels of their items. */
export function menuKeys(): Record<string, string> {
  const itemsBelow = (items: readonly MenuItem[]): readonly MenuItem[] =>
    items.flatMap((item) => [item, ...itemsBelow(item.submenu ?? [])]);
  return Object.fromEntries(
    itemsBelow(menuItems).flatMap(({ label, accelerator }) =>
      label === undefined || accelerator === undefined ? [] : [[label.replaceAll(/&(.)/g, '$1'), accelerator]],
    ),
  );
}
