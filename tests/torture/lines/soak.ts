/** Line 34: a log that grows for an hour, while pages are read and a window follows. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, expect, type Page } from '@playwright/test';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { DeskWindow } from '../../e2e/window/desk-window.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingBrowser, openBrowser } from '../support/browsers.ts';
import { checkLog } from '../support/log-check.ts';
import { startProgram } from '../support/programs.ts';
import { missingBuild, ServedDesk } from '../support/served-desk.ts';
import type { Workbench } from '../support/workbench.ts';

const PER_SECOND = 100;
const CONTENT_BYTES = 400;
/** Rest between two samples of memory; each asks the page to collect its garbage. */
const SAMPLE_MS = 1_000;
const MB = 1024 * 1024;
/** Growth that is no leak: an allocator's slack, and what each entry costs in the index. */
const SLACK_BYTES = { processes: 64 * MB, page: 24 * MB };
const BYTES_AN_ENTRY = 1_000;

/** Memory at one moment, in bytes. */
interface Sample {
  /** Resident memory of the desk and its children. */
  readonly processes: number;
  /** The page's heap after a collection. */
  readonly page: number;
  readonly entries: number;
}

/** A process and its descendants. */
function familyOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

function parentOf(pid: string): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) \S+ /s, '')
        .split(' ')[0],
    );
  } catch {
    return 0;
  }
}

function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Answers the page's heap in bytes after a collection. */
async function heapMeter(context: BrowserContext, page: Page): Promise<() => Promise<number>> {
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('Runtime.enable');
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
}

/** What grew though the work stayed the same: the least of the last third is held against the least of the middle one. */
function growth(samples: readonly Sample[], seconds: number): string[] {
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  if (third < 2) return [`only ${samples.length} samples in ${seconds} s`];
  const entries = (last.at(-1)?.entries ?? 0) - (middle[0]?.entries ?? 0);
  return (['processes', 'page'] as const).flatMap((part) => {
    const least = (some: readonly Sample[]) => Math.min(...some.map((sample) => sample[part]));
    const grown = least(last) - least(middle);
    const allowed = SLACK_BYTES[part] + (part === 'processes' ? entries * BYTES_AN_ENTRY : 0);
    return grown > allowed ? [`${part} grew by ${Math.round(grown / MB)} MB over ${entries} entries`] : [];
  });
}

/** Reads pages here and there for as long as it is asked to; counts what failed. */
async function readPages(
  bench: Workbench,
  desk: ServedDesk,
  sourceId: string,
  goesOn: () => boolean,
  losses: string[],
) {
  let pages = 0;
  while (goesOn()) {
    const offset = bench.chance.below(1 + pages * 10);
    const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
    await desk.call('entries.page', { sourceId, query, page: { offset, limit: 100 } }).catch((error: unknown) => {
      losses.push(`a page failed: ${String(error)}`);
    });
    pages += 1;
    await delay(50);
  }
  return pages;
}

async function run(bench: Workbench, seconds: number): Promise<Outcome> {
  const folder = bench.folder();
  mkdirSync(folder);
  const losses: string[] = [];
  const desk = await ServedDesk.start(bench, bench.folder(), folder);
  const { sourceId } = await desk.call('sources.open', {
    location: { kind: 'folder', path: folder },
    credentials: null,
  });
  const context = await openBrowser(bench);
  const page = await context.newPage();
  page.on('pageerror', (error) => void losses.push(`the window threw ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && losses.push(`the window says ${message.text()}`));
  await page.goto(desk.process.link);
  const window = new DeskWindow(page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  const usedHeap = await heapMeter(context, page);
  const writer = startProgram(bench, 'append-steadily.ts', {
    folder,
    perSecond: PER_SECOND,
    contentBytes: CONTENT_BYTES,
  });
  await writer.begun;
  const endMs = Date.now() + seconds * 1_000;
  const reading = readPages(bench, desk, sourceId, () => Date.now() < endMs, losses);
  const samples: Sample[] = [];
  while (Date.now() < endMs) {
    const entries = writer.printed().length;
    const processes = familyOf(desk.process.pid).reduce((sum, pid) => sum + residentBytes(pid), 0);
    samples.push({ processes, page: await usedHeap(), entries });
    await delay(SAMPLE_MS);
  }
  writer.child.kill('SIGTERM');
  const { printed: acknowledged, code, complaints } = await writer.ended;
  const pages = await reading;
  if (code !== 0) losses.push(`the writer ended with ${code}: ${complaints.slice(0, 200)}`);
  if (acknowledged.length < (seconds * PER_SECOND) / 2) losses.push(`only ${acknowledged.length} were written`);
  losses.push(...growth(samples, seconds), ...(await checkLog(folder, { acknowledged })));
  const total = acknowledged.length.toLocaleString('en-US');
  await window.expectCounts(`${total} entries`).catch((error: unknown) => {
    losses.push(`the window does not show all ${total}: ${String(error).slice(0, 200)}`);
  });
  if (!(await window.row(0).textContent())?.includes(acknowledged.at(-1) ?? ''))
    losses.push('the newest is not on top');
  // A window that outlives its desk says that it cannot reach it.
  await page.close();
  if ((await desk.end()) !== 0) losses.push('the desk did not end well');
  const [first, last] = [samples[0], samples.at(-1)];
  const memory = [first, last].map(
    (one) => `${Math.round((one?.processes ?? 0) / MB)}+${Math.round((one?.page ?? 0) / MB)}`,
  );
  return { rounds: seconds, losses, note: `${total} entries, ${pages} pages, ${memory.join(' -> ')} MB` };
}

/** Line 34. Its rounds are seconds. */
export const soak: Scenario = {
  line: 34,
  name: 'soak',
  promise: '100 entries/s appended while pages are read and the window follows: memory stays level, nothing fails',
  failsWhere: 'rows, events or answers that are not needed any more are kept, or a reader trips over a file that grows',
  rounds: { short: 20, long: 3_600 },
  missing: () => (process.platform === 'linux' ? (missingBuild() ?? missingBrowser()) : 'there is no /proc'),
  run,
};
