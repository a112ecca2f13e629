/** Reads a file in blocks, one ahead of the one that is worked on. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { BLOCK_BYTES, MAX_CARRIED_BYTES } from './line-scanner.ts';

/** Bytes between two places of a block. */
export interface FilledBlock {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Fills two blocks in turns. In front of each is room for the beginning of a line that goes on in it. */
export class BlockReader {
  readonly #handle: FileHandle;
  readonly #blocks: readonly [Buffer, Buffer];
  /** Index of the block that is being filled. */
  #filling: 0 | 1 = 0;
  #position = 0;
  #reading: Promise<number>;
  /** Length of the beginning of a line that stands in front of the bytes that are being read. */
  #carried = 0;
  #current: FilledBlock = { bytes: Buffer.alloc(0), from: 0, to: 0 };

  /** Begins to read at once. Each block has room for {@link MAX_CARRIED_BYTES} and {@link BLOCK_BYTES}. */
  constructor(handle: FileHandle, blocks: readonly [Buffer, Buffer]) {
    this.#handle = handle;
    this.#blocks = blocks;
    this.#reading = this.#read();
  }

  #read(): Promise<number> {
    const reading = this.#handle
      .read(this.#blocks[this.#filling], MAX_CARRIED_BYTES, BLOCK_BYTES, this.#position)
      .then(({ bytesRead }) => bytesRead);
    // Awaited by and by: what fails until then is not without a listener.
    reading.catch(() => {});
    return reading;
  }

  /** The next bytes with what was carried in front of them, valid until the call after the next; null at the end of the file. */
  async next(): Promise<FilledBlock | null> {
    const count = await this.#reading;
    if (count === 0) return null;
    const from = MAX_CARRIED_BYTES - this.#carried;
    this.#current = { bytes: this.#blocks[this.#filling], from, to: MAX_CARRIED_BYTES + count };
    this.#carried = 0;
    this.#position += count;
    this.#filling = this.#filling === 0 ? 1 : 0;
    this.#reading = this.#read();
    return this.#current;
  }

  /** Puts the current block's bytes from here on, {@link MAX_CARRIED_BYTES} at most, in front of the next one's. */
  carry(from: number): void {
    const { bytes, to } = this.#current;
    this.#carried = to - from;
    bytes.copy(this.#blocks[this.#filling], MAX_CARRIED_BYTES - this.#carried, from, to);
  }

  /** What was carried, when no bytes came behind it. */
  rest(): Buffer {
    return this.#blocks[this.#filling].subarray(MAX_CARRIED_BYTES - this.#carried, MAX_CARRIED_BYTES);
  }

  /** Goes on at another place, the beginning of a line. */
  async goTo(position: number): Promise<void> {
    await this.#reading;
    this.#position = position;
    this.#carried = 0;
    this.#reading = this.#read();
  }

  /** Waits until nothing is read into a block any more. */
  async settle(): Promise<void> {
    await this.#reading.catch(() => {});
  }
}
