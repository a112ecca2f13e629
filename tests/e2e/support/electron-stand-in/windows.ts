/** Windows of the stand-in: each is a page that the test opens. */
import { EventEmitter } from 'node:events';
import { app, PreventableEvent } from './application.ts';
import { tellTest } from './main-channel.ts';

export class StandInFrame {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
}

class StandInContents extends EventEmitter {
  mainFrame = new StandInFrame('');
  windowOpenHandler: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' });
  private readonly windowId: number;

  constructor(windowId: number) {
    super();
    this.windowId = windowId;
    app.emit('web-contents-created', new PreventableEvent(), this);
  }
  send(channel: string, ...args: unknown[]): void {
    tellTest({ kind: 'send', windowId: this.windowId, channel, args });
  }
  reload(): void {
    tellTest({ kind: 'reload', windowId: this.windowId });
  }
  setWindowOpenHandler(handler: StandInContents['windowOpenHandler']): void {
    this.windowOpenHandler = handler;
  }
}

interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string };
}

export class BrowserWindow extends EventEmitter {
  private static readonly open = new Map<number, BrowserWindow>();
  private static lastId = 0;

  readonly id: number;
  readonly webContents: StandInContents;
  private readonly options: WindowOptions;
  private maximized = false;
  private minimized = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    BrowserWindow.lastId += 1;
    this.id = BrowserWindow.lastId;
    this.webContents = new StandInContents(this.id);
    BrowserWindow.open.set(this.id, this);
    app.windows.add(this);
  }
  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.open.values()];
  }
  static getFocusedWindow(): BrowserWindow | null {
    return null;
  }
  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  static fromId(id: number): BrowserWindow {
    const window = BrowserWindow.open.get(id);
    if (window === undefined) throw new Error(`There is no window ${id}.`);
    return window;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = new StandInFrame(url);
    const { preload = '', ...preferences } = this.options.webPreferences ?? {};
    const { width = 800, height = 600 } = this.options;
    tellTest({ kind: 'load', windowId: this.id, url, preload, preferences, width, height });
  }
  getNormalBounds() {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }
  isDestroyed(): boolean {
    return !BrowserWindow.open.has(this.id);
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  maximize(): void {
    this.maximized = true;
  }
  minimize(): void {
    this.minimized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  show(): void {}
  focus(): void {
    tellTest({ kind: 'focused', windowId: this.id });
  }
  close(): void {
    if (this.isDestroyed()) return;
    this.emit('close', new PreventableEvent());
    BrowserWindow.open.delete(this.id);
    app.windows.delete(this);
    tellTest({ kind: 'closed', windowId: this.id });
    this.emit('closed');
    if (BrowserWindow.open.size === 0) app.emit('window-all-closed');
  }
}
