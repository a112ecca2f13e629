/** Plays the window of a desktop application: a page that loads its scheme, runs its preload and carries its calls. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page, Route } from '@playwright/test';
import type { FromMain, ServedFile } from './electron-stand-in/wire.ts';
import type { StandInProcess } from './stand-in-process.ts';

/** Chromium would abort `app://` before a route sees it, so the window's scheme is served here. */
const SERVED_ORIGIN = 'http://desk.localhost';
const WINDOW_ORIGIN = 'app://desk';

type LoadMessage = Extract<FromMain, { readonly kind: 'load' }>;

const toServed = (url: string) => url.replace(WINDOW_ORIGIN, SERVED_ORIGIN);
const toWindow = (url: string) => url.replace(SERVED_ORIGIN, WINDOW_ORIGIN);

/** Opens the page of a window that the main process has just loaded. */
export async function openPageOfStandIn(
  context: BrowserContext,
  main: StandInProcess,
  load: LoadMessage,
): Promise<Page> {
  const page = await context.newPage();
  const { windowId } = load;
  await page.setViewportSize({ width: load.width, height: load.height });
  await page.exposeBinding('standInInvoke', async (source, channel: string, args: readonly unknown[]) => {
    const frame = { url: toWindow(source.frame.url()), isMainFrame: source.frame === page.mainFrame() };
    return await main.ask({ kind: 'invoke', windowId, frame, channel, args });
  });
  await page.addInitScript(preloadScript(await readFile(load.preload, 'utf8')));
  // Where the main process has ended, nothing is served any more.
  await page.route('**/*', (route) => serve(route, page, main, windowId).catch(() => route.abort().catch(() => {})));
  page.on('popup', async (popup) => {
    const question = { kind: 'open-window', windowId, url: toWindow(popup.url()) } as const;
    const allowed = await main.ask(question).catch(() => false);
    if (allowed !== true) await popup.close();
  });
  await page.goto(toServed(load.url));
  main.tell({ kind: 'painted', windowId });
  return page;
}

/** Delivers an event of the main process to the page's preload. */
export async function deliverToPage(page: Page, channel: string, args: readonly unknown[]): Promise<void> {
  if (page.isClosed()) return;
  await page
    .evaluate(
      ([name, values]) => {
        (globalThis as unknown as { standInDeliver?(channel: string, args: unknown): void }).standInDeliver?.(
          name,
          values,
        );
      },
      [channel, args] as const,
    )
    // A page that is just being reloaded or closed hears nothing, as in Electron.
    .catch(() => {});
}

async function serve(route: Route, page: Page, main: StandInProcess, windowId: number): Promise<void> {
  const request = route.request();
  const url = toWindow(request.url());
  const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame() && page.url() !== 'about:blank';
  const stays = leaves && (await main.ask({ kind: 'navigate', windowId, url })) !== true;
  // No content: Chromium stays on its page, as Electron does where a navigation is prevented.
  if (stays) return await route.fulfill({ status: 204 });
  if (!url.startsWith(WINDOW_ORIGIN)) return await route.abort();
  const file = (await main.ask({ kind: 'fetch', url, method: request.method() })) as ServedFile;
  await route.fulfill({ status: file.status, headers: { ...file.headers }, body: Buffer.from(file.body) });
}

/** The built preload as a sandboxed one runs: before the page, with `electron` as the only module. */
function preloadScript(preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    const listeners = new Map();
    const listenersOf = (channel) => listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel);
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
      },
      // What a test drops has no path of its own; it says by name what the system would.
      webUtils: { getPathForFile: (file) => window.standInDropped?.[file.name] ?? '' },
      ipcRenderer: {
        invoke: (channel, ...args) => window.standInInvoke(channel, args),
        on: (channel, listener) => listenersOf(channel).add(listener),
        off: (channel, listener) => listenersOf(channel).delete(listener),
      },
    };
    Object.defineProperty(window, 'standInDeliver', {
      value: (channel, args) => listenersOf(channel).forEach((listener) => listener({}, ...args)),
    });
    const require = (name) => {
      if (name === 'electron') return electron;
      throw new Error('A sandboxed preload cannot load ' + name);
    };
    const module = { exports: {} };
    (function (exports, require, module) {\n${preload}\n})(module.exports, require, module);
  })();`;
}
