/** Reads a file in blocks, one ahead of the one that is worked on; the one before may still be written out. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { BLOCK_BYTES, MAX_CARRIED_BYTES } from './line-scanner.ts';

/** Bytes between two places of a block. */
export interface FilledBlock {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Fills blocks in turns. In front of each is room for the beginning of a line that goes on in it. */
export class BlockReader {
  readonly #handle: FileHandle;
  readonly #blocks: readonly Buffer[];
  /** For each block what must have resolved before it is filled anew. */
  readonly #holds: Promise<unknown>[] = [];
  /** Index of the block that is being filled. */
  #filling = 0;
  #position = 0;
  #reading: Promise<number>;
  /** Length of the beginning of a line that stands in front of the bytes that are being read. */
  #carried = 0;
  #current: FilledBlock = { bytes: Buffer.alloc(0), from: 0, to: 0 };

  /** Begins to read at once. Each block has room for {@link MAX_CARRIED_BYTES} and {@link BLOCK_BYTES}. */
  constructor(handle: FileHandle, blocks: readonly Buffer[]) {
    this.#handle = handle;
    this.#blocks = blocks;
    this.#reading = this.#read();
  }

  #read(): Promise<number> {
    const reading = this.#fill(this.#filling, this.#position);
    // Awaited by and by: what fails until then is not without a listener.
    reading.catch(() => {});
    return reading;
  }

  async #fill(index: number, position: number): Promise<number> {
    await this.#holds[index];
    const { bytesRead } = await this.#handle.read(this.#block(index), MAX_CARRIED_BYTES, BLOCK_BYTES, position);
    return bytesRead;
  }

  #block(index: number): Buffer {
    return this.#blocks[index] as Buffer;
  }

  /** The next bytes with what was carried in front of them, valid until the next call; null at the end of the file. */
  async next(): Promise<FilledBlock | null> {
    const count = await this.#reading;
    if (count === 0) return null;
    const from = MAX_CARRIED_BYTES - this.#carried;
    this.#current = { bytes: this.#block(this.#filling), from, to: MAX_CARRIED_BYTES + count };
    this.#carried = 0;
    this.#position += count;
    this.#filling = (this.#filling + 1) % this.#blocks.length;
    this.#reading = this.#read();
    return this.#current;
  }

  /**
   * Puts the current block's bytes from here on, {@link MAX_CARRIED_BYTES} at most, in front of the next one's: once that is not held
   * any more, for what is being written out begins there. Rejects where what holds it fails.
   */
  async carry(from: number): Promise<void> {
    const { bytes, to } = this.#current;
    await this.#holds[this.#filling];
    this.#carried = to - from;
    bytes.copy(this.#block(this.#filling), MAX_CARRIED_BYTES - this.#carried, from, to);
  }

  /** Keeps the current block as it is until this has resolved. A failure is told by whoever needs the block next. */
  hold(until: Promise<unknown>): void {
    const current = (this.#filling + this.#blocks.length - 1) % this.#blocks.length;
    this.#holds[current] = until;
    until.catch(() => {});
  }

  /** What was carried, when no bytes came behind it. */
  rest(): Buffer {
    return this.#block(this.#filling).subarray(MAX_CARRIED_BYTES - this.#carried, MAX_CARRIED_BYTES);
  }

  /** Goes on at another place, the beginning of a line. */
  async goTo(position: number): Promise<void> {
    await this.#reading;
    this.#position = position;
    this.#carried = 0;
    this.#reading = this.#read();
  }

  /** Waits until no block is read into or held any more. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#reading, ...this.#holds]);
  }
}
