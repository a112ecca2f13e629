/** Goes through a file once and hands on the lines that stay, byte for byte, in large pieces. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { BlockReader, type FilledBlock } from './block-reader.ts';
import { type RawLine, rawLine, readLineAt } from './line-reader.ts';
import { BLOCK_BYTES, type LineScanner, MAX_CARRIED_BYTES, type ScanSpan } from './line-scanner.ts';

const NEWLINE = 0x0a;

export interface LineFilterOptions {
  readonly scanner: LineScanner;
  /** Entries in this span go, known ones unread. */
  readonly span: ScanSpan;
  /** Whether a line stays that the scanner does not know. Valid only until the call has returned. */
  keeps(raw: RawLine): boolean;
  /** Takes bytes that stay, in order; they are left alone until it has resolved. */
  write(bytes: Buffer): Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** What went and stayed among the lines that the scanner knows, and how far the file was taken. */
export interface FilteredLines {
  /** Known entries that went. */
  readonly inside: number;
  /** Known entries that stayed. */
  readonly outside: number;
  /** Where the file ended. */
  readonly end: number;
  /** Before a last line without a newline that stays, which a writer may still be at, and is not handed on; else where the file ended. */
  readonly settledEnd: number;
}

/**
 * Filters an open file from its beginning to its end. The handle stays open and is the caller's, the scanner is given back. System
 * errors pass through, and what `write` fails with; a signal ends it between two blocks by throwing its reason.
 */
export async function filterLines(handle: FileHandle, options: LineFilterOptions): Promise<FilteredLines> {
  const { scanner, signal } = options;
  const blocks = new BlockReader(handle, scanner.blocks);
  const filter = new BlockFiltering(options);
  try {
    for (let block = await blocks.next(); block !== null; block = await blocks.next()) {
      signal?.throwIfAborted();
      const filled = filter.filter(block);
      const kept = block.bytes.subarray(block.from, filled);
      if (block.to - filter.end <= MAX_CARRIED_BYTES) {
        blocks.hold(filter.write(kept));
        await blocks.carry(filter.end);
        continue;
      }
      await filter.write(kept);
      const long = await readLineAt(handle, filter.byteOffset);
      if (!long.terminated) return filter.finish(long);
      await filter.passLong(handle, long);
      await blocks.goTo(filter.byteOffset);
    }
    await filter.written();
    return filter.finish(restAsLine(blocks.rest(), filter.byteOffset));
  } finally {
    await blocks.settle();
    scanner.giveBack();
  }
}

/** The filtering of one file's blocks. */
class BlockFiltering {
  readonly #options: LineFilterOptions;
  /** Where the next line begins in the current block. */
  end = 0;
  /** Where it begins in the file. */
  byteOffset = 0;
  #inside = 0;
  #outside = 0;
  /** The write that was handed over last: they go one after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LineFilterOptions) {
    this.#options = options;
  }

  /** Moves the whole lines that stay to the beginning of the block; answers where they end. */
  filter({ bytes, from, to }: FilledBlock): number {
    const { scanner, span } = this.#options;
    const linesEnd = bytes.subarray(from, to).lastIndexOf(NEWLINE) + 1 + from;
    const shift = this.byteOffset - from;
    let [at, filled] = [from, from];
    while (at < linesEnd) {
      const known = scanner.filter(bytes, at, linesEnd, filled, span);
      this.#inside += known.inside;
      this.#outside += known.outside;
      [at, filled] = [known.end, known.filled];
      if (at === linesEnd) break;
      const next = bytes.indexOf(NEWLINE, at) + 1;
      if (this.#options.keeps(rawLine(bytes, at, next, shift, null))) {
        if (filled < at) bytes.copyWithin(filled, at, next);
        filled += next - at;
      }
      at = next;
    }
    this.end = at;
    this.byteOffset = at + shift;
    return filled;
  }

  /** Hands bytes on once those before them are taken. */
  write(bytes: Buffer): Promise<void> {
    if (bytes.length > 0) this.#writing = this.#writing.then(() => this.#options.write(bytes));
    return this.#writing;
  }

  /** Resolves once everything was taken. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Takes a whole line that is too long for a block. */
  async passLong(handle: FileHandle, raw: RawLine): Promise<void> {
    if (this.#options.keeps(raw)) await this.#copy(handle, raw);
    this.byteOffset = raw.nextOffset;
  }

  async #copy(handle: FileHandle, { byteOffset, nextOffset }: RawLine): Promise<void> {
    const piece = Buffer.allocUnsafe(BLOCK_BYTES);
    for (let at = byteOffset; at < nextOffset; ) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, nextOffset - at), at);
      if (bytesRead === 0) throw new RangeError('The file became shorter.');
      await this.write(piece.subarray(0, bytesRead));
      at += bytesRead;
    }
  }

  /** What it came to, with the last line, which has no newline and may be empty. */
  finish(last: RawLine): FilteredLines {
    const end = last.nextOffset;
    const stays = last.byteLength > 0 && this.#options.keeps(last);
    return { inside: this.#inside, outside: this.#outside, end, settledEnd: stays ? last.byteOffset : end };
  }
}

function restAsLine(bytes: Buffer, byteOffset: number): RawLine {
  const nextOffset = byteOffset + bytes.length;
  return { bytes, byteOffset, byteLength: bytes.length, nextOffset, line: null, terminated: false };
}
