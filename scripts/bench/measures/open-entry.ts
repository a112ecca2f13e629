/** How long a person waits for one entry. */
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { BenchContext } from '../bench-context.ts';
import { openFolder, waitUntilComplete, withDesk } from '../desk/desk-process.ts';
import { type Measure, percentile, type Result } from '../measure.ts';
import { randomBelow, seededRandom } from '../random.ts';

const ENTRIES = 200;

/** One entry whole and then its content, by its id and place, two calls one after the other: entries spread over the log. */
export const openEntry: Measure = { name: 'entry', grows: 'to-a-million', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const log = await context.log();
  const times = await withDesk(await context.indexedDataFolder(), async ({ client }) => {
    const source = await openFolder(client, log.folder);
    await waitUntilComplete(client, source);
    const { sourceId } = source;
    const random = seededRandom(4);
    const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
    const taken: number[] = [];
    for (let i = 0; i < ENTRIES; i += 1) {
      const page = { offset: randomBelow(random, log.entries), limit: 1 };
      const ref = (await client.call('entries.page', { sourceId, query, page })).rows[0]?.ref;
      if (ref === undefined) throw new Error('A page was short.');
      const start = performance.now();
      const detail = await client.call('entries.detail', { sourceId, ref });
      await client.call('entries.reveal', { sourceId, ref });
      taken.push(performance.now() - start);
      if (detail.row.id !== ref.id) throw new Error('Another entry came back.');
    }
    return taken;
  });
  return [
    {
      name: 'one entry by id, with its content, p95',
      value: percentile(times, 0.95),
      unit: 'ms',
      better: 'lower',
      must: 10,
      aim: 3,
      beside: `two calls of the contract; p50 ${percentile(times, 0.5).toFixed(1)} ms, longest ${percentile(times, 1).toFixed(1)} ms`,
    },
  ];
}
