/** Counts over the index: days, unreadable lines, and what a cleanup would do. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { RetentionDay, RetentionFile } from '../../shared/contract.ts';
import type { UnreadableLine } from '../../shared/coverage.ts';
import type { Page } from '../../shared/query.ts';
import { formatDay, US_PER_DAY } from '../../shared/timestamp.ts';
import { compareLogFiles } from '../audit/index.ts';
import type { Database } from './database.ts';
import type { IndexStore } from './index-store.ts';

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
