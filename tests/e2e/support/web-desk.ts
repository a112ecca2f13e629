/** Runs the web host as a person would: `audit-desk serve`, and the link it prints. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import type { RunningDesk, StartOptions } from './running-desk.ts';
import { collectOutput, endProcess } from './stand-in-process.ts';

const CLI = fileURLToPath(new URL('../../../out/main/cli.js', import.meta.url));

export interface ServedDesk {
  readonly link: string;
  /** What it wrote on stdout and stderr. */
  output(): string;
  readonly pid: number;
  end(): Promise<number>;
}

/** Starts `audit-desk serve --no-open` and waits for its link. Rejects where it ends first. */
export async function serveDesk(options: StartOptions): Promise<ServedDesk> {
  const args = [CLI, 'serve', ...(options.source === null ? [] : [options.source]), '--no-open'];
  // The runner's own colours would make Node warn on stderr.
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const env = { ...inherited, NODE_OPTIONS: '', AUDIT_DESK_DATA: options.dataFolder };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collectOutput(child);
  const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? -1);
  const firstLine = once(createInterface({ input: child.stdout }), 'line').then(([line]) => line as string);
  const link = await Promise.race([firstLine, ended.then(() => null)]);
  if (link === null || child.pid === undefined) throw new Error(`audit-desk serve has ended.\n${output()}`);
  return { link, output, pid: child.pid, end: () => endProcess(child, ended) };
}

/** Starts the web host and opens its link. */
export async function startWebDesk(context: BrowserContext, options: StartOptions): Promise<RunningDesk> {
  const served = await serveDesk(options);
  const page = await context.newPage();
  await page.goto(served.link);
  return {
    page,
    output: served.output,
    answerDialogs: async () => {},
    async end() {
      await page.close();
      const code = await served.end();
      if (code !== 0) throw new Error(`audit-desk serve ended with ${code}.\n${served.output()}`);
    },
  };
}
