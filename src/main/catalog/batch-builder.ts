/** Gathers what is read until it is worth a transaction. */

import type { Batch, FileAdvance, UnreadableRow } from './batch.ts';
import type { CanonicalLine } from './canonical-line.ts';
import { EntryColumns, type IndexedEntry } from './entry-columns.ts';

/** Rows of the first batch: few, so that something shows soon. */
const FIRST_ROWS = 2_000;
/** Rows of a large batch: what DuckDB keeps as one row group, so that it is written once and not through the log. */
const MOST_ROWS = 122_880;
/** A smaller batch is due when it waited this long: rows show while they are read. A commit costs some 20 ms. */
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
