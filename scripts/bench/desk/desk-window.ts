/** The window in a real Chromium, looked at as a person would: what stands in the rows in sight. */
import type { Browser, BrowserContext, Page } from 'playwright';

/** As the desktop opens its window on a small screen. */
const VIEWPORT = { width: 1280, height: 820 };
const PATIENCE_MS = 60_000;

export class DeskWindow {
  readonly page: Page;
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  /** Opens the link in a window of its own and answers when the page is loaded. */
  static async open(browser: Browser, link: string): Promise<DeskWindow> {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.addInitScript(watchLongTasks);
    await page.goto(link);
    return new DeskWindow(context, page);
  }

  /** Waits until the start screen can be used. */
  async waitForStartScreen(): Promise<void> {
    await this.#openFolderButton.click({ trial: true });
  }

  /** Types a folder's path into the dialog; answers what opens it. */
  async nameFolder(path: string): Promise<() => Promise<void>> {
    await this.#openFolderButton.click();
    const dialog = this.page.getByRole('dialog');
    const field = dialog.getByRole('textbox', { name: 'Path' });
    // The home folder arrives in the field a moment after it opened; typing in that moment would end up behind it.
    await this.page.waitForFunction(isFilled, await field.elementHandle());
    await field.fill(path);
    const open = dialog.getByRole('button', { name: 'Open this folder' });
    await open.click({ trial: true });
    return async () => await open.click({ noWaitAfter: true });
  }

  /** Waits until every row in sight is filled and the topmost one has this timestamp (ISO text; compared to the millisecond). */
  async waitForTopRow(timestamp: string): Promise<void> {
    await this.#waitForRowsLike(timestamp.replace(/\D/g, '').slice(0, 17));
  }

  /** Waits until every row in sight is filled. */
  async waitForRows(): Promise<void> {
    await this.#waitForRowsLike(null);
  }

  /** Forgets the long tasks seen so far. */
  async forgetLongTasks(): Promise<void> {
    await this.page.evaluate(() => {
      (globalThis as unknown as LongTaskWatch).longTasksMs.length = 0;
    });
  }

  /** Main-thread tasks of 50 ms and more since they were last forgotten, in milliseconds. */
  async longTasksMs(): Promise<readonly number[]> {
    return await this.page.evaluate(() => (globalThis as unknown as LongTaskWatch).longTasksMs);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  async #waitForRowsLike(digits: string | null): Promise<void> {
    try {
      await this.page.waitForFunction(isTopRow, digits, { polling: 'raf' });
    } catch (cause) {
      const shown = (await this.page.locator('body').innerText()).replace(/\s+/g, ' ').slice(0, 1500);
      throw new Error(`The rows did not come; the window shows: ${shown}`, { cause });
    }
  }

  get #openFolderButton() {
    return this.page.getByRole('button', { name: 'Open folder' }).first();
  }
}

interface TaskList {
  getEntries(): readonly { readonly duration: number }[];
}
interface LongTaskWatch {
  longTasksMs: number[];
  /** The page's own; Node's types do not know long tasks. */
  readonly PerformanceObserver: new (
    listener: (list: TaskList) => void,
  ) => { observe(options: { readonly type: 'longtask'; readonly buffered: boolean }): void };
}

/** Runs in the page. Chromium tells tasks of 50 ms and more. */
function watchLongTasks(): void {
  const watch = globalThis as unknown as LongTaskWatch;
  watch.longTasksMs = [];
  new watch.PerformanceObserver((list) => {
    for (const entry of list.getEntries()) watch.longTasksMs.push(entry.duration);
  }).observe({ type: 'longtask', buffered: true });
}

/** Runs in the page: whether something stands in a text field. */
function isFilled(field: unknown): boolean {
  return (field as { readonly value: string }).value !== '';
}

/** What the page's code needs of the document, whose types scripts for Node do not have. */
interface RowElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): RowElement | null;
  getBoundingClientRect(): { readonly top: number; readonly bottom: number };
}
interface PageDocument {
  readonly document: {
    querySelector(selector: string): RowElement | null;
    querySelectorAll(selector: string): Iterable<RowElement>;
  };
}

/** Runs in the page: whether the rows in sight are filled, and the topmost one begins with these digits (null: any). */
function isTopRow(digits: string | null): boolean {
  const { document } = globalThis as unknown as PageDocument;
  const grid = document.querySelector('[role="grid"]');
  if (grid === null || grid.getAttribute('aria-busy') === 'true') return false;
  const frame = grid.getBoundingClientRect();
  const rows = [...document.querySelectorAll('[role="grid"] [role="row"]:not(:has([role="columnheader"]))')]
    .map((row) => ({
      text: row.querySelector('[role="gridcell"]')?.textContent ?? '',
      box: row.getBoundingClientRect(),
    }))
    .filter(({ box }) => box.bottom > frame.top && box.top < frame.bottom)
    .sort((a, b) => a.box.top - b.box.top);
  if (rows.length === 0 || rows.some(({ text }) => text === '')) return false;
  return digits === null || rows[0]?.text.replace(/\D/g, '') === digits;
}
