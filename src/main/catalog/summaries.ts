/** Counts over the index: facets, histogram, days, unreadable lines, and what a cleanup would do. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { Facet, Histogram, HistogramBucket, RetentionDay, RetentionFile } from '../../shared/contract.ts';
import type { UnreadableLine } from '../../shared/coverage.ts';
import type { EntryFilter, Page, TermField } from '../../shared/query.ts';
import { formatDay, US_PER_DAY } from '../../shared/timestamp.ts';
import { compareLogFiles } from '../audit/index.ts';
import { bucketWidth } from './bucket-width.ts';
import type { Database } from './database.ts';
import { filterSql, listOf, termSql } from './filter-sql.ts';
import type { IndexStore } from './index-store.ts';

/** Which values of a field a facet counts. */
export interface FacetChoice {
  readonly limit: number;
  /** Only values that hold this text, ignoring case. */
  readonly contains?: string | undefined;
}

/** Values of one field with their counts. The field's own terms do not narrow them. */
export async function facetOf(
  database: Database,
  filter: EntryFilter,
  field: TermField,
  { limit, contains }: FacetChoice,
): Promise<Facet> {
  const { where, bindings } = filterSql(filter, field);
  const term = termSql(field, 'facet_key');
  const values =
    term.kind === 'list'
      ? `SELECT unnest(list_distinct(${listOf(term.sql)})) AS value FROM entries WHERE ${term.sql} IS NOT NULL AND ${where}
         UNION ALL SELECT NULL AS value FROM entries WHERE ${term.sql} IS NULL AND ${where}`
      : `SELECT ${term.sql} AS value FROM entries WHERE ${where}`;
  const kept = contains === undefined ? '' : 'WHERE contains(lower(value), lower($contains))';
  const rows = await database.rows(
    `SELECT value, count(*) AS entries, count(*) OVER () FROM (${values}) ${kept} GROUP BY value
     ORDER BY entries DESC, value NULLS LAST LIMIT ${limit}`,
    {
      ...bindings,
      ...(term.kind === 'value' ? term.bindings : {}),
      ...(contains === undefined ? {} : { contains }),
    },
  );
  return {
    field,
    values: rows.map((row) => ({ value: row[0] === null ? null : String(row[0]), count: Number(row[1]) })),
    distinct: Number(rows[0]?.[2] ?? 0),
  };
}

/** Passed and blocked entries over time, in buckets of a width people know, at most `most` of them. */
export async function histogramOf(
  database: Database,
  filter: EntryFilter,
  most: number,
): Promise<Omit<Histogram, 'coverage'>> {
  const { where, bindings } = filterSql(filter);
  const { fromUs, toUs } = filter.range;
  const [extent] = await database.rows(`SELECT min(epoch_us), max(epoch_us) FROM entries WHERE ${where}`, bindings);
  const first = fromUs ?? numberOrNull(extent?.[0]);
  const last = toUs ?? numberOrNull(extent?.[1]);
  if (first === null || last === null || first > last) return { bucketUs: US_PER_DAY, buckets: [] };
  const bucketUs = bucketWidth(first, last, most);
  const rows = await database.rows(
    `SELECT floor(epoch_us / $width) AS bucket, count(*) FILTER (WHERE NOT blocked), count(*) FILTER (WHERE blocked)
     FROM entries WHERE ${where} GROUP BY bucket`,
    { ...bindings, width: bucketUs },
  );
  const counts = new Map(rows.map((row) => [Number(row[0]), row]));
  const buckets: HistogramBucket[] = [];
  for (let bucket = Math.floor(first / bucketUs); bucket <= Math.floor(last / bucketUs); bucket += 1) {
    const row = counts.get(bucket);
    buckets.push({ startUs: bucket * bucketUs, passed: Number(row?.[1] ?? 0), blocked: Number(row?.[2] ?? 0) });
  }
  return { bucketUs, buckets };
}

/** Days (UTC) that have entries, oldest first. */
export async function daysOf(database: Database, upToUs: number | null): Promise<readonly RetentionDay[]> {
  const where = upToUs === null ? 'true' : 'epoch_us <= $up_to';
  const rows = await database.rows(
    `SELECT floor(epoch_us / ${US_PER_DAY}) AS day, count(*) FROM entries WHERE ${where} GROUP BY day ORDER BY day`,
    upToUs === null ? {} : { up_to: upToUs },
  );
  return rows.map((row) => ({ day: formatDay(Number(row[0]) * US_PER_DAY), entries: Number(row[1]) }));
}

/** Lines that could not be read, in the order of files and lines. */
export async function unreadableOf(
  database: Database,
  store: IndexStore,
  page: Page,
): Promise<{ readonly lines: readonly UnreadableLine[]; readonly total: number }> {
  const rows = await database.rows('SELECT file, byte_offset, byte_length, line, reason FROM unreadable');
  const lines = rows.flatMap((row) => toUnreadableLine(row, store));
  lines.sort((first, second) => compareLogFiles(first.file, second.file) || first.byteOffset - second.byteOffset);
  return { lines: lines.slice(page.offset, page.offset + page.limit), total: lines.length };
}

/** What a cleanup up to and including a moment would do to each file. */
export async function filesToClean(
  database: Database,
  store: IndexStore,
  cutoffUs: number,
): Promise<readonly RetentionFile[]> {
  const rows = await database.rows('SELECT file, count(*) FROM entries WHERE epoch_us <= $cutoff GROUP BY file', {
    cutoff: cutoffUs,
  });
  const files = rows.flatMap((row): RetentionFile[] => {
    const file = store.file(Number(row[0]));
    if (file === undefined) return [];
    const removed = Number(row[1]);
    const kept = file.entries - removed;
    const { unreadable } = file;
    const outcome = kept === 0 && unreadable === 0 ? 'removed' : 'rewritten';
    return [{ file: file.name, removed, kept, unreadable, outcome, bytes: file.size }];
  });
  return files.sort((first, second) => compareLogFiles(first.file, second.file));
}

function toUnreadableLine(row: readonly DuckDBValue[], store: IndexStore): UnreadableLine[] {
  const file = store.file(Number(row[0]));
  if (file === undefined) return [];
  return [
    {
      file: file.name,
      byteOffset: Number(row[1]),
      byteLength: Number(row[2]),
      line: numberOrNull(row[3]),
      reason: String(row[4]),
    },
  ];
}

function numberOrNull(value: DuckDBValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
