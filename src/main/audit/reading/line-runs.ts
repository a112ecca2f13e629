/** Reads a file as runs of lines: those that are surely entries together, told by their time alone, and each other line on its own. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { type RawLine, readLineBatches } from './line-reader.ts';
import { BLOCK_BYTES, type BlockScan, LineScanner, MAX_CARRIED_BYTES } from './line-scanner.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Times in microseconds since the epoch, both ends inclusive, maybe infinite. */
export interface RunSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

/** One line, or consecutive lines that are alike. */
export type LineRun =
  | {
      /** Entries whose times are all inside the span, or all outside. */
      readonly kind: 'inside' | 'outside';
      readonly lines: number;
      readonly byteOffset: number;
      /** Where the next line begins. */
      readonly nextOffset: number;
      /** The bytes of the lines with their ends. Valid only until the next batch. */
      readonly bytes: Buffer;
    }
  /** A line that must be read to know what it is. */
  | { readonly kind: 'line'; readonly raw: RawLine };

/** Runs of about a megabyte, in order. */
export interface RunBatch {
  readonly runs: readonly LineRun[];
  /** Earliest and latest time of the entries in runs; infinite the wrong way round where there is none. */
  readonly minUs: number;
  readonly maxUs: number;
}

/**
 * Reads an open file from its beginning to its end. The next block is read while one is scanned. The handle stays open and is the
 * caller's. System errors pass through; a signal ends it between two blocks by throwing its reason.
 */
export async function* readLineRuns(
  handle: FileHandle,
  span: RunSpan,
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<RunBatch> {
  const scanner = LineScanner.take();
  if (scanner === null) {
    yield* readEveryLine(handle, options.signal);
    return;
  }
  const blocks = new BlockReader(handle, scanner);
  const runs = new RunCutter(scanner, span);
  try {
    for (let block = await blocks.next(); block !== null; block = await blocks.next()) {
      options.signal?.throwIfAborted();
      yield* runs.cut(block);
      if (block.to - runs.end <= MAX_CARRIED_BYTES) {
        blocks.carry(runs.end);
        continue;
      }
      const long = await lineAt(handle, runs.byteOffset);
      yield alone({ ...long, line: runs.passLine() });
      await blocks.goTo(long.nextOffset);
      runs.goTo(long.nextOffset);
    }
    const last = blocks.rest();
    if (last.length > 0) yield alone(runs.lastLine(last));
  } finally {
    await blocks.settle();
    scanner.giveBack();
  }
}

/** Each line of a run, without a number where the run is of more than one. */
export function* linesOf(run: LineRun): Generator<RawLine> {
  if (run.kind === 'line') {
    yield run.raw;
    return;
  }
  const { bytes, byteOffset } = run;
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf(NEWLINE, from) + 1;
    yield rawLine(bytes, from, to, byteOffset, null);
    from = to;
  }
}

/** Bytes between two places of one of the scanner's blocks. */
interface FilledBlock {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Fills the scanner's two blocks in turns, one ahead of the one that is scanned. */
class BlockReader {
  readonly #handle: FileHandle;
  readonly #scanner: LineScanner;
  /** Index of the block that is being filled. */
  #filling = 0;
  #position = 0;
  #reading: Promise<number>;
  /** Length of the beginning of a line that stands in front of the bytes that are being read. */
  #carried = 0;
  #current: FilledBlock = { bytes: Buffer.alloc(0), from: 0, to: 0 };

  constructor(handle: FileHandle, scanner: LineScanner) {
    this.#handle = handle;
    this.#scanner = scanner;
    this.#reading = this.#read();
  }

  #block(index: number): Buffer {
    return this.#scanner.blocks[index === 0 ? 0 : 1];
  }

  #read(): Promise<number> {
    const reading = this.#handle
      .read(this.#block(this.#filling), MAX_CARRIED_BYTES, BLOCK_BYTES, this.#position)
      .then(({ bytesRead }) => bytesRead);
    // Awaited by and by: what fails until then is not without a listener.
    reading.catch(() => {});
    return reading;
  }

