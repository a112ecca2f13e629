/** Cuts a file into lines without holding it: lines of any length, with their byte offsets, in batches. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';

/** Longest line that is held, 64 MiB. V8's longest string is 536,870,888 characters; a longer line is reported, not read. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** One line where it lies. */
export interface RawLine {
  /** Its bytes without the line's end; null where it is longer than the limit. Valid only until the next batch. */
  readonly bytes: Uint8Array | null;
  /** Where it begins. */
  readonly byteOffset: number;
  /** Its length without the line's end. */
  readonly byteLength: number;
  /** Where the next line begins, or would. */
  readonly nextOffset: number;
  /** Its number, 1 is the file's first; null where reading began inside the file. */
  readonly line: number | null;
  /** false for a last line without a newline. */
  readonly terminated: boolean;
}

export interface LineReaderOptions {
  /** Byte offset at which reading starts, the beginning of a line. Default 0. */
  readonly start?: number;
  readonly maxLineBytes?: number;
  /** Ends reading between two batches by throwing the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What is known of the line that is being read. */
class LineCutter {
  readonly #maxLineBytes: number;
  #buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  /** Bytes at the front of the buffer that are read and not yet given out. */
  #held = 0;
  #lineStart: number;
  #line: number | null;
  /** Bytes of a line past the limit that were let go. */
  #dropped = 0;
  /** Where the bytes begin that no complete line has taken. */
  #restFrom = 0;

  constructor(start: number, maxLineBytes: number) {
    this.#lineStart = start;
    this.#line = start === 0 ? 1 : null;
    this.#maxLineBytes = maxLineBytes;
  }

  /** Room for the next read, behind what is held. */
  room(): Buffer {
    if (this.#held === this.#buffer.length) this.#grow();
    return this.#buffer.subarray(this.#held);
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.#buffer.length * 2);
    this.#buffer.copy(larger, 0, 0, this.#held);
    this.#buffer = larger;
  }

  /** Lines that end within the bytes just read. Call {@link LineCutter.keepRest} once they are used. */
  *take(count: number): Generator<RawLine> {
    const end = this.#held + count;
    let from = 0;
    const filled = this.#buffer.subarray(0, end);
    let newline = filled.indexOf(NEWLINE, this.#held);
    while (newline !== -1) {
      yield this.#cut(from, newline, true);
      from = newline + 1;
      newline = filled.indexOf(NEWLINE, from);
    }
    this.#restFrom = from;
    this.#held = end;
  }

  /** Moves what is left of the bytes to the front; lets go of a line that is past the limit. */
  keepRest(): void {
    const rest = this.#held - this.#restFrom;
    if (this.#dropped + rest > this.#maxLineBytes) {
      this.#dropped += rest;
      this.#held = 0;
      if (this.#buffer.length > CHUNK_BYTES) this.#buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    } else {
      this.#buffer.copyWithin(0, this.#restFrom, this.#held);
      this.#held = rest;
    }
    this.#restFrom = 0;
  }

  /** The last line, where it has no newline. */
  last(): RawLine | null {
    return this.#held + this.#dropped === 0 ? null : this.#cut(0, this.#held, false);
  }

  #cut(from: number, end: number, terminated: boolean): RawLine {
    const withoutReturn = terminated && end > from && this.#buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const byteLength = this.#dropped + withoutReturn - from;
    const line: RawLine = {
      bytes: byteLength > this.#maxLineBytes || this.#dropped > 0 ? null : this.#buffer.subarray(from, withoutReturn),
      byteOffset: this.#lineStart,
      byteLength,
      nextOffset: this.#lineStart + this.#dropped + (end - from) + (terminated ? 1 : 0),
      line: this.#line,
      terminated,
    };
    this.#lineStart = line.nextOffset;
    this.#dropped = 0;
    if (this.#line !== null) this.#line += 1;
    return line;
  }
}

/**
 * Reads the lines of an open file from a byte offset to its end, in batches of about a megabyte. The handle stays open and is the
 * caller's. System errors pass through as they are.
 */
export async function* readLineBatches(
  handle: FileHandle,
  options: LineReaderOptions = {},
): AsyncGenerator<readonly RawLine[]> {
  let position = options.start ?? 0;
  const cutter = new LineCutter(position, options.maxLineBytes ?? MAX_LINE_BYTES);
  for (;;) {
    options.signal?.throwIfAborted();
    const room = cutter.room();
    const { bytesRead } = await handle.read(room, 0, room.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const lines = [...cutter.take(bytesRead)];
    if (lines.length > 0) yield lines;
    cutter.keepRest();
  }
  const last = cutter.last();
  if (last !== null) yield [last];
}
