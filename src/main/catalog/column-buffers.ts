/** Columns of a batch in the form DuckDB keeps them in, so that a column is handed over with one copy and no call a value. */
import type { TextHeap } from './text-heap.ts';

/**
 * How a column is kept. `bits128` takes 16 bytes a row, in the byte order DuckDB has for UUIDs; `text` takes two numbers of 32 bits:
 * where in the batch's heap of texts it begins, and its length in bytes.
 */
export type ColumnKind = 'int32' | 'double' | 'boolean' | 'bits128' | 'text';

/** Bytes a row. */
const WIDTHS: Readonly<Record<ColumnKind, number>> = { int32: 4, double: 8, boolean: 1, bits128: 16, text: 8 };

/** A column as it crosses between threads. Bit n of `valid` is 1 where row n holds a value. */
export interface ColumnData {
  readonly kind: ColumnKind;
  readonly data: ArrayBuffer;
  readonly valid: ArrayBuffer;
}

/** One column that grows. A row that is not set is null. */
export class ColumnBuffer {
  readonly #kind: ColumnKind;
  readonly #heap: TextHeap;
  #valid: Uint8Array<ArrayBuffer>;
  #int32: Int32Array<ArrayBuffer> = new Int32Array(0);
  #double: Float64Array<ArrayBuffer> = new Float64Array(0);
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  /** `heap` takes the texts of all columns of a batch. */
  constructor(kind: ColumnKind, capacity: number, heap: TextHeap) {
    this.#kind = kind;
    this.#heap = heap;
    this.#valid = new Uint8Array(capacity >>> 3);
    this.#allocate(capacity);
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
    const bytes = Buffer.from(value, 'utf8');
    this.setTextBytes(row, bytes, 0, bytes.length);
  }

  /** Sets a text from its UTF-8. */
  setTextBytes(row: number, bytes: Uint8Array, from: number, to: number): void {
    this.#mark(row);
    this.#int32[row * 2] = this.#heap.add(bytes, from, to);
    this.#int32[row * 2 + 1] = to - from;
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
    this.#turnSign(end);
  }

  /** As {@link setHex} from `length` bytes; false, and nothing set, where they are not 32 such digits and hyphens between pairs. */
  setHexBytes(row: number, digits: Uint8Array, at: number, length: number): boolean {
    const bytes = this.#bytes;
    const end = row * 16 + 15;
    let from = at;
    for (let byte = 0; byte < 16; byte += 1) {
      if (digits[from] === HYPHEN) from += 1;
      const value = (HEX[digits[from] as number] as number) * 16 + (HEX[digits[from + 1] as number] as number);
      if (!(value < 256)) return false;
      bytes[end - byte] = value;
      from += 2;
    }
    if (from !== at + length) return false;
    this.#mark(row);
    this.#turnSign(end);
    return true;
  }

  #turnSign(end: number): void {
    const bytes = this.#bytes;
    // DuckDB keeps a UUID as a signed number with its highest bit turned, so that numbers sort as texts do.
    bytes[end] = (bytes[end] as number) ^ 0x80;
  }

  /** Makes a row null again. */
  unset(row: number): void {
    const byte = row >>> 3;
    this.#valid[byte] = (this.#valid[byte] as number) & ~(1 << (row & 7));
  }

  /** Makes room for so many rows. */
  reserve(capacity: number): void {
    this.#valid = grown(this.#valid, new Uint8Array(capacity >>> 3));
    this.#allocate(capacity);
  }

  /** The column, handed over and not copied: nothing may be added afterwards. */
  data(): ColumnData {
    const kind = this.#kind;
    const { buffer } =
      kind === 'double' ? this.#double : kind === 'int32' || kind === 'text' ? this.#int32 : this.#bytes;
    return { kind, data: buffer, valid: this.#valid.buffer };
  }

  #mark(row: number): void {
    const byte = row >>> 3;
    this.#valid[byte] = (this.#valid[byte] as number) | (1 << (row & 7));
  }

  #allocate(capacity: number): void {
    if (this.#kind === 'double') this.#double = grown(this.#double, new Float64Array(capacity));
    else if (this.#kind === 'int32') this.#int32 = grown(this.#int32, new Int32Array(capacity));
    else if (this.#kind === 'text') this.#int32 = grown(this.#int32, new Int32Array(capacity * 2));
    else this.#bytes = grown(this.#bytes, new Uint8Array(capacity * WIDTHS[this.#kind]));
  }
}

/** Bytes a row of a column takes. */
export function columnWidth(kind: ColumnKind): number {
  return WIDTHS[kind];
}

const HYPHEN = 0x2d;

/** Value of a hexadecimal digit in lower case by its character's code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);

/** Value of a hexadecimal digit in lower case; 256 for any other byte. */
const HEX = Uint16Array.from({ length: 256 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code));
  return value < 0 ? 256 : value;
});

function grown<Values extends Int32Array | Float64Array | Uint8Array>(before: Values, after: Values): Values {
  after.set(before);
  return after;
}
