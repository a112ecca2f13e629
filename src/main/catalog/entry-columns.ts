/** A batch of entries as columns, on its way into the table `entries`. */
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from '@duckdb/node-api';
import { formatTimestamp } from '../../shared/timestamp.ts';
import { type AuditEntry, contentKind, tokenTime } from '../audit/index.ts';
import { CONTENT_KINDS } from './filter-sql.ts';

/** Rows of one DuckDB vector. */
const VECTOR_SIZE = 2048;

const TEXTS = LIST(VARCHAR);
const NO_TEXTS = listValue([]);

/** Columns of the table `entries` in its order. */
const COLUMN_TYPES = [
  INTEGER, // seq
  INTEGER, // file
  DOUBLE, // byte_offset
  DOUBLE, // byte_length
  DOUBLE, // epoch_us
  VARCHAR, // timestamp_text
  VARCHAR, // id
  VARCHAR, // input_hash
  VARCHAR, // output_hash
  VARCHAR, // provider
  VARCHAR, // model
  VARCHAR, // conversation_id
  BOOLEAN, // blocked
  TEXTS, // detectors
  VARCHAR, // block_reason
  TEXTS, // alerts
  DOUBLE, // latency_ms
  DOUBLE, // input_tokens
  VARCHAR, // input_tokens_text
  DOUBLE, // output_tokens
  VARCHAR, // output_tokens_text
  INTEGER, // input_kind
  DOUBLE, // input_length
  DOUBLE, // input_token_time
  INTEGER, // output_kind
  DOUBLE, // output_length
  DOUBLE, // output_token_time
  VARCHAR, // metadata
] as const satisfies readonly DuckDBType[];

/** An entry with all that the index keeps of it. */
export interface IndexedEntry {
  readonly entry: AuditEntry;
  readonly epochUs: number;
  readonly file: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** See metadata-text.ts. */
  readonly metadata: string;
}

/** Entries, column by column. */
export class EntryColumns {
  readonly #columns: DuckDBValue[][] = COLUMN_TYPES.map(() => []);
  readonly #epochUs: number[] = [];
  readonly #files: number[] = [];

  get length(): number {
    return this.#epochUs.length;
  }

  /** Times of the rows in microseconds since the epoch, in the order added. */
  epochUs(): Float64Array {
    return Float64Array.from(this.#epochUs);
  }

  /** Numbers of the rows' files, in the order added. */
  files(): Int32Array {
    return Int32Array.from(this.#files);
  }

  add(indexed: IndexedEntry): void {
    const { entry, epochUs } = indexed;
    const values: DuckDBValue[] = [
      null,
      indexed.file,
      indexed.byteOffset,
      indexed.byteLength,
      epochUs,
      formatTimestamp(epochUs) === entry.timestamp ? null : storable(entry.timestamp),
      storable(entry.id),
      storable(entry.input_hash),
      storable(entry.output_hash),
      storableOrNull(entry.provider),
      storableOrNull(entry.model),
      storableOrNull(entry.conversation_id),
      !entry.safety_passed,
      texts(entry.detectors_triggered),
      storableOrNull(entry.block_reason),
      texts(entry.alerts),
      entry.latency_ms,
      ...count(entry.input_tokens),
      ...count(entry.output_tokens),
      ...contentColumns(entry.input_content),
      ...contentColumns(entry.output_content),
      indexed.metadata,
    ];
    for (let column = 0; column < values.length; column += 1)
      this.#columns[column]?.push(values[column] as DuckDBValue);
    this.#epochUs.push(epochUs);
    this.#files.push(indexed.file);
  }

  /** Appends all rows, numbered from `firstSeq` on. */
  appendTo(appender: DuckDBAppender, firstSeq: number): void {
    for (let from = 0; from < this.length; from += VECTOR_SIZE) {
      const rows = Math.min(VECTOR_SIZE, this.length - from);
      const chunk = DuckDBDataChunk.create(COLUMN_TYPES, rows);
      chunk.setColumnValues(
        0,
        Array.from({ length: rows }, (_, row) => firstSeq + from + row),
      );
      for (let column = 1; column < COLUMN_TYPES.length; column += 1) {
        chunk.setColumnValues(column, (this.#columns[column] as DuckDBValue[]).slice(from, from + rows));
      }
      appender.appendDataChunk(chunk);
    }
  }
}

/** DuckDB keeps UTF-8: half a surrogate pair has none. The index shows U+FFFD for it; the source keeps the truth. */
function storable(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storable(text);
}

function texts(list: readonly string[]): DuckDBValue {
  return list.length === 0 ? NO_TEXTS : listValue(list.map(storable));
}

/** A count as a number to compare with, and its digits where the number cannot hold them. */
function count(value: number | bigint | null): readonly [number | null, string | null] {
  return typeof value === 'bigint' ? [Number(value), String(value)] : [value, null];
}

function contentColumns(content: string | null): readonly [number, number | null, number | null] {
  if (content === null) return [0, null, null];
  const kind = contentKind(content);
  return [CONTENT_KINDS.indexOf(kind), Buffer.byteLength(content), kind === 'encrypted' ? tokenTime(content) : null];
}
