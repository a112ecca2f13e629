/** Gathers what is read until it is worth a transaction. */

import type { Batch, FileAdvance, UnreadableRow } from './batch.ts';
import { EntryColumns, type IndexedEntry } from './entry-columns.ts';
import type { LinesToWrite, RowWriter, WrittenRows } from './row-writer.ts';

/** Rows of the first batch: few, so that something shows soon. */
const FIRST_ROWS = 2_000;
/** Rows of a later batch: 15 of DuckDB's vectors, a quarter of its row group. */
const MOST_ROWS = 30_720;
/** Bytes of texts after which a batch is due however few its rows: metadata may be long. A writer's memory has room for two megabytes more. */
const MOST_TEXT_BYTES = 14 * 1024 * 1024;
/** A smaller batch is due when it waited this long: rows show while they are read. */
const MOST_MS = 400;

export class BatchBuilder {
  readonly #columns: EntryColumns;
  #unreadable: UnreadableRow[] = [];
  #files = new Map<number, FileAdvance>();
  #mostRows = FIRST_ROWS;
  #sinceMs = performance.now();

  /** Rows are built in the writer's memory, where there is one. */
  constructor(writer: RowWriter | null = null) {
    this.#columns = new EntryColumns(MOST_ROWS, writer);
  }

  addEntry(entry: IndexedEntry): void {
    this.#columns.add(entry);
  }

  /** Adds entries of known lines until one is unknown or the batch is full: see `EntryColumns.addLines`. */
  addLines(lines: LinesToWrite): WrittenRows {
    return this.#columns.addLines(lines, this.#mostRows - this.#unreadable.length);
  }

  addUnreadable(row: UnreadableRow): void {
    this.#unreadable.push(row);
  }

  /** Says how far the batch brings a file. Said again, the last one counts. */
  advance(advance: FileAdvance): void {
    this.#files.set(advance.file, advance);
  }

  /** True where nothing may be added before the batch is taken. */
  isFull(): boolean {
    if (this.#columns.textBytes >= MOST_TEXT_BYTES) return true;
    return this.#columns.length + this.#unreadable.length >= this.#mostRows;
  }

  isDue(): boolean {
    return this.isFull() || performance.now() - this.#sinceMs >= MOST_MS;
  }

  /** The batch; the next one begins. */
  take(): Batch {
    const blocks = this.#columns.length === 0 ? [] : [this.#columns.take()];
    const batch = { blocks, unreadable: this.#unreadable, files: [...this.#files.values()] };
    this.#unreadable = [];
    this.#files = new Map();
    this.#mostRows = MOST_ROWS;
    this.#sinceMs = performance.now();
    return batch;
  }
}
