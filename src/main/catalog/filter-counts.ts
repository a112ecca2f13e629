/** Counts that are asked for beside a view: of other filters, of a hash, of the metadata's keys. */
import type { EntryFilter } from '../../shared/query.ts';
import type { HashMatches, MetadataKey } from '../../shared/summaries.ts';
import type { Database } from './database.ts';
import { filterSql, hashIs } from './filter-sql.ts';

/** How many entries match a filter. */
export async function countOf(database: Database, filter: EntryFilter): Promise<number> {
  const { where, bindings } = filterSql(filter);
  const [row] = await database.rows(`SELECT count(*) FROM entries WHERE ${where}`, bindings);
  return Number(row?.[0] ?? 0);
}

/** Entries within a filter that have a hash (64 lower-case hex digits) as that of their input or their output. */
export async function hashMatchesOf(database: Database, filter: EntryFilter, hash: string): Promise<HashMatches> {
  const { where, bindings } = filterSql({ ...filter, contentHash: hash });
  const [row] = await database.rows(
    `SELECT count(*), count(*) FILTER (WHERE ${hashIs('input_hash')}), count(*) FILTER (WHERE ${hashIs('output_hash')})
     FROM entries WHERE ${where}`,
    bindings,
  );
  const [entries = 0, asInput = 0, asOutput = 0] = (row ?? []).map(Number);
  return { entries, asInput, asOutput };
}

/** Top-level keys of the metadata, the most frequent first. */
export async function metadataKeysOf(database: Database, limit: number): Promise<readonly MetadataKey[]> {
  const rows = await database.rows(
    `SELECT key, count(*) AS entries
     FROM (SELECT unnest(json_keys(metadata)) AS key FROM entries WHERE metadata <> '{}')
     GROUP BY key ORDER BY entries DESC, key LIMIT ${limit}`,
  );
  return rows.map((row) => ({ key: String(row[0]), entries: Number(row[1]) }));
}
