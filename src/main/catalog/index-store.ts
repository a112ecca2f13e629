/** What is in an index: its files and how far they are read, and the only place that changes rows. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { compareLogFiles } from '../audit/index.ts';
import type { Batch, FileAdvance } from './batch.ts';
import type { Database } from './database.ts';
import {
  appendRows,
  insertFiles,
  type RemovedRows,
  removeFiles,
  removeTail,
  updateProgress,
  updateSeen,
} from './index-rows.ts';
import type { IndexedFile, SourceFile } from './log-file.ts';
import { rawChunks } from './raw-columns.ts';
import { RowPlaces } from './row-places.ts';
import { TimeOrder } from './time-order.ts';

/** Changes of the set of files, applied at once. */
export interface FileChanges {
  /** Files whose rows go. */
  readonly remove: readonly IndexedFile[];
  readonly add: readonly SourceFile[];
  /** The same files, seen again under perhaps another name, size or time. */
  readonly update: readonly { readonly file: number; readonly seen: SourceFile }[];
}

/** Rows whose deletion is worth making the index smaller: what DuckDB keeps together in one row group. */
const MANY_ROWS = 122_880;

export class IndexStore {
  readonly order = new TimeOrder();
  readonly places = new RowPlaces();
  readonly #database: Database;
  readonly #files = new Map<number, IndexedFile>();
  readonly #fileByName = new Map<string, number>();
  /** Files that have a row of their own. One that was never read has none: it is met again when the source is looked at. */
  readonly #stored = new Set<number>();
  #nextFile = 0;
  #revision = 1;
  #entries = 0;
  #unreadable = 0;
  /** Rows that were there when the index was opened, until it is known where they lie. */
  #loaded = 0;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Takes up what an index holds. */
  static async load(database: Database): Promise<IndexStore> {
    const store = new IndexStore(database);
    await store.#loadFiles();
    await store.#loadOrder();
    return store;
  }

  get revision(): number {
    return this.#revision;
  }

  get entries(): number {
    return this.#entries;
  }

  get unreadable(): number {
    return this.#unreadable;
  }

  files(): Iterable<IndexedFile> {
    return this.#files.values();
  }

  file(file: number): IndexedFile | undefined {
    return this.#files.get(file);
  }

  fileNamed(name: string): IndexedFile | undefined {
    const file = this.#fileByName.get(name);
    return file === undefined ? undefined : this.#files.get(file);
  }

  /** Tells that many rows will be kept one batch after another, or that they have been. */
  async keepMany(isMany: boolean): Promise<void> {
    await this.#database.writeMuch(isMany);
  }

  /** Applies changes of the set of files in one transaction. New files begin unread. */
  async changeFiles(changes: FileChanges): Promise<void> {
    if (changes.remove.length + changes.add.length + changes.update.length === 0) return;
    const removed = changes.remove.filter(({ file }) => this.#stored.has(file));
    const updated = changes.update.filter(({ file }) => this.#stored.has(file));
    if (removed.length + updated.length > 0) {
      await this.#database.transaction(async (connection) => {
        await removeFiles(connection, removed);
        for (const { file, seen } of updated) await updateSeen(connection, file, seen);
      });
    }
    if (changes.remove.reduce((rows, { entries }) => rows + entries, 0) >= MANY_ROWS) this.#database.leaveGaps();
    for (const file of changes.remove) this.#forget(file);
    for (const seen of changes.add) {
      const file = this.#unread(seen);
      this.#files.set(file.file, file);
    }
    for (const { file, seen } of changes.update) {
      const known = this.#files.get(file);
      if (known !== undefined) this.#files.set(file, { ...known, ...seen });
    }
    this.#rankFiles();
    this.#revision += 1;
  }

  /** Keeps the rows of a batch and how far it brings its files, in one transaction. */
  async commit(batch: Batch): Promise<void> {
    if (batch.files.length === 0) return;
    const firstSeq = this.order.length;
    const { advanced, removed } = await this.#database.transaction(async (connection) => {
      const replaced = await this.#removeTails(connection, batch.files);
      const files = this.#advance(batch, replaced);
      await appendRows(connection, batch, firstSeq);
      await insertFiles(
        connection,
        files.filter(({ file }) => !this.#stored.has(file)),
      );
      for (const file of files) if (this.#stored.has(file.file)) await updateProgress(connection, file);
      return { advanced: files, removed: [...replaced.values()].flatMap(({ seqs }) => seqs) };
    });
    for (const file of advanced) {
      const known = this.#files.get(file.file);
      this.#entries += file.entries - (known?.entries ?? 0);
      this.#unreadable += file.unreadable - (known?.unreadable ?? 0);
      this.#files.set(file.file, file);
      this.#stored.add(file.file);
    }
    if (removed.length > 0) this.order.removeRows(removed);
    for (const block of batch.blocks) {
      this.order.append(block.epochUs, block.files);
      this.places.append(block.byteOffset, block.byteLength);
    }
    this.#revision += 1;
  }

