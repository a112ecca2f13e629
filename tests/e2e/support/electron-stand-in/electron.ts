/**
 * A stand-in for the `electron` module in the main process: as much of it as the desktop's code uses, with Electron's semantics.
 * Windows are pages of a Chromium that the test drives; everything between the two goes over the process's message channel.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { tellTest, whenTestAsks } from './main-channel.ts';
import type { SenderFrame, ServedFile } from './wire.ts';

type Listener = (...args: never[]) => unknown;

/** An event that can be kept from having its effect. */
class PreventableEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

// ------------------------------------------------------------------------------------------------------------------- app

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  ready = false;
  private quitting = false;

  setPath(): void {}
  setName(): void {}
  requestSingleInstanceLock(): boolean {
    return process.env['STAND_IN_SECOND_INSTANCE'] === undefined;
  }
  async whenReady(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.ready = true;
  }
  quit(): void {
    if (this.quitting) return;
    this.quitting = true;
    this.emit('before-quit', new PreventableEvent());
    for (const window of BrowserWindow.getAllWindows()) window.close();
    const event = new PreventableEvent();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }
  exit(code: number): void {
    process.exit(code);
  }
}
export const app = new StandInApp();
process.on('SIGTERM', () => app.quit());

// --------------------------------------------------------------------------------------------------------------- windows

class StandInFrame {
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
    tellTest({ kind: 'closed', windowId: this.id });
    this.emit('closed');
    if (BrowserWindow.open.size === 0) app.emit('window-all-closed');
  }
}

// -------------------------------------------------------------------------------------------------- calls and the scheme

const invokeHandlers = new Map<string, (event: unknown, ...args: unknown[]) => unknown>();

export const ipcMain = {
  handle(channel: string, handler: (event: unknown, ...args: unknown[]) => unknown): void {
    if (invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    invokeHandlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    invokeHandlers.delete(channel);
  },
};

const schemeHandlers = new Map<string, (request: Request) => Response | Promise<Response>>();

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (app.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    schemeHandlers.set(scheme, handler);
  },
};

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;
const permissions: { request: RequestHandler; check: CheckHandler } = {
  request: (_contents, _permission, answer) => answer(true),
  check: () => true,
};

export const session = {
  defaultSession: {
    protocol,
    setPermissionRequestHandler(handler: RequestHandler): void {
      permissions.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler): void {
      permissions.check = handler;
    },
  },
};

// ------------------------------------------------------------------------------------------------------ other processes

const PARENT_PORT = new URL('./parent-port.ts', import.meta.url).href;

class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess;

  constructor(modulePath: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv }) {
    super();
    const execArgv = ['--disable-warning=ExperimentalWarning', '--import', PARENT_PORT];
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.child = fork(modulePath, [...args], { ...options, execArgv, stdio: [...stdio], serialization: 'advanced' });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code) => this.emit('exit', code));
  }
  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }
  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], options: { readonly env?: NodeJS.ProcessEnv } = {}) {
    if (!app.ready) throw new Error('utilityProcess cannot be created before app is ready');
    return new UtilityProcess(modulePath, args, options);
  },
};

// ---------------------------------------------------------------------------------------------- dialogs, menu and screens

let dialogAnswer: readonly string[] | null = null;

export const dialog = {
  async showOpenDialog() {
    return dialogAnswer === null
      ? { canceled: true, filePaths: [] }
      : { canceled: false, filePaths: [...dialogAnswer] };
  },
  showErrorBox(title: string, content: string): void {
    tellTest({ kind: 'error-box', title, content });
  },
};

interface MenuItem {
  readonly label?: string;
  readonly role?: string;
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

// ------------------------------------------------------------------------------------------------- what the test asks for

/** The frame object of a call's sender: the window's own main frame, or another one. */
function frameOf(window: BrowserWindow, frame: SenderFrame): StandInFrame {
  if (!frame.isMainFrame) return new StandInFrame(frame.url);
  if (window.webContents.mainFrame.url !== frame.url) window.webContents.mainFrame = new StandInFrame(frame.url);
  return window.webContents.mainFrame;
}

async function servedFile(url: string, method: string): Promise<ServedFile> {
  const handler = schemeHandlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new Error(`Nobody serves ${url}.`);
  const response = await handler(new Request(url, { method }));
  const body = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

async function clickMenu(labels: readonly string[]): Promise<void> {
  let items = menuItems;
  let found: MenuItem | undefined;
  for (const label of labels) {
    found = items.find((item) => item.label?.replaceAll(/&(.)/g, '$1') === label);
    if (found === undefined) throw new Error(`The menu has no "${labels.join(' > ')}".`);
    items = found.submenu ?? [];
  }
  found?.click?.();
}

whenTestAsks(async (question) => {
  switch (question.kind) {
    case 'fetch':
      return await servedFile(question.url, question.method);
    case 'invoke': {
      const window = BrowserWindow.fromId(question.windowId);
      const handler = invokeHandlers.get(question.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${question.channel}'`);
      const event = { sender: window.webContents, senderFrame: frameOf(window, question.frame) };
      return await handler(event, ...question.args);
    }
    case 'navigate': {
      const { webContents } = BrowserWindow.fromId(question.windowId);
      const event = Object.assign(new PreventableEvent(), { url: question.url, isMainFrame: true });
      webContents.emit('will-frame-navigate', event);
      webContents.emit('will-navigate', event);
      return !event.defaultPrevented;
    }
    case 'open-window': {
      const { webContents } = BrowserWindow.fromId(question.windowId);
      return webContents.windowOpenHandler({ url: question.url }).action === 'allow';
    }
    case 'permission': {
      const { permission, url } = question;
      const asked = await new Promise<boolean>((resolve) =>
        permissions.request(null, permission, resolve, { requestingUrl: url, isMainFrame: true }),
      );
      return [asked, permissions.check(null, permission, url, { requestingUrl: url, isMainFrame: true })];
    }
    case 'click-menu':
      return await clickMenu(question.labels);
    case 'second-instance':
      return void app.emit('second-instance', new PreventableEvent(), [], process.cwd(), question.data);
    case 'answer-dialogs':
      dialogAnswer = question.filePaths;
      return null;
    case 'painted':
      return void BrowserWindow.fromId(question.windowId).emit('ready-to-show');
    case 'close-window':
      return void BrowserWindow.fromId(question.windowId).close();
  }
});
