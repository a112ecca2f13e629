/** What a log holds, asked through the contract, to draw filters from. */
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { FACET_FIELDS, type LogFacts } from '../random-views.ts';
import type { DeskClient } from './desk-client.ts';

/** Span, facet values and some ids of a complete log. */
export async function readLogFacts(client: DeskClient, sourceId: string): Promise<LogFacts> {
  const end = async (direction: 'asc' | 'desc') =>
    await client.call('entries.page', {
      sourceId,
      query: { filter: NO_FILTER, sort: { ...NEWEST_FIRST, direction } },
      page: { offset: 0, limit: 200 },
    });
  const [oldest, newest] = [await end('asc'), await end('desc')];
  const [first, last] = [oldest.rows[0], newest.rows[0]];
  if (first === undefined || last === undefined) throw new Error('The log is empty.');
  return {
    fromUs: first.epochUs,
    toUs: last.epochUs,
    facets: await client.call('entries.facets', { sourceId, filter: NO_FILTER, fields: [...FACET_FIELDS], limit: 20 }),
    ids: [...oldest.rows, ...newest.rows].map((row) => row.id),
  };
}