  #forget(file: IndexedFile): void {
    this.#files.delete(file.file);
    this.#stored.delete(file.file);
    if (file.entries > 0) this.order.removeFile(file.file);
    this.#entries -= file.entries;
    this.#unreadable -= file.unreadable;
  }

  async #removeTails(
    connection: DuckDBConnection,
    files: readonly FileAdvance[],
  ): Promise<ReadonlyMap<number, RemovedRows>> {
    const removed = new Map<number, RemovedRows>();
    for (const { file, replaceFrom } of files) {
      if (replaceFrom !== null) removed.set(file, await removeTail(connection, file, replaceFrom));
    }
    return removed;
  }

  /** The files of a batch as they are once it is kept. */
  #advance(batch: Batch, replaced: ReadonlyMap<number, RemovedRows>): readonly IndexedFile[] {
    const entries = rowsOfFiles(batch);
    const unreadable = new Map<number, number>();
    for (const { file } of batch.unreadable) unreadable.set(file, (unreadable.get(file) ?? 0) + 1);
    return batch.files.flatMap(({ replaceFrom: _, ...advance }): IndexedFile[] => {
      const known = this.#files.get(advance.file);
      if (known === undefined) return [];
      const gone = replaced.get(known.file);
      return [
        {
          ...known,
          ...advance,
          entries: known.entries - (gone?.seqs.length ?? 0) + (entries.get(known.file) ?? 0),
          unreadable: known.unreadable - (gone?.unreadable ?? 0) + (unreadable.get(known.file) ?? 0),
        },
      ];
    });
  }

  #unread(seen: SourceFile): IndexedFile {
    const file = this.#nextFile;
    this.#nextFile += 1;
    return { ...seen, file, bytesRead: 0, tailLength: 0, lines: 0, entries: 0, unreadable: 0, mark: '' };
  }

  #rankFiles(): void {
    const sorted = [...this.#files.values()].sort((first, second) => compareLogFiles(first.name, second.name));
    const ranks = new Int32Array(this.#nextFile).fill(-1);
    for (const [rank, file] of sorted.entries()) ranks[file.file] = rank;
    this.order.setFileRanks(ranks);
    this.#fileByName.clear();
    for (const file of sorted) this.#fileByName.set(file.name, file.file);
  }

  async #loadFiles(): Promise<void> {
    const rows = await this.#database.rows(
      `SELECT file, name, size, mtime_ns, identity, bytes_read, tail_length, lines, entries, unreadable, mark FROM files`,
    );
    for (const row of rows) {
      const file: IndexedFile = {
        file: Number(row[0]),
        name: String(row[1]),
        size: Number(row[2]),
        mtimeNs: String(row[3]),
        identity: String(row[4]),
        bytesRead: Number(row[5]),
        tailLength: Number(row[6]),
        lines: Number(row[7]),
        entries: Number(row[8]),
        unreadable: Number(row[9]),
        mark: String(row[10]),
      };
      this.#files.set(file.file, file);
      this.#stored.add(file.file);
      this.#nextFile = Math.max(this.#nextFile, file.file + 1);
      this.#entries += file.entries;
      this.#unreadable += file.unreadable;
    }
    this.#rankFiles();
  }

  async #loadOrder(): Promise<void> {
    this.order.reserve(this.#entries);
    const result = await this.#database.query('SELECT seq, epoch_us, file FROM entries');
    for (const chunk of rawChunks(result)) this.order.load(chunk.integers(0), chunk.doubles(1), chunk.integers(2));
    this.#loaded = this.order.length;
    this.places.skip(this.#loaded);
  }

  /** Learns where the rows lie that were there when the index was opened; the first page need not wait for it. */
  async loadPlaces(): Promise<void> {
    const rows = this.#loaded;
    if (rows === 0) return;
    this.#loaded = 0;
    const result = await this.#database.query(
      `SELECT seq, byte_offset::DOUBLE, byte_length::DOUBLE FROM entries WHERE seq < ${rows}`,
    );
    for (const chunk of rawChunks(result)) this.places.know(chunk.integers(0), chunk.doubles(1), chunk.doubles(2));
  }
}

/** Rows that a batch holds of each file; those of one file lie together. */
function rowsOfFiles({ blocks }: Batch): ReadonlyMap<number, number> {
  const rows = new Map<number, number>();
  for (const { files } of blocks) {
    for (let from = 0, to = 1; from < files.length; from = to, to += 1) {
      const file = files[from] as number;
      while (to < files.length && files[to] === file) to += 1;
      rows.set(file, (rows.get(file) ?? 0) + to - from);
    }
  }
  return rows;
}
