/** Hands texts over to DuckDB a vector at a time, without a call a text. */
import bindings from '@duckdb/node-bindings';
import type { ColumnData } from './column-buffers.ts';
import type { EntryBlock } from './entry-columns.ts';

type RawVector = ReturnType<typeof bindings.data_chunk_get_vector>;

/** Rows of one DuckDB vector. */
const VECTOR_SIZE = 2048;
/** Bytes of DuckDB's `string_t`: a length of 32 bits, then the text itself, or its first four bytes and a pointer. */
const STRING_BYTES = 16;
const STRING_WORDS = STRING_BYTES / 4;
/** Longest text that stands in its `string_t` itself. */
const MOST_INLINED = 12;
const TWO_TO_32 = 2 ** 32;

/**
 * Fills the text columns of a chunk. The texts of its rows lie side by side in the block's heap: they are handed over as one text,
 * which DuckDB copies, and every value is a `string_t` that points into that copy. A call a text took 0.9 s for a million rows.
 */
export class TextFiller {
  readonly #heap: Uint8Array;
  readonly #view: DataView;
  readonly #heapEnds: Int32Array;
  readonly #strings = new Int32Array(VECTOR_SIZE * STRING_WORDS);
  /** Where the heap of the chunk's rows begins, and where DuckDB's copy of that place lies. */
  #heapFrom = 0;
  #pointerLow = 0;
  #pointerHigh = 0;

  constructor({ heap, heapEnds }: EntryBlock) {
    this.#heap = new Uint8Array(heap);
    this.#view = new DataView(heap);
    this.#heapEnds = heapEnds;
  }

  /** Hands over the texts of a chunk's rows. DuckDB keeps them for as long as it keeps `holder`, a text vector of the chunk. */
  begin(holder: RawVector, from: number, rows: number): void {
    this.#heapFrom = from === 0 ? 0 : (this.#heapEnds[from - 1] as number);
    const texts = this.#heap.subarray(this.#heapFrom, this.#heapEnds[from + rows - 1]);
    bindings.vector_assign_string_element_len(holder, 0, texts);
    const known = bindings.vector_get_data(holder, STRING_BYTES);
    const words = new DataView(known.buffer, known.byteOffset, STRING_BYTES);
    this.#pointerLow = words.getUint32(8, true);
    this.#pointerHigh = words.getUint32(12, true);
  }

  /** Fills one text column of the chunk that was begun. */
  fill(vector: RawVector, { data, valid }: ColumnData, from: number, rows: number): void {
    const spans = new Int32Array(data, from * 8, rows * 2);
    const bits = new Uint8Array(valid);
    const strings = this.#strings;
    let filled = false;
    for (let row = 0; row < rows; row += 1) {
      const at = row * STRING_WORDS;
      const index = from + row;
      if (((bits[index >>> 3] as number) & (1 << (index & 7))) === 0) {
        strings[at] = 0;
        continue;
      }
      filled = true;
      this.#put(at, spans[row * 2] as number, spans[row * 2 + 1] as number);
    }
    if (filled) bindings.copy_data_to_vector(vector, 0, strings.buffer, 0, rows * STRING_BYTES);
  }

  #put(at: number, start: number, length: number): void {
    const strings = this.#strings;
    strings[at] = length;
    if (length <= MOST_INLINED) {
      for (let word = 0; word < 3; word += 1)
        strings[at + 1 + word] = this.#inlined(start + word * 4, length - word * 4);
      return;
    }
    const low = this.#pointerLow + start - this.#heapFrom;
    strings[at + 1] = this.#view.getInt32(start, true);
    strings[at + 2] = low;
    strings[at + 3] = this.#pointerHigh + (low >= TWO_TO_32 ? 1 : 0);
  }

  /** Up to four bytes of a text, the rest of them 0. */
  #inlined(start: number, length: number): number {
    if (length >= 4) return this.#view.getInt32(start, true);
    let word = 0;
    for (let byte = 0; byte < length; byte += 1) word |= (this.#heap[start + byte] as number) << (byte * 8);
    return word;
  }
}
