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
  /** Where bytes are read into, for as long as lines fit there. */
  readonly buffer?: Buffer;
  /** Ends reading between two batches by throwing the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A part of a file. */
export type LineBlock =
  /** Whole lines, each with its newline. Valid only until the next block. */
  | { readonly kind: 'lines'; readonly bytes: Buffer; readonly byteOffset: number }
  /** A line past the limit, or a last line without a newline. Valid only until the next block. */
  | { readonly kind: 'line'; readonly line: RawLine };

/** What is held of a file while it is cut into blocks. */
class BlockCutter {
  readonly #maxLineBytes: number;
  /** The buffer that lines of common length fit into. */
  readonly #first: Buffer;
  #buffer: Buffer;
  /** Bytes at the front of the buffer that are read and not yet given out. */
  #held = 0;
  /** Where in the file the buffer begins, bytes that were let go left out. */
  #offset: number;
  /** Bytes of a line past the limit that were let go. */
  #dropped = 0;
  /** Where the bytes begin that no block has taken. */
  #restFrom = 0;

  constructor(start: number, maxLineBytes: number, buffer: Buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES)) {
    this.#offset = start;
    this.#maxLineBytes = maxLineBytes;
    this.#first = buffer;
    this.#buffer = buffer;
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

  /** What ends within the bytes just read. Call {@link BlockCutter.keepRest} once it is used. */
  *take(count: number): Generator<LineBlock> {
    const filled = this.#buffer.subarray(0, this.#held + count);
    let from = 0;
    if (this.#dropped > 0) {
      const newline = filled.indexOf(NEWLINE);
      if (newline !== -1) {
        yield { kind: 'line', line: this.#droppedLine(newline, true) };
        this.#dropped = 0;
        from = newline + 1;
      }
    }
    const last = this.#dropped > 0 ? -1 : filled.lastIndexOf(NEWLINE);
    if (last >= from) {
      yield { kind: 'lines', bytes: filled.subarray(from, last + 1), byteOffset: this.#offset + from };
      from = last + 1;
    }
    this.#restFrom = from;
    this.#held = filled.length;
  }

  /** Moves what is left of the bytes to the front; lets go of a line that is past the limit. */
  keepRest(): void {
    const rest = this.#held - this.#restFrom;
    this.#offset += this.#restFrom;
    if (this.#dropped + rest > this.#maxLineBytes) {
      this.#dropped += rest;
      this.#offset += rest;
      this.#held = 0;
      this.#buffer = this.#first;
    } else {
      const target = rest < this.#first.length ? this.#first : this.#buffer;
      this.#buffer.copy(target, 0, this.#restFrom, this.#held);
      this.#buffer = target;
      this.#held = rest;
    }
    this.#restFrom = 0;
  }

  /** The last line, where it has no newline. */
  last(): RawLine | null {
    if (this.#held + this.#dropped === 0) return null;
    if (this.#dropped > 0) return this.#droppedLine(this.#held, false);
    const place = { from: 0, end: this.#held, terminated: false, byteOffset: this.#offset, line: null };
    return cutLine(this.#buffer.subarray(0, this.#held), place, this.#maxLineBytes);
  }

  /** The line that was let go in part; the rest of it ends at `end` of the buffer. */
  #droppedLine(end: number, terminated: boolean): RawLine {
    const withoutReturn = terminated && end > 0 && this.#buffer[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    const byteOffset = this.#offset - this.#dropped;
    return {
      bytes: null,
      byteOffset,
      byteLength: this.#dropped + withoutReturn,
      nextOffset: this.#offset + end + (terminated ? 1 : 0),
      line: null,
      terminated,
    };
  }
}

/** Where a line stands in a block whose first byte lies at `byteOffset` of the file. */
interface LinePlace {
  readonly from: number;
  readonly byteOffset: number;
  /** The line's number in the file; null where it is not known. */
  readonly line: number | null;
}

function cutLine(
  block: Buffer,
  { from, end, terminated, byteOffset, line }: LinePlace & { readonly end: number; readonly terminated: boolean },
  maxLineBytes: number,
): RawLine {
  const withoutReturn = terminated && end > from && block[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  const byteLength = withoutReturn - from;
  return {
    bytes: byteLength > maxLineBytes ? null : block.subarray(from, withoutReturn),
    byteOffset: byteOffset + from,
    byteLength,
    nextOffset: byteOffset + end + (terminated ? 1 : 0),
    line,
    terminated,
  };
}

/** The line of a block of whole lines that begins at `from`. */
export function lineAt(block: Buffer, place: LinePlace, maxLineBytes = MAX_LINE_BYTES): RawLine {
  return cutLine(block, { ...place, end: block.indexOf(NEWLINE, place.from), terminated: true }, maxLineBytes);
}

/**
 * Reads an open file from a byte offset to its end, in blocks of whole lines of about a megabyte: for who looks at the bytes before
 * asking for lines ({@link lineAt}). The handle stays open and is the caller's. System errors pass through as they are.
 */
export async function* readLineBlocks(handle: FileHandle, options: LineReaderOptions = {}): AsyncGenerator<LineBlock> {
  let position = options.start ?? 0;
  const cutter = new BlockCutter(position, options.maxLineBytes ?? MAX_LINE_BYTES, options.buffer);
  for (;;) {
    options.signal?.throwIfAborted();
    const room = cutter.room();
    const { bytesRead } = await handle.read(room, 0, room.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    yield* cutter.take(bytesRead);
    cutter.keepRest();
  }
  const line = cutter.last();
  if (line !== null) yield { kind: 'line', line };
}

/**
 * Reads the lines of an open file from a byte offset to its end, in batches of about a megabyte. The handle stays open and is the
 * caller's. System errors pass through as they are.
 */
export async function* readLineBatches(
  handle: FileHandle,
  options: LineReaderOptions = {},
): AsyncGenerator<readonly RawLine[]> {
  let line = (options.start ?? 0) === 0 ? 1 : null;
  for await (const block of readLineBlocks(handle, options)) {
    if (block.kind === 'line') {
      yield [{ ...block.line, line }];
      if (line !== null) line += 1;
      continue;
    }
    const { bytes, byteOffset } = block;
    const lines: RawLine[] = [];
    for (let from = 0; from < bytes.length; ) {
      const raw = lineAt(bytes, { from, byteOffset, line }, options.maxLineBytes);
      lines.push(raw);
      from = raw.nextOffset - byteOffset;
      if (line !== null) line += 1;
    }
    yield lines;
  }
}

/** The line that begins at this offset, of any length, without a number. There must be one. */
export async function readLineAt(handle: FileHandle, start: number): Promise<RawLine> {
  for await (const [line] of readLineBatches(handle, { start })) if (line !== undefined) return { ...line, line: null };
  throw new RangeError('No line begins there.');
}

/** A line by its places in some bytes, its newline included; `shift` leads from a place there to one in the file. */
export function rawLine(bytes: Buffer, from: number, to: number, shift: number, line: number | null): RawLine {
  const end = to - from > 1 && bytes[to - 2] === CARRIAGE_RETURN ? to - 2 : to - 1;
  return {
    bytes: bytes.subarray(from, end),
    byteOffset: from + shift,
    byteLength: end - from,
    nextOffset: to + shift,
    line,
    terminated: true,
  };
}
