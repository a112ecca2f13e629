/** The first page of a log whose newest entry is known. */
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import type { DeskClient } from './desk-client.ts';

const ROWS = 200;

/** Asks for the newest 200 rows, and again whenever the desk tells of a change, until the newest entry is on top of them. */
export async function waitForNewest(client: DeskClient, sourceId: string, timestamp: string): Promise<void> {
  const query = { filter: NO_FILTER, sort: NEWEST_FIRST };
  let revision = -1;
  for (;;) {
    const page = await client.call('entries.page', { sourceId, query, page: { offset: 0, limit: ROWS } });
    if (page.rows.length === ROWS && page.rows[0]?.timestamp === timestamp) return;
    revision = await client.waitFor((changes) => {
      const told = changes.get(sourceId)?.revision ?? -1;
      return told > Math.max(revision, page.revision) ? told : null;
    });
  }
}
