/** Stored lines for tests of the catalog, and how a view of it is read. */
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';

/** A stored line: the four required fields, and what else is given. */
export function lineOf(id: string, timestamp: string, more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ id, timestamp, input_hash: 'a'.repeat(64), output_hash: 'b'.repeat(64), ...more });
}

/** Lines `PREFIX-0` … a second apart, each with its end. */
export function linesOf(prefix: string, count: number, startS = 0): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const timestamp = new Date((Date.UTC(2026, 0, 1) / 1000 + startS + index) * 1000).toISOString().slice(0, 19);
    return `${lineOf(`${prefix}-${index}`, timestamp)}\n`;
  });
  return lines.join('');
}

/** Ids of everything that is indexed, oldest first. */
export async function allIds(catalog: Catalog): Promise<string[]> {
  const query = { filter: NO_FILTER, sort: { field: 'timestamp', direction: 'asc' } } as const;
  const page = await catalog.page(query, { offset: 0, limit: 1000 });
  return page.rows.map((row) => row.id);
}
