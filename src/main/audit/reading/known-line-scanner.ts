/** assembly/line-scanner.ts at work: knows the lines that are written as the format's writers write them. */
import { Buffer } from 'node:buffer';
import { LINE_MARGIN_BYTES, writeLineKeys } from './line-keys.ts';
import {
  BLOCK_BYTES,
  BLOCKS,
  type BlockFilter,
  type BlockScan,
  type LineScanner,
  MAX_CARRIED_BYTES,
  RUN_NUMBERS,
  type ScanSpan,
} from './line-scanner.ts';
import { LINE_SCANNER_CODE } from './line-scanner-code.ts';

/** Scanners that are kept for the next file. Each takes up to five megabytes once it was used. */
const MOST_IDLE = 4;

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
  filter(from: number, to: number, target: number, fromUs: number, toUs: number): number;
  filledTo(): number;
  inside(): number;
  outside(): number;
}

/** The part of Node's WebAssembly that is used here; `undefined` where Node was started without it (`--jitless`). */
declare const WebAssembly:
  | {
      readonly Module: new (code: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: object };
    }
  | undefined;

let scannerModule: object | null = null;
const idle: KnownLineScanner[] = [];

/** One scanner with blocks of its own. */
export class KnownLineScanner implements LineScanner {
  readonly blocks: readonly Buffer[];
  readonly #exports: ScannerExports;
  readonly #runs: Uint32Array;

  private constructor(exports: ScannerExports) {
    const { memory, KEYS, KEY_LENGTHS, RUNS, ROOM } = exports;
    const length = MAX_CARRIED_BYTES + BLOCK_BYTES;
    this.blocks = Array.from({ length: BLOCKS }, (_, index) =>
      Buffer.from(memory.buffer, ROOM.value + index * (length + LINE_MARGIN_BYTES), length),
    );
    this.#exports = exports;
    this.#runs = new Uint32Array(memory.buffer, RUNS.value, (ROOM.value - RUNS.value) / Uint32Array.BYTES_PER_ELEMENT);
    writeLineKeys(memory.buffer, KEYS.value, KEY_LENGTHS.value);
  }

  /**
   * A scanner for one file; null where there is none to be had: this Node runs no WebAssembly, or the system grants no address
   * space, of which V8 takes gigabytes for each.
   */
  static take(): KnownLineScanner | null {
    const kept = idle.pop();
    if (kept !== undefined) return kept;
    if (typeof WebAssembly === 'undefined') return null;
    try {
      scannerModule ??= new WebAssembly.Module(Buffer.from(LINE_SCANNER_CODE, 'base64'));
      return new KnownLineScanner(new WebAssembly.Instance(scannerModule).exports as unknown as ScannerExports);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  giveBack(): void {
    if (idle.length < MOST_IDLE) idle.push(this);
  }

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

  filter(block: Buffer, from: number, to: number, target: number, span: ScanSpan): BlockFilter {
    const base = block.byteOffset;
    const end = this.#exports.filter(base + from, base + to, base + target, span.fromUs, span.toUs);
    return {
      filled: this.#exports.filledTo() - base,
      inside: this.#exports.inside(),
      outside: this.#exports.outside(),
      end: end - base,
    };
  }
}
