/** The distinct texts of a column, each kept once as UTF-8 and known by a code: a log says the same few words again and again. */

const FIRST_SLOTS = 256;
const FIRST_BYTES = 4096;
/** Largest share of slots that may be taken before there are twice as many. */
const MOST_FILLED = 0.5;

/** Distinct texts in a form that crosses between threads. Text n stands from `ends[n - 1]` (0 for the first) to `ends[n]`. */
export interface TextTable {
  readonly bytes: ArrayBuffer;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Texts and their codes; codes count up from 0. */
export class TextDictionary {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BYTES);
  #ends: Int32Array<ArrayBuffer> = new Int32Array(64);
  #hashes: Int32Array<ArrayBuffer> = new Int32Array(64);
  #count = 0;
  /** Open addressing: a code plus one, or 0 where a slot is free. */
  #slots: Int32Array<ArrayBuffer> = new Int32Array(FIRST_SLOTS);

  /** The code of a text that stands in bytes. */
  codeOf(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = (this.#slots[slot] as number) - 1;
      if (code === -1) return this.#add(bytes, from, to, hash, slot);
      if (this.#hashes[code] === hash && this.#equals(code, bytes, from, to)) return code;
    }
  }

  /** The texts, handed over and not copied: nothing may be added afterwards. */
  table(): TextTable {
    return { bytes: this.#bytes.buffer, ends: this.#ends.slice(0, this.#count) };
  }

  #equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = code === 0 ? 0 : (this.#ends[code - 1] as number);
    const length = to - from;
    if ((this.#ends[code] as number) - start !== length) return false;
    for (let at = 0; at < length; at += 1) if (this.#bytes[start + at] !== bytes[from + at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const code = this.#count;
    const start = code === 0 ? 0 : (this.#ends[code - 1] as number);
    const end = start + to - from;
    if (end > this.#bytes.length)
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.max(end, this.#bytes.length * 2)));
    for (let at = from; at < to; at += 1) this.#bytes[start + at - from] = bytes[at] as number;
    if (code === this.#ends.length) {
      this.#ends = grown(this.#ends, new Int32Array(code * 2));
      this.#hashes = grown(this.#hashes, new Int32Array(code * 2));
    }
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    this.#count = code + 1;
    if (this.#count > this.#slots.length * MOST_FILLED) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code += 1) {
      let slot = (this.#hashes[code] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function grown<Values extends Int32Array | Uint8Array>(before: Values, after: Values): Values {
  after.set(before);
  return after;
}