  /** The next bytes with what was carried in front of them; null at the end of the file. */
  async next(): Promise<FilledBlock | null> {
    const count = await this.#reading;
    if (count === 0) return null;
    const bytes = this.#block(this.#filling);
    this.#current = { bytes, from: MAX_CARRIED_BYTES - this.#carried, to: MAX_CARRIED_BYTES + count };
    this.#carried = 0;
    this.#position += count;
    this.#filling = 1 - this.#filling;
    this.#reading = this.#read();
    return this.#current;
  }

  /** Puts the current block's bytes from here on in front of the next one's. */
  carry(from: number): void {
    const { bytes, to } = this.#current;
    this.#carried = to - from;
    bytes.copy(this.#block(this.#filling), MAX_CARRIED_BYTES - this.#carried, from, to);
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

  /** Waits until nothing is read into a block any more. */
  async settle(): Promise<void> {
    await this.#reading.catch(() => {});
  }
}

/** Makes runs of a file's blocks, and knows where in the file they lie. */
class RunCutter {
  readonly #scanner: LineScanner;
  readonly #span: RunSpan;
  /** Where the next line begins in the current block. */
  end = 0;
  /** Where it begins in the file. */
  byteOffset = 0;
  /** Its number. */
  #line = 1;

  constructor(scanner: LineScanner, span: RunSpan) {
    this.#scanner = scanner;
    this.#span = span;
  }

  /** Batches of the block's whole lines. */
  *cut({ bytes, from, to }: FilledBlock): Generator<RunBatch> {
    this.end = from;
    const linesEnd = bytes.subarray(from, to).lastIndexOf(NEWLINE) + 1 + from;
    while (this.end < linesEnd) yield this.#batch(bytes, this.#scanner.scan(bytes, this.end, linesEnd, this.#span));
  }

  #batch(bytes: Buffer, { runs, minUs, maxUs, end }: BlockScan): RunBatch {
    const shift = this.byteOffset - this.end;
    const cut: LineRun[] = [];
    for (const { kind, from, to, lines } of runs) {
      if (kind === 'unknown') {
        cut.push({ kind: 'line', raw: rawLine(bytes, from, to, shift, this.#line) });
      } else {
        cut.push({
          kind,
          lines,
          byteOffset: from + shift,
          nextOffset: to + shift,
          bytes: bytes.subarray(from, to),
        });
      }
      this.#line += lines;
    }
    this.end = end;
    this.byteOffset = end + shift;
    return { runs: cut, minUs, maxUs };
  }

  /** The number of a line that was read elsewhere. */
  passLine(): number {
    this.#line += 1;
    return this.#line - 1;
  }

  goTo(byteOffset: number): void {
    this.byteOffset = byteOffset;
  }

  /** The last line of the file, which has no newline. */
  lastLine(bytes: Buffer): RawLine {
    const { byteOffset } = this;
    const nextOffset = byteOffset + bytes.length;
    return { bytes, byteOffset, byteLength: bytes.length, nextOffset, line: this.#line, terminated: false };
  }
}

/** A line by its places in some bytes, its newline included; `shift` leads from a place there to one in the file. */
function rawLine(bytes: Buffer, from: number, to: number, shift: number, line: number | null): RawLine {
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

/** The line that begins here, of any length. */
async function lineAt(handle: FileHandle, start: number): Promise<RawLine> {
  for await (const [line] of readLineBatches(handle, { start })) if (line !== undefined) return line;
  throw new RangeError('No line begins there.');
}

function alone(raw: RawLine): RunBatch {
  return { runs: [{ kind: 'line', raw }], minUs: Number.POSITIVE_INFINITY, maxUs: Number.NEGATIVE_INFINITY };
}

/** Without a scanner no line is known before it is read. */
async function* readEveryLine(handle: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<RunBatch> {
  for await (const lines of readLineBatches(handle, { signal })) {
    const runs = lines.map((raw): LineRun => ({ kind: 'line', raw }));
    yield { runs, minUs: Number.POSITIVE_INFINITY, maxUs: Number.NEGATIVE_INFINITY };
  }
}
