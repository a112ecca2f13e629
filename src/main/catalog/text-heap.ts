/** The texts of a batch, one behind the other: columns say where in it theirs stand. */

const FIRST_BYTES = 1 << 16;
/** Texts from this length on are copied by a call; shorter ones byte by byte, which is faster. */
const COPIED_BY_CALL = 256;

export class TextHeap {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  /** Adds a text by its UTF-8, and answers where it begins. */
  add(source: Uint8Array, from: number, to: number): number {
    const start = this.#length;
    const end = start + to - from;
    if (end > this.#bytes.length) this.#grow(end);
    const bytes = this.#bytes;
    if (to - from >= COPIED_BY_CALL) bytes.set(source.subarray(from, to), start);
    else for (let at = start, next = from; at < end; at += 1, next += 1) bytes[at] = source[next] as number;
    this.#length = end;
    return start;
  }

  /** The bytes, handed over and not copied: nothing may be added afterwards. */
  data(): ArrayBuffer {
    return this.#bytes.buffer;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
