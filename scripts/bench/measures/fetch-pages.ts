/** How long the window waits for rows, wherever it looks. */
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import type { DeskClient } from '../desk/desk-client.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { readLogFacts } from '../desk/log-facts.ts';
import { type Measure, percentile, type Result } from '../measure.ts';
import { seededRandom } from '../random.ts';
import { randomQuery } from '../random-views.ts';

const VIEWS = 200;
const ROWS = 200;
type View = ReturnType<typeof randomQuery>;

/** 200 pages, each of another view at another place, one after the other; and pages of one view, as scrolling asks for them. */
export const fetchPages: Measure = { name: 'pages', grows: 'to-ten-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const dataFolder = await context.indexedDataFolder();
  const views = await withDesk(dataFolder, async ({ client }) => {
    const sourceId = await openComplete(client, log.folder);
    return await drawViews(client, sourceId);
  });
  // A new process, so that no view is there from when its entries were counted.
  const { jumps, scrolls } = await withDesk(dataFolder, async ({ client }) => {
    const sourceId = await openComplete(client, log.folder);
    return { jumps: await jump(client, sourceId, views), scrolls: await scroll(client, sourceId, log.entries) };
  });
  const large = context.entries >= 10_000_000;
  const told = { unit: 'ms', better: 'lower', must: null, aim: null } as const;
  return [
    {
      name: 'page of 200 anywhere, any sort, any filter, p95',
      value: percentile(jumps, 0.95),
      unit: 'ms',
      better: 'lower',
      must: large ? 150 : 50,
      aim: large ? 50 : 20,
      beside: `${VIEWS} views, each new; p50 ${percentile(jumps, 0.5).toFixed(1)} ms, longest ${percentile(jumps, 1).toFixed(1)} ms`,
    },
    { name: 'next page of the view that is shown, p95', value: percentile(scrolls, 0.95), ...told },
  ];
}

async function openComplete(client: DeskClient, folder: string): Promise<string> {
  const source = await openFolder(client, folder);
  await waitUntilComplete(client, source);
  return source.sourceId;
}

/** Views with a place in each, drawn evenly over what matches. */
async function drawViews(client: DeskClient, sourceId: string) {
  const random = seededRandom(1);
  const facts = await readLogFacts(client, sourceId);
  const views: { readonly query: View; readonly offset: number }[] = [];
  for (let i = 0; i < VIEWS; i += 1) {
    const query = randomQuery(random, facts);
    const { matching } = await client.call('entries.page', { sourceId, query, page: { offset: 0, limit: 1 } });
    views.push({ query, offset: Math.floor(random() * Math.max(1, matching - ROWS)) });
  }
  return views;
}

async function jump(
  client: DeskClient,
  sourceId: string,
  views: readonly { readonly query: View; readonly offset: number }[],
): Promise<number[]> {
  const times: number[] = [];
  for (const { query, offset } of views) {
    const start = performance.now();
    await client.call('entries.page', { sourceId, query, page: { offset, limit: ROWS } });
    times.push(performance.now() - start);
  }
  return times;
}

async function scroll(client: DeskClient, sourceId: string, entries: number): Promise<number[]> {
  const random = seededRandom(2);
  const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
  const times: number[] = [];
  for (let i = 0; i < VIEWS; i += 1) {
    const offset = Math.floor(random() * Math.max(1, entries - ROWS));
    const start = performance.now();
    const page = await client.call('entries.page', { sourceId, query, page: { offset, limit: ROWS } });
    times.push(performance.now() - start);
    if (page.rows.length !== Math.min(ROWS, entries)) throw new Error('A page was short.');
  }
  return times;
}
