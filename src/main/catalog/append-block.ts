/** Hands columns over to DuckDB. */

import { setImmediate } from 'node:timers/promises';
import {
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  UUID,
  VARCHAR,
} from '@duckdb/node-api';
import bindings from '@duckdb/node-bindings';
import { type ColumnData, type ColumnKind, columnWidth } from './column-buffers.ts';
import type { EntryBlock } from './entry-columns.ts';

/** Rows of one DuckDB vector. */
const VECTOR_SIZE = 2048;

/** Vectors after which what was appended is written and others are let in: this thread answers queries too. */
const FLUSH_VECTORS = 8;

const TYPES: Readonly<Record<ColumnKind, DuckDBType>> = {
  int32: INTEGER,
  double: DOUBLE,
  boolean: BOOLEAN,
  bits128: UUID,
  text: VARCHAR,
};

/**
 * Appends a block to the table `entries`, numbered from `firstSeq` on. Whole vectors are copied: the wrapper's way of a call and a
 * check a value took 6 s for a million rows, this takes a tenth.
 */
export async function appendBlock(appender: DuckDBAppender, block: EntryBlock, firstSeq: number): Promise<void> {
  const types = [INTEGER, ...block.columns.map((column) => TYPES[column.kind])];
  const seqs = new Int32Array(VECTOR_SIZE);
  const fillers = block.columns.map((column) => (column.kind === 'text' ? new TextFiller(column) : column));
  for (let from = 0; from < block.rows; from += VECTOR_SIZE) {
    const rows = Math.min(VECTOR_SIZE, block.rows - from);
    const chunk = DuckDBDataChunk.create(types, rows);
    for (let row = 0; row < rows; row += 1) seqs[row] = firstSeq + from + row;
    bindings.copy_data_to_vector(vectorOf(chunk, 0), 0, seqs.buffer, 0, rows * 4);
    for (const [index, column] of block.columns.entries()) {
      const vector = vectorOf(chunk, index + 1);
      fillValidity(vector, column, from, rows);
      const filler = fillers[index];
      if (filler instanceof TextFiller) filler.fill(vector, from, rows);
      else if (filler !== undefined) fillFixed(vector, filler, from, rows);
    }
    appender.appendDataChunk(chunk);
    if ((from / VECTOR_SIZE) % FLUSH_VECTORS !== FLUSH_VECTORS - 1) continue;
    appender.flushSync();
    await setImmediate();
  }
}

type TextColumn = Extract<ColumnData, { kind: 'text' }>;
type FixedColumn = Exclude<ColumnData, TextColumn>;
type RawVector = ReturnType<typeof bindings.data_chunk_get_vector>;

function vectorOf(chunk: DuckDBDataChunk, column: number): RawVector {
  return bindings.data_chunk_get_vector(chunk.chunk, column);
}

function fillValidity(vector: RawVector, { valid }: ColumnData, from: number, rows: number): void {
  bindings.vector_ensure_validity_writable(vector);
  // A vector begins at a multiple of 2,048 rows, so its bits begin with a whole word; DuckDB reads whole words of 64.
  bindings.copy_data_to_vector_validity(vector, 0, valid, from >>> 3, Math.ceil(rows / 64) * 8);
}

function fillFixed(vector: RawVector, { kind, data }: FixedColumn, from: number, rows: number): void {
  const width = columnWidth(kind);
  bindings.copy_data_to_vector(vector, 0, data, from * width, rows * width);
}

/** Bytes of DuckDB's `string_t`: a length, then the text, or its beginning and a pointer. */
const STRING_BYTES = 16;

/** Hands over the texts of one column, vector after vector. */
class TextFiller {
  readonly #codes: Int32Array;
  readonly #ends: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #valid: Uint8Array;
  /** Where in the vector the text of a code stands; -1 where it does not yet. */
  readonly #places: Int32Array;
  readonly #placed = new Int32Array(VECTOR_SIZE);

  constructor({ codes, table, valid }: TextColumn) {
    this.#codes = codes;
    this.#ends = table.ends;
    this.#bytes = new Uint8Array(table.bytes);
    this.#valid = new Uint8Array(valid);
    this.#places = new Int32Array(table.ends.length).fill(-1);
  }

  /**
   * Fills a vector. Each distinct text is handed over once; every other row that has it gets a copy of the 16 bytes by which
   * DuckDB knows it, which point into memory of the same vector. A call a row took 1.3 s for a million rows.
   */
  fill(vector: RawVector, from: number, rows: number): void {
    if (this.#ends.length === 0) return;
    const placeOf = new Int32Array(rows).fill(-1);
    let count = 0;
    for (let row = 0; row < rows; row += 1) {
      const at = from + row;
      if (((this.#valid[at >>> 3] as number) & (1 << (at & 7))) === 0) continue;
      const code = this.#codes[at] as number;
      if (this.#places[code] === -1) {
        this.#places[code] = count;
        this.#placed[count] = code;
        this.#assign(vector, count, code);
        count += 1;
      }
      placeOf[row] = this.#places[code] as number;
    }
    for (let place = 0; place < count; place += 1) this.#places[this.#placed[place] as number] = -1;
    if (count > 0) spreadTexts(vector, placeOf, count);
  }

  #assign(vector: RawVector, place: number, code: number): void {
    const start = code === 0 ? 0 : (this.#ends[code - 1] as number);
    bindings.vector_assign_string_element_len(vector, place, this.#bytes.subarray(start, this.#ends[code]));
  }
}

function spreadTexts(vector: RawVector, placeOf: Int32Array, places: number): void {
  const known = bindings.vector_get_data(vector, places * STRING_BYTES).slice();
  const words = new Int32Array(known.buffer, 0, places * 4);
  const spread = new Int32Array(placeOf.length * 4);
  for (let row = 0; row < placeOf.length; row += 1) {
    const place = placeOf[row] as number;
    if (place < 0) continue;
    for (let word = 0; word < 4; word += 1) spread[row * 4 + word] = words[place * 4 + word] as number;
  }
  bindings.copy_data_to_vector(vector, 0, spread.buffer, 0, spread.byteLength);
}
