/** A command of the window, as the palette lists it, the help names its keys, and the system's menu calls it. */

/** What a person can ask of the window. */
export interface Command {
  /** Names it for the system's menu and for tests; unique among the commands offered together. */
  readonly id: string;
  /** As a person says it: "Open a folder". */
  readonly title: string;
  readonly group: string;
  /** More words by which it is found, never shown. */
  readonly words?: string;
  /** Keys that do the same, each as `Mod+K`, `?` or `ArrowDown`; `Mod` is Cmd on a Mac and Ctrl elsewhere. */
  readonly keys?: readonly string[];
  readonly run: () => void;
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  Escape: 'Esc',
};

/** The parts of a key as they stand on this keyboard: `Mod+K` is `Ctrl`, `K`. */
export function keyParts(key: string, mac: boolean): string[] {
  return key.split('+').map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : (KEY_NAMES[part] ?? part)));
}

/** True on a Mac, where commands are given with Cmd. */
export function isMac(): boolean {
  return /^Mac/.test(navigator.platform);
}
