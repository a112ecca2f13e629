/** Reads a file as runs of lines: those that are surely entries together, told by their time alone, and each other line on its own. */
import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { BlockReader, type FilledBlock } from './block-reader.ts';
import { type RawLine, rawLine, readLineAt } from './line-reader.ts';
import {
  type BlockScan,
  type LineScanner,
  MAX_CARRIED_BYTES,
  RUN_KINDS,
  RUN_NUMBERS,
  type ScanSpan,
} from './line-scanner.ts';
import { takeLineScanner } from './take-line-scanner.ts';

const NEWLINE = 0x0a;

/** Consecutive lines that are entries, all with times inside the span or all outside. One object serves for all runs of a file. */
export class EntryRun {
  isInside = false;
  lines = 0;
  byteOffset = 0;
  /** Where the next line begins. */
  nextOffset = 0;
  #block: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;

  /** Where the run lies in a block. */
  at(block: Buffer, from: number, to: number): void {
    this.#block = block;
    this.#from = from;
    this.#to = to;
  }

  /** Each of its lines, without a number. Valid only until the next run. */
  *rawLines(): Generator<RawLine> {
    const shift = this.byteOffset - this.#from;
    for (let from = this.#from; from < this.#to; ) {
      const to = this.#block.indexOf(NEWLINE, from) + 1;
      yield rawLine(this.#block, from, to, shift, null);
      from = to;
    }
  }
}

/** Who is told what a file holds, in the order of its lines. */
export interface RunVisitor {
  /** The run is valid only until the call has returned. */
  entries(run: EntryRun): void;
  /** A line that must be read to know what it is. Valid only until the call has returned. */
  line(raw: RawLine): void;
  /** Asked after each block: true ends the reading. */
  isDone?(): boolean;
}

/** Earliest and latest time of the entries in runs; infinite the wrong way round where there was none. */
export interface RunTimes {
  readonly minUs: number;
  readonly maxUs: number;
}

/**
 * Reads an open file from its beginning to its end. The next block is read while one is scanned. The handle stays open and is the
 * caller's. System errors pass through; a signal ends it between two blocks by throwing its reason.
 */
export async function readLineRuns(
  handle: FileHandle,
  span: ScanSpan,
  visitor: RunVisitor,
  options: { readonly signal?: AbortSignal | undefined; readonly scanner?: LineScanner } = {},
): Promise<RunTimes> {
  const { signal, scanner = takeLineScanner() } = options;
  const blocks = new BlockReader(handle, scanner.blocks);
  const runs = new RunCutter(scanner, span, visitor);
  try {
    for (let block = await blocks.next(); block !== null; block = await blocks.next()) {
      signal?.throwIfAborted();
      runs.cut(block);
      if (visitor.isDone?.() === true) return runs;
      if (block.to - runs.end <= MAX_CARRIED_BYTES) {
        await blocks.carry(runs.end);
        continue;
      }
      const long = await readLineAt(handle, runs.byteOffset);
      runs.passLine(long);
      if (!long.terminated) return runs;
      await blocks.goTo(long.nextOffset);
    }
    runs.lastLine(blocks.rest());
    return runs;
  } finally {
    await blocks.settle();
    scanner.giveBack();
  }
}

/** Makes runs of a file's blocks, and knows where in the file they lie. */
class RunCutter implements RunTimes {
  readonly #scanner: LineScanner;
  readonly #span: ScanSpan;
  readonly #visitor: RunVisitor;
  readonly #run = new EntryRun();
  /** Where the next line begins in the current block. */
  end = 0;
  /** Where it begins in the file. */
  byteOffset = 0;
  minUs = Number.POSITIVE_INFINITY;
  maxUs = Number.NEGATIVE_INFINITY;
  /** Its number. */
  #line = 1;

  constructor(scanner: LineScanner, span: ScanSpan, visitor: RunVisitor) {
    this.#scanner = scanner;
    this.#span = span;
    this.#visitor = visitor;
  }

  /** Tells of the block's whole lines. */
  cut({ bytes, from, to }: FilledBlock): void {
    this.end = from;
    const linesEnd = bytes.subarray(from, to).lastIndexOf(NEWLINE) + 1 + from;
    while (this.end < linesEnd) this.#tell(bytes, this.#scanner.scan(bytes, this.end, linesEnd, this.#span));
  }

  #tell(bytes: Buffer, { runs, base, minUs, maxUs, end }: BlockScan): void {
    const shift = this.byteOffset - this.end;
    const run = this.#run;
    for (let at = 0; at < runs.length; at += RUN_NUMBERS) {
      const from = (runs[at] ?? 0) - base;
      const to = (runs[at + 1] ?? 0) - base;
      const lines = runs[at + 2] ?? 0;
      const kind = runs[at + 3];
      if (kind === RUN_KINDS.unknown) {
        this.#visitor.line(rawLine(bytes, from, to, shift, this.#line));
      } else {
        run.isInside = kind === RUN_KINDS.inside;
        run.lines = lines;
        run.byteOffset = from + shift;
        run.nextOffset = to + shift;
        run.at(bytes, from, to);
        this.#visitor.entries(run);
      }
      this.#line += lines;
    }
    this.minUs = Math.min(this.minUs, minUs);
    this.maxUs = Math.max(this.maxUs, maxUs);
    this.end = end;
    this.byteOffset = end + shift;
  }

  /** Tells of a line that was read elsewhere. */
  passLine(raw: RawLine): void {
    this.#visitor.line({ ...raw, line: this.#line });
    this.#line += 1;
    this.byteOffset = raw.nextOffset;
  }

  /** Tells of the last line of the file, where it has no newline. */
  lastLine(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const { byteOffset } = this;
    const nextOffset = byteOffset + bytes.length;
    const place = { byteOffset, byteLength: bytes.length, nextOffset };
    this.#visitor.line({ bytes, ...place, line: this.#line, terminated: false });
  }
}
