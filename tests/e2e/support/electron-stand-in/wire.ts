/** What the desktop's main process and the test that plays its Chromium say to each other. */

/** A frame as the main process sees a call's sender. */
export interface SenderFrame {
  readonly url: string;
  readonly isMainFrame: boolean;
}

/** Test -> main process. Those with a `callId` are answered. */
export type ToMain =
  | { readonly kind: 'fetch'; readonly callId: number; readonly url: string; readonly method: string }
  | {
      readonly kind: 'invoke';
      readonly callId: number;
      readonly windowId: number;
      readonly frame: SenderFrame;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  /** Answers whether the page may go there. */
  | { readonly kind: 'navigate'; readonly callId: number; readonly windowId: number; readonly url: string }
  /** Answers whether a page may open a window. */
  | { readonly kind: 'open-window'; readonly callId: number; readonly windowId: number; readonly url: string }
  /** Answers what the permission handlers say: [asked for, looked up]. */
  | { readonly kind: 'permission'; readonly callId: number; readonly permission: string; readonly url: string }
  | { readonly kind: 'click-menu'; readonly callId: number; readonly labels: readonly string[] }
  | { readonly kind: 'menu-keys'; readonly callId: number }
  | { readonly kind: 'second-instance'; readonly callId: number; readonly data: unknown }
  | { readonly kind: 'answer-dialogs'; readonly callId: number; readonly filePaths: readonly string[] | null }
  | { readonly kind: 'open-file'; readonly callId: number; readonly path: string }
  /** Tells the main process that the page of a window has crashed. */
  | { readonly kind: 'crash'; readonly callId: number; readonly windowId: number }
  | { readonly kind: 'painted'; readonly windowId: number }
  | { readonly kind: 'close-window'; readonly windowId: number };

/** Main process -> test. */
export type FromMain =
  | { readonly kind: 'reply'; readonly callId: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'reply'; readonly callId: number; readonly ok: false; readonly message: string }
  | {
      readonly kind: 'load';
      readonly windowId: number;
      readonly url: string;
      readonly preload: string;
      readonly preferences: Readonly<Record<string, unknown>>;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'send'; readonly windowId: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'focused'; readonly windowId: number }
  | { readonly kind: 'closed'; readonly windowId: number }
  | { readonly kind: 'reload'; readonly windowId: number }
  | { readonly kind: 'recent-document'; readonly path: string }
  | { readonly kind: 'error-box'; readonly title: string; readonly content: string };

/** A file that the main process serves on its own scheme. */
export interface ServedFile {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
