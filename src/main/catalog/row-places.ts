/**
 * Where the line of every row lies in its file, by row number: a page of rows is read there without asking DuckDB. Of an index that is
 * opened again they are known a little later than the rows are.
 */
import { grownTo } from './typed-arrays.ts';

export class RowPlaces {
  #byteOffset = new Float64Array(1024);
  #byteLength = new Int32Array(1024);
  #length = 0;

  /** Adds rows; their numbers follow on those added before. */
  append(byteOffset: Float64Array, byteLength: Float64Array): void {
    const end = this.#length + byteOffset.length;
    this.#reserve(end);
    this.#byteOffset.set(byteOffset, this.#length);
    this.#byteLength.set(byteLength, this.#length);
    this.#length = end;
  }

  /** Leaves room for rows that were indexed before; where they lie is not known until {@link know}. */
  skip(rows: number): void {
    this.#length += rows;
    this.#reserve(this.#length);
  }

  /** Says where rows lie that were indexed before, by their numbers. */
  know(seqs: Int32Array, byteOffset: Float64Array, byteLength: Float64Array): void {
    for (let index = 0; index < seqs.length; index += 1) {
      const seq = seqs[index] as number;
      this.#byteOffset[seq] = byteOffset[index] as number;
      this.#byteLength[seq] = byteLength[index] as number;
    }
  }

  byteOffsetOf(seq: number): number {
    return this.#byteOffset[seq] as number;
  }

  /** Without the line's end; 0 where it is not known yet. */
  byteLengthOf(seq: number): number {
    return this.#byteLength[seq] as number;
  }

  #reserve(length: number): void {
    this.#byteOffset = grownTo(this.#byteOffset, length);
    this.#byteLength = grownTo(this.#byteLength, length);
  }
}
