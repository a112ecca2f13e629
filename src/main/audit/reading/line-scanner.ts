/** Tells, without parsing, which lines of a block are surely entries and of when: assembly/line-scanner.ts, at work. */
import { Buffer } from 'node:buffer';
import { ENTRY_FIELDS } from '../../../shared/entry.ts';
import { LINE_SCANNER_CODE } from './line-scanner-code.ts';

/** Bytes that are read at a time: what a core's cache holds beside another block that is being filled. */
export const BLOCK_BYTES = 1024 * 1024;
/** Longest beginning of a line that is carried over in front of the next block. */
export const MAX_CARRIED_BYTES = 1024 * 1024;
/** The scanner loads 32 bytes at a time, across the end of what it was given. */
const MARGIN_BYTES = 64;
const KEY_BYTES = 32;
/** Scanners that are kept for the next file. Each takes four megabytes once it was used. */
const MOST_IDLE = 4;

/** A span of time in microseconds since the epoch, both ends inclusive, maybe infinite. */
interface ScanSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Kinds of runs in the scanner's answer. An unknown line is a run of its own. */
export const RUN_KINDS = { outside: 0, inside: 1, unknown: 2 } as const;

/** Numbers of each run in {@link BlockScan.runs}: where it begins in the block, where the next line does, lines, kind. */
export const RUN_NUMBERS = 4;

/** What a scan came to. */
export interface BlockScan {
  /** Valid only until the next scan: a log of a million lines makes no million objects. */
  readonly runs: Uint32Array;
  /** What must be taken from places in {@link BlockScan.runs} to get those in the block. */
  readonly base: number;
  /** Earliest and latest time of the entries in runs; infinite the wrong way round where there is none. */
  readonly minUs: number;
  readonly maxUs: number;
  /** Behind the last line that is in a run: there may be more lines than one answer holds. */
  readonly end: number;
}

/** What the WebAssembly module exports. */
interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly KEYS: { readonly value: number };
  readonly KEY_LENGTHS: { readonly value: number };
  readonly RUNS: { readonly value: number };
  readonly ROOM: { readonly value: number };
  scan(from: number, to: number, fromUs: number, toUs: number): number;
  earliest(): number;
  latest(): number;
  end(): number;
}

/** The part of Node's WebAssembly that is used here; `undefined` where Node was started without it (`--jitless`). */
declare const WebAssembly:
  | {
      readonly Module: new (code: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: object };
    }
  | undefined;

let scannerModule: object | null = null;
const idle: LineScanner[] = [];

/** One scanner with two blocks of its own: one may be filled while the other is scanned. */
export class LineScanner {
  /** Room for {@link MAX_CARRIED_BYTES} and then for {@link BLOCK_BYTES}. */
  readonly blocks: readonly [Buffer, Buffer];
  readonly #exports: ScannerExports;
  readonly #runs: Uint32Array;

  private constructor(exports: ScannerExports) {
    const { memory, RUNS, ROOM } = exports;
    const block = (index: number) =>
      Buffer.from(
        memory.buffer,
        ROOM.value + index * (MAX_CARRIED_BYTES + BLOCK_BYTES + MARGIN_BYTES),
        MAX_CARRIED_BYTES + BLOCK_BYTES,
      );
    this.blocks = [block(0), block(1)];
    this.#exports = exports;
    this.#runs = new Uint32Array(memory.buffer, RUNS.value, (ROOM.value - RUNS.value) / Uint32Array.BYTES_PER_ELEMENT);
    writeKeys(exports);
  }

  /** A scanner for one file; null where this Node runs no WebAssembly. */
  static take(): LineScanner | null {
    if (typeof WebAssembly === 'undefined') return null;
    scannerModule ??= new WebAssembly.Module(Buffer.from(LINE_SCANNER_CODE, 'base64'));
    return idle.pop() ?? new LineScanner(new WebAssembly.Instance(scannerModule).exports as ScannerExports);
  }

  /** Keeps the scanner for another file. Nothing may be read into its blocks any more. */
  giveBack(): void {
    if (idle.length < MOST_IDLE) idle.push(this);
  }

  /** Scans the whole lines between two places of a block. */
  scan(block: Buffer, from: number, to: number, span: ScanSpan): BlockScan {
    const base = block.byteOffset;
    const count = this.#exports.scan(base + from, base + to, span.fromUs, span.toUs);
    return {
      runs: this.#runs.subarray(0, count * RUN_NUMBERS),
      base,
      minUs: this.#exports.earliest(),
      maxUs: this.#exports.latest(),
      end: this.#exports.end() - base,
    };
  }
}

/** What stands before each value: as Python's json writes it, and without spaces. */
function writeKeys({ memory, KEYS, KEY_LENGTHS }: ScannerExports): void {
  const keys = [
    ...ENTRY_FIELDS.map((field, index) => `${index === 0 ? '{' : ', '}"${field}": `),
    ...ENTRY_FIELDS.map((field, index) => `${index === 0 ? '{' : ','}"${field}":`),
  ];
  for (const [index, key] of keys.entries()) {
    Buffer.from(memory.buffer, KEYS.value + index * KEY_BYTES, KEY_BYTES).write(key, 'latin1');
    Buffer.from(memory.buffer, KEY_LENGTHS.value + index, 1)[0] = key.length;
  }
}
