/** Real browsers for scenarios, and windows of both hosts in them. */
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.ts';
import { startHarnessDesk } from '../../e2e/support/harness-desk.ts';
import type { RunningDesk, StartOptions } from '../../e2e/support/running-desk.ts';
import { startWebDesk } from '../../e2e/support/web-desk.ts';
import type { Workbench } from './workbench.ts';

const VIEWPORT = { width: 1280, height: 820 };

/** Why no browser can be started here, or null. */
export function missingBrowser(): string | null {
  return findChromium() === null ? 'there is no Chromium' : null;
}

/** Starts a browser with a profile of its own, in `profile` where it is to be looked at; it ends with the bench. */
export async function openBrowser(bench: Workbench, profile = bench.folder()): Promise<BrowserContext> {
  const executablePath = findChromium();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === null ? {} : { executablePath }),
    viewport: VIEWPORT,
    args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  });
  bench.afterwards(() => context.close());
  return context;
}

/** Hosts that can be tortured without Electron's binary: the web host, and the desktop's code with a stand-in. */
export const WINDOW_HOSTS = { web: startWebDesk, harness: startHarnessDesk } as const;
/** Name of one of {@link WINDOW_HOSTS}. */
export type WindowHost = keyof typeof WINDOW_HOSTS;

/** Opens a desk in a window; it ends with the bench at the latest. */
export async function openWindow(
  bench: Workbench,
  context: BrowserContext,
  host: WindowHost,
  options: StartOptions,
): Promise<RunningDesk & { readonly page: Page }> {
  const desk = await WINDOW_HOSTS[host](context, options);
  let isOver = false;
  const end = async () => {
    if (isOver) return;
    isOver = true;
    await desk.end();
  };
  bench.afterwards(() => end().catch(() => undefined));
  return { ...desk, end };
}
