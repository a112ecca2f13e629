/**
 * Rows of a folder's index, read from their lines. DuckDB keeps columns in vectors of 2,048 values and unpacks whole ones: 200 rows that
 * lie all over a million took it 75 ms of processor time, while their lines are read and parsed in a tenth of that.
 */
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegularFile, readEntryLine } from '../audit/index.ts';
import type { IndexStore } from './index-store.ts';
import type { IndexedFile } from './log-file.ts';

/** A longer line is left to DuckDB, which knows its row without reading it. */
const MOST_LINE_BYTES = 256 * 1024;
/** Lines that lie closer together are read in one go. */
const MOST_GAP_BYTES = 16 * 1024;
const MOST_READ_BYTES = 4 * 1024 * 1024;

export type ReadEntry = Extract<ReturnType<typeof readEntryLine>, { kind: 'entry' }>['entry'];

interface WantedLine {
  /** Index among the rows asked for. */
  readonly index: number;
  readonly seq: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

export class SourceRows {
  readonly #folder: string;
  readonly #store: IndexStore;

  constructor(folder: string, store: IndexStore) {
    this.#folder = folder;
    this.#store = store;
  }

  /**
   * The entries of some rows, in their order; null for each whose line is no longer there as it was indexed, cannot be read, or is
   * long. Never throws: what is not found here is in the index all the same.
   */
  async read(seqs: ArrayLike<number>): Promise<readonly (ReadEntry | null)[]> {
    const found = new Array<ReadEntry | null>(seqs.length).fill(null);
    const reads = [...this.#byFile(seqs)].map(([file, lines]) => this.#readFile(file, lines, found));
    await Promise.all(reads);
    return found;
  }

  #byFile(seqs: ArrayLike<number>): ReadonlyMap<IndexedFile, WantedLine[]> {
    const { order, places } = this.#store;
    const files = new Map<IndexedFile, WantedLine[]>();
    for (let index = 0; index < seqs.length; index += 1) {
      const seq = seqs[index] as number;
      const file = this.#store.file(order.fileOf(seq));
      const byteLength = places.byteLengthOf(seq);
      if (file === undefined || byteLength === 0 || byteLength > MOST_LINE_BYTES) continue;
      const line = { index, seq, byteOffset: places.byteOffsetOf(seq), byteLength };
      const lines = files.get(file);
      if (lines === undefined) files.set(file, [line]);
      else lines.push(line);
    }
    return files;
  }

  async #readFile(file: IndexedFile, lines: WantedLine[], found: (ReadEntry | null)[]): Promise<void> {
    const opened = await openRegularFile(join(this.#folder, file.name)).catch(() => null);
    if (opened === null) return;
    const { handle, state } = opened;
    try {
      if (`${state.device}:${state.inode}` !== file.identity) return;
      lines.sort((first, second) => first.byteOffset - second.byteOffset);
      for (const near of nearLines(lines)) await this.#readNear(handle, near, found);
    } catch {
      // The rows are in the index.
    } finally {
      await handle.close().catch(() => undefined);
    }
  }

  async #readNear(handle: FileHandle, lines: readonly WantedLine[], found: (ReadEntry | null)[]): Promise<void> {
    const start = lines[0]?.byteOffset ?? 0;
    const end = endOf(lines.at(-1));
    const buffer = Buffer.allocUnsafe(end - start);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    if (bytesRead < buffer.length) return;
    for (const { index, seq, byteOffset, byteLength } of lines) {
      const bytes = buffer.subarray(byteOffset - start, byteOffset - start + byteLength);
      const reading = readEntryLine(bytes, { atFileStart: byteOffset === 0 });
      const isSame = reading.kind === 'entry' && reading.epochUs === this.#store.order.epochUsOf(seq);
      if (isSame) found[index] = reading.entry;
    }
  }
}

/** Lines in order of their places, those together that one read brings. */
function* nearLines(lines: readonly WantedLine[]): Generator<readonly WantedLine[]> {
  let near: WantedLine[] = [];
  for (const line of lines) {
    const start = near[0]?.byteOffset ?? line.byteOffset;
    const isNear = line.byteOffset - endOf(near.at(-1)) <= MOST_GAP_BYTES && endOf(line) - start <= MOST_READ_BYTES;
    if (near.length > 0 && !isNear) {
      yield near;
      near = [];
    }
    near.push(line);
  }
  if (near.length > 0) yield near;
}

function endOf(line: WantedLine | undefined): number {
  return line === undefined ? 0 : line.byteOffset + line.byteLength;
}
