/** How long a change of the filter takes until everything around the table has followed. */

import { type EntryFilter, NEWEST_FIRST } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import type { DeskClient } from '../desk/desk-client.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { readLogFacts } from '../desk/log-facts.ts';
import { type Measure, percentile, type Result } from '../measure.ts';
import { seededRandom } from '../random.ts';
import { FACET_FIELDS, randomFilter } from '../random-views.ts';

const CHANGES = 100;
/** As many bars as a wide window draws. */
const BARS = 120;

/** Histogram, facets, counts and first page asked for at once, as the window asks; the time is that of the last answer. */
export const changeFilter: Measure = { name: 'filter', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const times = await withDesk(await context.indexedDataFolder(), async ({ client }) => {
    const source = await openFolder(client, log.folder);
    await waitUntilComplete(client, source);
    const facts = await readLogFacts(client, source.sourceId);
    const random = seededRandom(3);
    const taken: number[] = [];
    for (let i = 0; i < CHANGES; i += 1) {
      const filter = randomFilter(random, facts);
      const start = performance.now();
      await askAll(client, source.sourceId, filter);
      taken.push(performance.now() - start);
    }
    return taken;
  });
  return [
    {
      name: 'histogram, facets and counts after a filter change, p95',
      value: percentile(times, 0.95),
      unit: 'ms',
      better: 'lower',
      must: 200,
      aim: 80,
      beside: `first page included; ${CHANGES} changes, p50 ${percentile(times, 0.5).toFixed(1)} ms, longest ${percentile(times, 1).toFixed(1)} ms`,
    },
  ];
}

async function askAll(client: DeskClient, sourceId: string, filter: EntryFilter): Promise<void> {
  const query = { filter, sort: NEWEST_FIRST };
  await Promise.all([
    client.call('entries.page', { sourceId, query, page: { offset: 0, limit: 200 } }),
    client.call('entries.histogram', { sourceId, filter, buckets: BARS }),
    client.call('entries.facets', { sourceId, filter, fields: [...FACET_FIELDS], limit: 20 }),
  ]);
}
