/** Writes rows of the index from the bytes of lines: assembly/row-writer.ts, at work. */
import { Buffer } from 'node:buffer';
import { LINE_MARGIN_BYTES, writeLineKeys } from '../audit/index.ts';
import type { ColumnPlace } from './column-buffers.ts';
import { ROW_WRITER_CODE } from './row-writer-code.ts';

/** Bytes of lines that are looked at at a time. */
const LINES_BYTES = 1024 * 1024;
/** Writers that are kept for the next files. Each has 25 MB, of which it touches what it needs. */
const MOST_IDLE = 2;

/** What the WebAssembly module exports. */
interface WriterExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly KEYS: { readonly value: number };
  readonly KEY_LENGTHS: { readonly value: number };
  readonly PLACES: { readonly value: number };
  readonly ROOM: { readonly value: number };
  write(
    from: number,
    to: number,
    fromRow: number,
    mostRows: number,
    heap: number,
    heapLength: number,
    heapEnds: number,
    file: number,
    byteOffset: number,
  ): number;
  end(): number;
  heapLength(): number;
}

/** The part of Node's WebAssembly that is used here; `undefined` where Node was started without it (`--jitless`). */
declare const WebAssembly:
  | {
      readonly Module: new (code: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: object };
    }
  | undefined;

/** Lines to write: between two places of the writer's lines, the first of which lies at `byteOffset` of its file. */
export interface LinesToWrite {
  readonly from: number;
  readonly to: number;
  readonly file: number;
  readonly byteOffset: number;
}

/** What is there already: rows, of which there may be `mostRows`, and texts of them. */
export interface RowsSoFar {
  readonly rows: number;
  readonly mostRows: number;
  readonly heapLength: number;
}

/** What was written. */
export interface WrittenRows {
  readonly added: number;
  /** Bytes of texts by now. */
  readonly heapLength: number;
  /** Behind the last line that was written, as a place of the writer's lines. */
  readonly end: number;
}

let writerModule: object | null = null;
const idle: RowWriter[] = [];

/** One writer with its memory, in which lines are put, and columns placed. */
export class RowWriter {
  /** Where lines are put to be written. */
  readonly lines: Buffer;
  readonly memory: ArrayBuffer;
  /** Where columns may be placed from, to the end of the memory. */
  readonly room: number;
  readonly #exports: WriterExports;
  #heap = 0;
  #heapEnds = 0;

  private constructor(exports: WriterExports) {
    const { memory, KEYS, KEY_LENGTHS, ROOM } = exports;
    this.#exports = exports;
    this.memory = memory.buffer;
    this.lines = Buffer.from(memory.buffer, ROOM.value, LINES_BYTES);
    this.room = ROOM.value + LINES_BYTES + LINE_MARGIN_BYTES;
    writeLineKeys(memory.buffer, KEYS.value, KEY_LENGTHS.value);
  }

  /** A writer that nobody else has; null where this Node runs no WebAssembly, or is given no memory for it. */
  static take(): RowWriter | null {
    const kept = idle.pop();
    if (kept !== undefined) return kept;
    if (typeof WebAssembly === 'undefined') return null;
    try {
      writerModule ??= new WebAssembly.Module(Buffer.from(ROW_WRITER_CODE, 'base64'));
      return new RowWriter(new WebAssembly.Instance(writerModule).exports as WriterExports);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /** Keeps the writer for others. Whoever had it must not use it any more. */
  giveBack(): void {
    if (idle.length < MOST_IDLE) idle.push(this);
  }

  /** Says where in the memory columns lie, in the order of the table, and texts, and where the texts of each row end. */
  place(columns: readonly ColumnPlace[], heap: number, heapEnds: number): void {
    const places = new Uint32Array(this.memory, this.#exports.PLACES.value, columns.length * 2);
    places.set(columns.flatMap(({ data, valid }) => [data, valid]));
    this.#heap = heap;
    this.#heapEnds = heapEnds;
  }

  /** Writes rows of known lines, up to one that is not or to the most rows. The heap must have room for as many bytes as the lines have. */
  write({ from, to, file, byteOffset }: LinesToWrite, { rows, mostRows, heapLength }: RowsSoFar): WrittenRows {
    const base = this.lines.byteOffset;
    const written = this.#exports.write(
      base + from,
      base + to,
      rows,
      mostRows,
      this.#heap,
      heapLength,
      this.#heapEnds,
      file,
      byteOffset,
    );
    return {
      added: written - rows,
      heapLength: this.#exports.heapLength(),
      end: this.#exports.end() - base,
    };
  }
}
