/** The `test` of every specification of the window: gives it a desk on the project's host, and fails on any console error. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { electronObstacle, startElectronDesk } from './electron-desk.ts';
import { type HarnessDesk, startHarnessDesk } from './harness-desk.ts';
import type { HostName, RunningDesk, StartOptions } from './running-desk.ts';
import { startWebDesk } from './web-desk.ts';

export { expect };

export interface DeskOptions {
  readonly host: HostName;
}

/** The desk of one test: its own data folder, one window. */
export class TestDesk {
  readonly host: HostName;
  readonly dataFolder: string;
  /** Console errors and uncaught exceptions so far that are not allowed; the test fails when it ends with any. */
  readonly problems: string[] = [];
  private readonly context: BrowserContext;
  private readonly allowed: RegExp[] = [];
  private running: RunningDesk | null = null;

  constructor(host: HostName, dataFolder: string, context: BrowserContext) {
    this.host = host;
    this.dataFolder = dataFolder;
    this.context = context;
    context.on('page', (page) => this.watch(page));
  }

  /** The window. */
  get page(): Page {
    return this.current.page;
  }

  /** What only the harness can be asked. Fails on other hosts. */
  get harness(): HarnessDesk {
    const { current } = this;
    if (!('main' in current)) throw new Error('Only the harness can be asked for this.');
    return current as HarnessDesk;
  }

  /** Starts the desk, with a SOURCE as on the command line or on the start screen, and answers its window. */
  async start(options: { readonly source?: string } = {}): Promise<Page> {
    await this.end();
    this.running = await startDesk(this.host, this.context, {
      source: options.source ?? null,
      dataFolder: this.dataFolder,
    });
    if (this.host === 'electron') this.watch(this.running.page);
    return this.running.page;
  }

  /**
   * Opens a folder as a person does on this host: the button, then the system's dialog, or the browser of folders with its path
   * field where there is none.
   */
  async chooseFolder(path: string): Promise<void> {
    await this.current.answerDialogs(path);
    await this.page.getByRole('button', { name: 'Open folder' }).first().click();
    if (this.host !== 'web') return;
    const browser = this.page.getByRole('dialog', { name: 'Open a folder of audit logs' });
    const field = browser.getByRole('textbox', { name: 'Path' });
    await expect(field).not.toHaveValue('');
    await field.fill(path);
    await browser.getByRole('button', { name: 'Open this folder' }).click();
  }

  /** What the next system dialog answers; null dismisses it. Does nothing on the web host, which has none. */
  async answerDialogs(path: string | null): Promise<void> {
    await this.current.answerDialogs(path);
  }

  /** Lets console errors pass that a test provokes on purpose. */
  allowProblems(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  /** Ends the desk as a person would; its data folder stays. */
  async end(): Promise<void> {
    const { running } = this;
    this.running = null;
    await running?.end();
  }

  private get current(): RunningDesk {
    if (this.running === null) throw new Error('Start the desk first.');
    return this.running;
  }

  private watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.report(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.report(`uncaught: ${error.stack ?? error.message}`));
  }

  private report(problem: string): void {
    if (!this.allowed.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }
}

async function startDesk(host: HostName, context: BrowserContext, options: StartOptions): Promise<RunningDesk> {
  switch (host) {
    case 'web':
      return await startWebDesk(context, options);
    case 'harness':
      return await startHarnessDesk(context, options);
    case 'electron':
      return await startElectronDesk(options);
  }
}

/** `desk` starts the desk; the project names the host. */
export const test = base.extend<DeskOptions & { readonly desk: TestDesk }>({
  host: ['web', { option: true }],
  desk: async ({ host, context }, use) => {
    const obstacle = host === 'electron' ? electronObstacle() : null;
    test.skip(obstacle !== null, obstacle ?? '');
    const dataFolder = await mkdtemp(join(tmpdir(), 'audit-desk-e2e-'));
    const desk = new TestDesk(host, dataFolder, context);
    await use(desk);
    await desk.end();
    await rm(dataFolder, { recursive: true, force: true });
    expect(desk.problems, 'the console shows no error').toEqual([]);
  },
});
