/** Columns of a batch in the form DuckDB keeps them in, so that a column is handed over with one copy and no call a value. */

/** How a column is kept. `bits128` takes 16 bytes a row, in the byte order DuckDB has for UUIDs. */
export type ColumnKind = 'int32' | 'double' | 'boolean' | 'bits128' | 'text';

/** Bytes a row; texts are kept as texts. */
const WIDTHS: Readonly<Record<Exclude<ColumnKind, 'text'>, number>> = { int32: 4, double: 8, boolean: 1, bits128: 16 };

/** A column as it crosses between threads. Bit n of `valid` is 1 where row n holds a value. */
export type ColumnData =
  /** Only texts that are there, and the rows they are of: most columns of texts are null nearly everywhere. */
  | {
      readonly kind: 'text';
      readonly texts: readonly string[];
      readonly rows: Int32Array<ArrayBuffer>;
      readonly valid: ArrayBuffer;
    }
  | { readonly kind: Exclude<ColumnKind, 'text'>; readonly data: ArrayBuffer; readonly valid: ArrayBuffer };

/** One column that grows. A row that is not set is null. */
export class ColumnBuffer {
  readonly #kind: ColumnKind;
  #capacity: number;
  #valid: Uint8Array<ArrayBuffer>;
  #int32: Int32Array<ArrayBuffer> = new Int32Array(0);
  #double: Float64Array<ArrayBuffer> = new Float64Array(0);
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  readonly #texts: string[] = [];
  readonly #textRows: number[] = [];

  constructor(kind: ColumnKind, capacity: number) {
    this.#kind = kind;
    this.#capacity = capacity;
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

  /** Rows must come in order. */
  setText(row: number, value: string): void {
    this.#mark(row);
    this.#texts.push(value);
    this.#textRows.push(row);
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

  /** Makes room for a row. */
  reserve(row: number): void {
    if (row < this.#capacity) return;
    this.#capacity *= 2;
    const valid = new Uint8Array(this.#capacity >>> 3);
    valid.set(this.#valid);
    this.#valid = valid;
    this.#allocate(this.#capacity);
  }

  /** The column, handed over and not copied: nothing may be added afterwards. */
  data(): ColumnData {
    const { buffer: valid } = this.#valid;
    if (this.#kind === 'text')
      return { kind: 'text', texts: this.#texts, rows: Int32Array.from(this.#textRows), valid };
    const { buffer } = this.#kind === 'int32' ? this.#int32 : this.#kind === 'double' ? this.#double : this.#bytes;
    return { kind: this.#kind, data: buffer, valid };
  }

  #mark(row: number): void {
    const byte = row >>> 3;
    this.#valid[byte] = (this.#valid[byte] as number) | (1 << (row & 7));
  }

  #allocate(capacity: number): void {
    if (this.#kind === 'text') return;
    if (this.#kind === 'int32') this.#int32 = grown(this.#int32, new Int32Array(capacity));
    else if (this.#kind === 'double') this.#double = grown(this.#double, new Float64Array(capacity));
    else this.#bytes = grown(this.#bytes, new Uint8Array(capacity * WIDTHS[this.#kind]));
  }
}

/** Bytes a row of a column takes. */
export function columnWidth(kind: Exclude<ColumnKind, 'text'>): number {
  return WIDTHS[kind];
}

const HYPHEN = 0x2d;

/** Value of a hexadecimal digit in lower case by its character's code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);

function grown<Values extends Int32Array | Float64Array | Uint8Array>(before: Values, after: Values): Values {
  after.set(before);
  return after;
}
