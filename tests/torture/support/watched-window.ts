/** Watches a window for everything that a text of a log must not make it do. */
import type { BrowserContext, Page } from '@playwright/test';
import { EVIL_ORIGIN, MARK, TRAP } from './injections.ts';

/** What was seen of a window; every list is to stay empty. */
export interface Seen {
  /** Texts that were run. */
  readonly run: string[];
  /** Requests that left, or that were tried. */
  readonly requests: string[];
  /** Places that a page went to, windows, dialogs and downloads. */
  readonly navigations: string[];
  /** Elements that a text has become, and complaints of the content security policy. */
  readonly elements: string[];
}

/** Watches every page that a context opens. To be called before the first. */
export async function watchContext(context: BrowserContext): Promise<Seen> {
  const seen: Seen = { run: [], requests: [], navigations: [], elements: [] };
  await context.exposeFunction(TRAP, (number: unknown) => void seen.run.push(`text ${String(number)} was run`));
  let pages = 0;
  context.on('page', (page) => {
    pages += 1;
    if (pages > 1) seen.navigations.push(`a window was opened: ${page.url()}`);
    watchPage(page, seen);
  });
  return seen;
}

function watchPage(page: Page, seen: Seen): void {
  let home: string | null = null;
  page.on('request', (request) => {
    const url = request.url();
    home ??= new URL(url).origin;
    if (url.startsWith(EVIL_ORIGIN) || !(url.startsWith(home) || /^(data|blob):/.test(url))) seen.requests.push(url);
  });
  page.on('framenavigated', (frame) => {
    const url = frame.url();
    const isHome = frame === page.mainFrame() && (home === null || url === 'about:blank' || url.startsWith(`${home}/`));
    if (!isHome) seen.navigations.push(`a frame went to ${url}`);
  });
  page.on('dialog', (dialog) => {
    seen.run.push(`a dialog of ${dialog.type()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('download', (download) => void seen.navigations.push(`a download: ${download.url()}`));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) seen.elements.push(message.text().slice(0, 200));
  });
  page.on('pageerror', (error) => void seen.run.push(`an error was thrown: ${error.message}`));
}

/** Notes elements of the page that a text has become. */
export async function lookForElements(page: Page, where: string, seen: Seen): Promise<void> {
  const made = page.locator(`[${MARK}], iframe, object, embed, base, form[action], [href^="javascript:" i]`);
  const texts = await made.evaluateAll((nodes) =>
    nodes.map((node) => (node as unknown as { readonly outerHTML: string }).outerHTML.slice(0, 100)),
  );
  seen.elements.push(...texts.map((html) => `${where}: ${html}`));
}
