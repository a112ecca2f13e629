/** Rows of the index as the window gets them. */
import { type DuckDBValue, listValue } from '@duckdb/node-api';
import type { EntryRef, EntryRow, WireNumber } from '../../shared/contract.ts';
import { formatTimestamp } from '../../shared/timestamp.ts';
import { contentKind } from '../audit/index.ts';
import { CONTENT_KINDS } from './content-kinds.ts';
import type { Database } from './database.ts';
import type { DuplicateIds } from './duplicate-ids.ts';
import { isUuid, storable } from './entry-columns.ts';
import type { IndexStore } from './index-store.ts';
import type { ReadEntry, SourceRows } from './source-rows.ts';

const COLUMNS = `seq, file, byte_offset, byte_length, epoch_us, timestamp_text, coalesce(id_text, id::VARCHAR), provider, model, conversation_id, blocked,
  detectors, block_reason, alerts, latency_ms, input_tokens, input_tokens_text, output_tokens, output_tokens_text, input_kind,
  output_kind`;

/** What rows are taken from. */
export interface RowSources {
  readonly database: Database;
  readonly store: IndexStore;
  readonly duplicates: DuplicateIds;
  /** Lines of the source, where it is a folder. */
  readonly lines: SourceRows | null;
}

/** A row before it is known whether another entry has its id. */
type FoundRow = Omit<EntryRow, 'duplicateId'>;

/** Rows with these numbers, in this order. Numbers that are no longer there are left out. */
export async function rowsOf(sources: RowSources, seqs: ArrayLike<number>): Promise<EntryRow[]> {
  if (seqs.length === 0) return [];
  const { database, store, duplicates, lines } = sources;
  const read = (await lines?.read(seqs)) ?? [];
  const found = Array.from(seqs, (seq, index) => rowOfLine(store, seq, read[index] ?? null));
  const missing = Array.from(seqs).filter((_, index) => found[index] === null);
  const asked = await askRows(database, store, missing);
  const rows = Array.from(seqs, (seq, index) => found[index] ?? asked.get(seq) ?? null).filter((row) => row !== null);
  const twice = duplicates.now() ?? (await duplicatedIds(database, [...new Set(rows.map(({ id }) => id))]));
  return rows.map((row) => ({ ...row, duplicateId: twice.has(row.id) }));
}

function rowOfLine(store: IndexStore, seq: number, entry: ReadEntry | null): FoundRow | null {
  const file = store.file(store.order.fileOf(seq));
  if (entry === null || file === undefined) return null;
  const id = storable(entry.id);
  return {
    ref: {
      file: file.name,
      byteOffset: store.places.byteOffsetOf(seq),
      byteLength: store.places.byteLengthOf(seq),
      id,
    },
    id,
    timestamp: storable(entry.timestamp),
    epochUs: store.order.epochUsOf(seq),
    provider: storableOrNull(entry.provider),
    model: storableOrNull(entry.model),
    conversation_id: storableOrNull(entry.conversation_id),
    safety_passed: entry.safety_passed,
    detectors_triggered: entry.detectors_triggered.map(storable),
    block_reason: storableOrNull(entry.block_reason),
    alerts: entry.alerts.map(storable),
    latency_ms: wireNumberOf(entry.latency_ms) ?? 0,
    input_tokens: wireNumberOf(entry.input_tokens),
    output_tokens: wireNumberOf(entry.output_tokens),
    inputKind: contentKind(entry.input_content),
    outputKind: contentKind(entry.output_content),
  };
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}

function wireNumberOf(number: number | bigint | null): WireNumber | null {
  if (number === null) return null;
  return typeof number === 'number' && Number.isFinite(number) ? number : String(number);
}

/** Rows by their numbers, as DuckDB has them. */
async function askRows(
  database: Database,
  store: IndexStore,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, FoundRow>> {
  const rows = new Map<number, FoundRow>();
  if (seqs.length === 0) return rows;
  // Numbers come from the index itself, so they may stand in the text: DuckDB prunes by constants, not by parameters.
  for (const row of await database.rows(`SELECT ${COLUMNS} FROM entries WHERE seq IN (${seqs.join(', ')})`)) {
    const file = store.file(Number(row[1]));
    if (file !== undefined) rows.set(Number(row[0]), foundRow(row, file.name));
  }
  return rows;
}

/** Those of some ids that more than one entry has. */
async function duplicatedIds(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const twice = new Set<string>();
  for (const column of ['id', 'id_text'] as const) {
    const wanted = ids.filter((id) => idColumn(id) === column);
    if (wanted.length === 0) continue;
    const type = column === 'id' ? 'UUID' : 'VARCHAR';
    const rows = await database.rows(
      `SELECT ${column}::VARCHAR FROM entries WHERE ${column} IN (SELECT unnest($ids::VARCHAR[])::${type})
       GROUP BY ${column} HAVING count(*) > 1`,
      { ids: listValue(wanted) },
    );
    for (const row of rows) twice.add(String(row[0]));
  }
  return twice;
}

function foundRow(row: readonly DuckDBValue[], file: string): FoundRow {
  const id = String(row[6]);
  const epochUs = Number(row[4]);
  return {
    ref: { file, byteOffset: Number(row[2]), byteLength: Number(row[3]), id },
    id,
    timestamp: textOrNull(row[5]) ?? formatTimestamp(epochUs),
    epochUs,
    provider: textOrNull(row[7]),
    model: textOrNull(row[8]),
    conversation_id: textOrNull(row[9]),
    safety_passed: row[10] !== true,
    detectors_triggered: textsOf(row[11]),
    block_reason: textOrNull(row[12]),
    alerts: textsOf(row[13]),
    latency_ms: wireNumber(row[14], null) ?? 0,
    input_tokens: wireNumber(row[15], row[16]),
    output_tokens: wireNumber(row[17], row[18]),
    inputKind: CONTENT_KINDS[Number(row[19])] ?? 'none',
    outputKind: CONTENT_KINDS[Number(row[20])] ?? 'none',
  };
}

function textOrNull(value: DuckDBValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: DuckDBValue | undefined): readonly string[] {
  return typeof value === 'string' ? (JSON.parse(value) as string[]) : [];
}

function wireNumber(value: DuckDBValue | undefined, digits: DuckDBValue | undefined): WireNumber | null {
  if (typeof digits === 'string') return digits;
  if (typeof value !== 'number') return null;
  return Number.isFinite(value) ? value : String(value);
}

/** Numbers of the rows with this id, oldest written first. */
export async function seqsWithId(database: Database, id: string): Promise<readonly number[]> {
  const rows = await database.rows(`SELECT seq FROM entries WHERE ${idEquals(id)} ORDER BY epoch_us, seq`, { id });
  return rows.map((row) => Number(row[0]));
}

/** Number of the row that lies where a reference says and has its id; null where there is none. */
export async function seqOf(database: Database, store: IndexStore, ref: EntryRef): Promise<number | null> {
  const file = store.fileNamed(ref.file);
  if (file === undefined) return null;
  const rows = await database.rows(
    `SELECT seq FROM entries WHERE file = $file AND byte_offset = $byte_offset AND ${idEquals(ref.id)}`,
    { file: file.file, byte_offset: ref.byteOffset, id: ref.id },
  );
  return rows[0] === undefined ? null : Number(rows[0][0]);
}

/** The column that an id is kept in. */
function idColumn(id: string): 'id' | 'id_text' {
  return isUuid(id) ? 'id' : 'id_text';
}

function idEquals(id: string): string {
  return isUuid(id) ? 'id = $id::UUID' : 'id_text = $id';
}
