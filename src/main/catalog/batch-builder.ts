/** Gathers what is read until it is worth a transaction. */

import type { Batch, FileAdvance, UnreadableRow } from './batch.ts';
import type { CanonicalLine } from './canonical-line.ts';
import { EntryColumns, type IndexedEntry } from './entry-columns.ts';

/** Rows of the first batch: few, so that something shows soon. */
const FIRST_ROWS = 2_000;
/** Rows of a later batch: 15 of DuckDB's vectors, a quarter of its row group. */
const MOST_ROWS = 30_720;
/** Bytes of texts after which a batch is due however few its rows: metadata may be long. */
const MOST_TEXT_BYTES = 64 * 1024 * 1024;
/** A smaller batch is due when it waited this long: rows show while they are read. */
const MOST_MS = 400;

export class BatchBuilder {
  #columns = new EntryColumns();
  #unreadable: UnreadableRow[] = [];
  #files = new Map<number, FileAdvance>();
  #mostRows = FIRST_ROWS;
  #sinceMs = performance.now();

  addEntry(entry: IndexedEntry): void {
    this.#columns.add(entry);
  }

  /** Adds the entry of a line that was read as a canonical one. */
  addCanonical(line: CanonicalLine, file: number, byteOffset: number): void {
    this.#columns.addCanonical(line, file, byteOffset);
  }

  addUnreadable(row: UnreadableRow): void {
    this.#unreadable.push(row);
  }

  /** Says how far the batch brings a file. Said again, the last one counts. */
  advance(advance: FileAdvance): void {
    this.#files.set(advance.file, advance);
  }

  isDue(): boolean {
    if (this.#columns.textBytes >= MOST_TEXT_BYTES) return true;
    const rows = this.#columns.length + this.#unreadable.length;
    return rows >= this.#mostRows || performance.now() - this.#sinceMs >= MOST_MS;
  }

  /** The batch; the next one begins. */
  take(): Batch {
    const blocks = this.#columns.length === 0 ? [] : [this.#columns.block()];
    const batch = { blocks, unreadable: this.#unreadable, files: [...this.#files.values()] };
    this.#columns = new EntryColumns();
    this.#unreadable = [];
    this.#files = new Map();
    this.#mostRows = MOST_ROWS;
    this.#sinceMs = performance.now();
    return batch;
  }
}
