/** `audit-desk list`. */
import type { EntryRow, WireNumber } from '../../../shared/contract.ts';
import { type EntryQuery, MAX_PAGE_LIMIT, NO_FILTER, type TermFilter } from '../../../shared/query.ts';
import { formatTimestamp } from '../../../shared/timestamp.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { DeskStorage } from '../../desk/source-storage.ts';
import { readStoredLines, withoutWhiteEnd } from '../../desk/stored-lines.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { withCatalog } from './opened-source.ts';
import { type Column, TextTable } from './text-table.ts';
import { parseRange } from './time-arguments.ts';
import { reportUnreadable } from './unreadable-report.ts';

export interface ListOptions {
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly provider?: string;
  readonly model?: string;
  readonly blocked?: boolean;
  readonly json?: boolean;
}

const COLUMNS: readonly Column<EntryRow>[] = [
  { title: 'TIME (UTC)', width: 26, of: (row) => formatTimestamp(row.epochUs) },
  { title: 'STATUS', width: 7, of: (row) => (row.safety_passed ? 'passed' : 'blocked') },
  { title: 'PROVIDER', width: 12, of: (row) => row.provider ?? '-' },
  { title: 'MODEL', width: 20, of: (row) => row.model ?? '-' },
  { title: 'LATENCY', width: 10, right: true, of: (row) => milliseconds(row.latency_ms) },
  { title: 'TOKENS', width: 11, right: true, of: (row) => `${row.input_tokens ?? '-'}/${row.output_tokens ?? '-'}` },
  { title: 'ID', width: 36, of: (row) => row.id },
];

/** Prints entries by time, oldest first; as JSON one array of them as they are stored. */
export async function listCommand(context: CommandContext, source: string, options: ListOptions): Promise<ExitCode> {
  const query = queryOf(options);
  return await withCatalog(context, source, async (catalog, storage) => {
    const pages = rowPages(catalog, query, options.limit ?? Number.POSITIVE_INFINITY);
    if (options.json === true) await printJson(context, storage, pages);
    else await printTable(context, pages);
    return await reportUnreadable(context, catalog);
  });
}

function queryOf(options: ListOptions): EntryQuery {
  const terms: TermFilter[] = [];
  const keep = (field: TermFilter['field'], value: string | undefined) => {
    if (value !== undefined) terms.push({ field, values: [value], exclude: false });
  };
  keep('provider', options.provider);
  keep('model', options.model);
  keep('status', options.blocked === true ? 'blocked' : undefined);
  const filter = { ...NO_FILTER, range: parseRange(options.from, options.to), terms };
  return { filter, sort: { field: 'timestamp', direction: 'asc' } };
}

async function* rowPages(catalog: Catalog, query: EntryQuery, limit: number): AsyncGenerator<readonly EntryRow[]> {
  for (let offset = 0; offset < limit; offset += MAX_PAGE_LIMIT) {
    const { rows, matching } = await catalog.page(query, { offset, limit: Math.min(MAX_PAGE_LIMIT, limit - offset) });
    if (rows.length > 0) yield rows;
    if (offset + rows.length >= matching || rows.length === 0) return;
  }
}

async function printTable(context: CommandContext, pages: AsyncIterable<readonly EntryRow[]>): Promise<void> {
  const table = new TextTable(COLUMNS);
  let begun = false;
  for await (const rows of pages) {
    if (context.stdout.gone) return;
    if (!begun) await context.stdout.write(table.head());
    begun = true;
    await context.stdout.write(rows.map((row) => table.line(row)).join(''));
  }
  if (!begun) await context.stderr.write('No entries match.\n');
}

/** Streams the stored texts, so that a million entries need no more memory than a thousand. */
async function printJson(
  context: CommandContext,
  storage: DeskStorage,
  pages: AsyncIterable<readonly EntryRow[]>,
): Promise<void> {
  let separator = '[\n';
  for await (const rows of pages) {
    if (context.stdout.gone) return;
    const lines = await readStoredLines(
      storage,
      rows.map((row) => row.ref),
    );
    const parts: Uint8Array[] = [];
    for (const line of lines) {
      parts.push(Buffer.from(separator), withoutWhiteEnd(line));
      separator = ',\n';
    }
    await context.stdout.write(Buffer.concat(parts));
  }
  await context.stdout.write(separator === '[\n' ? '[]\n' : '\n]\n');
}

function milliseconds(latency: WireNumber): string {
  return typeof latency === 'number' ? `${latency.toFixed(0)} ms` : latency;
}
