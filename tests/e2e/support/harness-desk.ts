/** Runs the desktop's own built code with a stand-in for Electron, its window as a page in Chromium. */
import type { BrowserContext, Page } from '@playwright/test';
import type { FromMain } from './electron-stand-in/wire.ts';
import { deliverToPage, openPageOfStandIn } from './page-of-stand-in.ts';
import type { RunningDesk, StartOptions } from './running-desk.ts';
import { type StandInProcess, startStandInProcess } from './stand-in-process.ts';

export interface HarnessDesk extends RunningDesk {
  readonly main: StandInProcess;
  /** Preferences that the window was made with. */
  readonly preferences: Readonly<Record<string, unknown>>;
  /** Error dialogs shown so far: title and content. */
  readonly errorBoxes: readonly string[];
  /** Paths that were told to the system as recent documents. */
  readonly recentDocuments: readonly string[];
}

/** Starts the desktop application and answers once its window is loaded. */
export async function startHarnessDesk(context: BrowserContext, options: StartOptions): Promise<HarnessDesk> {
  const errorBoxes: string[] = [];
  const recentDocuments: string[] = [];
  const loaded = Promise.withResolvers<Extract<FromMain, { readonly kind: 'load' }>>();
  let page: Page | null = null;
  const listen = (message: FromMain) => {
    if (message.kind === 'load') loaded.resolve(message);
    else if (message.kind === 'send' && page !== null) void deliverToPage(page, message.channel, message.args);
    else if (message.kind === 'error-box') errorBoxes.push(`${message.title}: ${message.content}`);
    else if (message.kind === 'reload') void page?.reload();
    else if (message.kind === 'recent-document') recentDocuments.push(message.path);
    else if (message.kind === 'closed') void page?.close();
  };
  const args = options.source === null ? [] : [options.source];
  const main = startStandInProcess(args, { AUDIT_DESK_DATA: options.dataFolder }, listen);
  const load = await Promise.race([loaded.promise, main.ended.then(() => null)]);
  if (load === null) throw new Error(`The desktop application has ended.\n${main.output()}${errorBoxes.join('\n')}`);
  page = await openPageOfStandIn(context, main, load);
  return {
    page,
    main,
    output: main.output,
    errorBoxes,
    recentDocuments,
    preferences: load.preferences,
    answerDialogs: async (path) => {
      await main.ask({ kind: 'answer-dialogs', filePaths: path === null ? null : [path] });
    },
    async end() {
      const code = await main.end();
      await page?.close();
      if (code !== 0) throw new Error(`The desktop application ended with ${code}.\n${main.output()}`);
    },
  };
}
