/** Which of the window's dialogs is open: one at a time, asked for by a button, a key, the palette or the system's menu. */
import { createStore, useStore } from './store.ts';

/** Dialogs that more than their own button can open. */
export type DialogName =
  | 'keys'
  | 'record'
  | 'findText'
  | 'goToEntry'
  | 'unreadable'
  | 'cleanUp'
  | 'export'
  | 'saveView'
  | 'manageViews'
  | 'palette'
  | 'shortcuts';

const dialogStore = createStore<{ readonly open: DialogName | null }>({ open: null });

/** True while this dialog is open. */
export function useDialogOpen(name: DialogName): boolean {
  return useStore(dialogStore, ({ open }) => open === name);
}

/** Opens a dialog in place of the one that is open. */
export function openDialog(name: DialogName): void {
  dialogStore.set({ open: name });
}

/** Closes whatever is open. */
export function closeDialog(): void {
  dialogStore.set((state) => (state.open === null ? state : { open: null }));
}
