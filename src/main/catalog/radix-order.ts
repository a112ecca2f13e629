/** Sorts row numbers by numbers without comparing them: a million rows in a few passes, and ties keep the order they came in. */

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const NONE = 0xffffffff;
const SIGN = 0x80000000;

/** Keys of rows, as 64 bits each that sort as the numbers do; NaN is the greatest number, and a row without a key goes last. */
export class RowKeys {
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #number = new Float64Array(1);
  readonly #words = new Uint32Array(this.#number.buffer);

  /** Keys for the row numbers below `length`; none is set. */
  constructor(length: number) {
    this.#high = new Uint32Array(length).fill(NONE);
    this.#low = new Uint32Array(length).fill(NONE);
  }

  set(row: number, key: number): void {
    // Adding 0 makes the two zeros one.
    this.#number[0] = Number.isNaN(key) ? Number.NaN : key + 0;
    const low = this.#words[0] as number;
    const high = this.#words[1] as number;
    const isNegative = high >= SIGN;
    this.#high[row] = isNegative ? ~high : high + SIGN;
    this.#low[row] = isNegative ? ~low : low;
  }

  has(row: number): boolean {
    return this.#high[row] !== NONE || this.#low[row] !== NONE;
  }

  isSame(row: number, other: number): boolean {
    return this.#high[row] === this.#high[other] && this.#low[row] === this.#low[other];
  }

  /** The rows given, smallest key first. */
  sorted(rows: Int32Array): Int32Array {
    let from = rows;
    for (const words of [this.#low, this.#high]) {
      for (const shift of [0, DIGIT_BITS]) from = pass(from, words, shift);
    }
    return from;
  }
}

/** One stable pass by 16 bits; the rows as they are where all have the same. */
function pass(rows: Int32Array, words: Uint32Array, shift: number): Int32Array {
  const starts = new Uint32Array(DIGITS + 1);
  for (const row of rows) {
    const next = (((words[row] as number) >>> shift) & (DIGITS - 1)) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  const [first = 0] = rows;
  if (starts[(((words[first] as number) >>> shift) & (DIGITS - 1)) + 1] === rows.length) return rows;
  for (let digit = 1; digit <= DIGITS; digit += 1)
    starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  const sorted = new Int32Array(rows.length);
  for (const row of rows) {
    const digit = ((words[row] as number) >>> shift) & (DIGITS - 1);
    const at = starts[digit] as number;
    sorted[at] = row;
    starts[digit] = at + 1;
  }
  return sorted;
}
