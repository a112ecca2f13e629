/** Columns of a batch in the form DuckDB keeps them in, so that a column is handed over with one copy and no call a value. */
import type { TextHeap } from './text-heap.ts';

/**
 * How a column is kept. `bits128` takes 16 bytes a row, in the byte order DuckDB has for UUIDs; `text` takes two numbers of 32 bits:
 * where in the batch's heap of texts it begins, and its length in bytes.
 */
export type ColumnKind = 'int32' | 'double' | 'boolean' | 'bits128' | 'text';

/** Bytes a row. */
const WIDTHS: Readonly<Record<ColumnKind, number>> = { int32: 4, double: 8, boolean: 1, bits128: 16, text: 8 };

/** Rows whose validity bits make a word, which DuckDB reads whole. */
const WORD_ROWS = 64;

/** A column as it crosses between threads. Bit n of `valid` is 1 where row n holds a value. */
export interface ColumnData {
  readonly kind: ColumnKind;
  readonly data: ArrayBuffer;
  readonly valid: ArrayBuffer;
}

/** Where in a memory a column lies. */
export interface ColumnPlace {
  readonly data: number;
  readonly valid: number;
}

/** One column of so many rows at a place of a memory. A row that is not set is null. */
export class ColumnBuffer {
  readonly #kind: ColumnKind;
  readonly #heap: TextHeap;
  readonly #valid: Uint8Array<ArrayBuffer>;
  readonly #int32: Int32Array<ArrayBuffer>;
  readonly #double: Float64Array<ArrayBuffer>;
  readonly #bytes: Uint8Array<ArrayBuffer>;

  /** `heap` takes the texts of all columns of a batch. Rows that were there are gone. */
  constructor(kind: ColumnKind, memory: ArrayBuffer, place: ColumnPlace, capacity: number, heap: TextHeap) {
    const bytes = capacity * WIDTHS[kind];
    this.#kind = kind;
    this.#heap = heap;
    this.#valid = new Uint8Array(memory, place.valid, validBytes(capacity)).fill(0);
    this.#bytes = new Uint8Array(memory, place.data, bytes);
    this.#int32 = new Int32Array(memory, place.data, kind === 'int32' || kind === 'text' ? bytes / 4 : 0);
    this.#double = new Float64Array(memory, place.data, kind === 'double' ? capacity : 0);
  }

  setNumber(row: number, value: number): void {
    this.#mark(row);
    if (this.#kind === 'int32') this.#int32[row] = value;
    else this.#double[row] = value;
  }

  setBoolean(row: number, value: boolean): void {
    this.#mark(row);
    this.#bytes[row] = value ? 1 : 0;
  }

  setText(row: number, value: string): void {
    this.#mark(row);
    const bytes = Buffer.from(value, 'utf8');
    this.#int32[row * 2] = this.#heap.add(bytes);
    this.#int32[row * 2 + 1] = bytes.length;
  }

  /** Sets 128 bits from 32 hexadecimal digits in lower case that begin at `at`; hyphens are passed over. */
  setHex(row: number, text: string, at: number): void {
    this.#mark(row);
    const bytes = this.#bytes;
    const end = row * 16 + 15;
    let from = at;
    for (let byte = 0; byte < 16; byte += 1) {
      let code = text.charCodeAt(from);
      if (code === HYPHEN) {
        from += 1;
        code = text.charCodeAt(from);
      }
      bytes[end - byte] = ((DIGITS[code] as number) << 4) | (DIGITS[text.charCodeAt(from + 1)] as number);
      from += 2;
    }
    // DuckDB keeps a UUID as a signed number with its highest bit turned, so that numbers sort as texts do.
    bytes[end] = (bytes[end] as number) ^ 0x80;
  }

  /** A copy of the first rows; all of the column is null then. */
  take(rows: number): ColumnData {
    const { buffer, byteOffset } = this.#bytes;
    const data = buffer.slice(byteOffset, byteOffset + rows * WIDTHS[this.#kind]);
    const valid = buffer.slice(this.#valid.byteOffset, this.#valid.byteOffset + validBytes(rows));
    this.#valid.fill(0, 0, validBytes(rows));
    return { kind: this.#kind, data, valid };
  }

  #mark(row: number): void {
    const byte = row >>> 3;
    this.#valid[byte] = (this.#valid[byte] as number) | (1 << (row & 7));
  }
}

/** Bytes a row of a column takes. */
export function columnWidth(kind: ColumnKind): number {
  return WIDTHS[kind];
}

/** Bytes of validity bits for so many rows. */
export function validBytes(rows: number): number {
  return Math.ceil(rows / WORD_ROWS) * (WORD_ROWS / 8);
}

const HYPHEN = 0x2d;

/** Value of a hexadecimal digit in lower case by its character's code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);
