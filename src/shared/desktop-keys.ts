/**
 * Keys that the desktop's menu gives to commands of the window, by the command's name. A browser keeps most of them for itself, so
 * the window does not listen to them there; on the desktop the palette and the list of keys show them.
 */
export const DESKTOP_KEYS: Readonly<Record<string, string>> = {
  openFolder: 'Mod+O',
  export: 'Mod+E',
  record: 'Mod+N',
  saveView: 'Mod+S',
  lock: 'Mod+L',
  refresh: 'F5',
  search: 'Mod+F',
  searchContent: 'Mod+Shift+F',
  goToEntry: 'Mod+G',
  toggleFilters: 'Mod+B',
};
