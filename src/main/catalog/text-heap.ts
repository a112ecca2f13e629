/** The texts of a batch, one behind the other: columns say where in it theirs stand. */

export class TextHeap {
  readonly #home: Uint8Array<ArrayBuffer>;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** Texts are put into `home`; what does not fit there moves out, with all that is held. */
  constructor(home: Uint8Array<ArrayBuffer>) {
    this.#home = home;
    this.#bytes = home;
  }

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  /** True while the texts lie where they were put first. */
  get isAtHome(): boolean {
    return this.#bytes === this.#home;
  }

  /** Says that others have put texts at home, up to this length. */
  set length(length: number) {
    this.#length = length;
  }

  /** Adds a text by its UTF-8, and answers where it begins. */
  add(text: Uint8Array): number {
    const start = this.#length;
    const end = start + text.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(text, start);
    this.#length = end;
    return start;
  }

  /** A copy of the bytes; the heap is empty then, and at home. */
  take(): ArrayBuffer {
    const { buffer, byteOffset } = this.#bytes;
    const taken = buffer.slice(byteOffset, byteOffset + this.#length);
    this.#bytes = this.#home;
    this.#length = 0;
    return taken;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
