/** What is in an index: its files and how far they are read, and the only place that changes rows. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { compareLogFiles } from '../audit/index.ts';
import type { Database } from './database.ts';
import type { EntryColumns } from './entry-columns.ts';
import type { IndexedFile, SourceFile } from './log-file.ts';
import { TimeOrder } from './time-order.ts';

/** A line of a batch that could not be read. */
export interface UnreadableRow {
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly line: number | null;
  readonly reason: string;
}

/** What was read of one file since the last commit, and how far that brings it. */
export interface Batch {
  readonly file: number;
  readonly columns: EntryColumns;
  readonly unreadable: readonly UnreadableRow[];
  /** Rows of the file that lie at or behind this byte are replaced: what was read of a last line without an end. */
  readonly replaceFrom: number | null;
  readonly bytesRead: number;
  readonly tailLength: number;
  readonly lines: number;
  readonly mark: string;
}

/** Changes of the set of files, applied at once. */
export interface FileChanges {
  /** Files whose rows go. */
  readonly remove: readonly IndexedFile[];
  readonly add: readonly SourceFile[];
  /** The same files, seen again under perhaps another name, size or time. */
  readonly update: readonly { readonly file: number; readonly seen: SourceFile }[];
}

export class IndexStore {
  readonly order = new TimeOrder();
  readonly #database: Database;
  readonly #files = new Map<number, IndexedFile>();
  #nextFile = 0;
  #revision = 1;
  #entries = 0;
  #unreadable = 0;

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
    for (const file of this.#files.values()) if (file.name === name) return file;
    return undefined;
  }

  /** Applies changes of the set of files in one transaction. New files begin unread. */
  async changeFiles(changes: FileChanges): Promise<void> {
    if (changes.remove.length + changes.add.length + changes.update.length === 0) return;
    const added = changes.add.map((seen) => this.#unread(seen));
    await this.#database.transaction(async (connection) => {
      await removeFiles(connection, changes.remove);
      await insertFiles(connection, added);
      for (const { file, seen } of changes.update) await updateSeen(connection, file, seen);
    });
    for (const file of changes.remove) {
      this.#files.delete(file.file);
      this.order.removeFile(file.file);
      this.#entries -= file.entries;
      this.#unreadable -= file.unreadable;
    }
    for (const file of added) this.#files.set(file.file, file);
    for (const { file, seen } of changes.update) {
      const known = this.#files.get(file);
      if (known !== undefined) this.#files.set(file, { ...known, ...seen });
    }
    this.#rankFiles();
    this.#revision += 1;
  }

  /** Keeps rows of one file and how far it is read, in one transaction. */
  async commit(batch: Batch): Promise<void> {
    const known = this.#files.get(batch.file);
    if (known === undefined) return;
    const firstSeq = this.order.length;
    const { removed, file } = await this.#database.transaction(async (connection) => {
      const replaced = batch.replaceFrom === null ? NOTHING : await removeTail(connection, known, batch.replaceFrom);
      const after: IndexedFile = {
        ...known,
        bytesRead: batch.bytesRead,
        tailLength: batch.tailLength,
        lines: batch.lines,
        mark: batch.mark,
        entries: known.entries - replaced.seqs.length + batch.columns.length,
        unreadable: known.unreadable - replaced.unreadable + batch.unreadable.length,
      };
      await appendRows(connection, batch, firstSeq);
      await connection.run(
        `UPDATE files SET bytes_read = $bytes_read, tail_length = $tail_length, lines = $lines, mark = $mark,
           entries = $entries, unreadable = $unreadable WHERE file = $file`,
        {
          file: after.file,
          bytes_read: after.bytesRead,
          tail_length: after.tailLength,
          lines: after.lines,
          mark: after.mark,
          entries: after.entries,
          unreadable: after.unreadable,
        },
      );
      return { removed: replaced.seqs, file: after };
    });
    this.#files.set(file.file, file);
    this.#entries += file.entries - known.entries;
    this.#unreadable += file.unreadable - known.unreadable;
    if (removed.length > 0) this.order.removeRows(removed);
    this.order.append(batch.columns.epochUs(), batch.file);
    this.#revision += 1;
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
      this.#nextFile = Math.max(this.#nextFile, file.file + 1);
      this.#entries += file.entries;
      this.#unreadable += file.unreadable;
    }
    this.#rankFiles();
  }

  async #loadOrder(): Promise<void> {
    const result = await this.#database.query('SELECT seq, epoch_us, file FROM entries ORDER BY seq');
    for (let index = 0; index < result.chunkCount; index += 1) {
      const [seqs = [], epochs = [], files = []] = result.getChunk(index).getColumns();
      this.order.load(
        Int32Array.from(seqs as number[]),
        Float64Array.from(epochs as number[]),
        Int32Array.from(files as number[]),
      );
    }
  }
}

const NOTHING = { seqs: [] as number[], unreadable: 0 };

async function removeFiles(connection: DuckDBConnection, files: readonly IndexedFile[]): Promise<void> {
  if (files.length === 0) return;
  const numbers = files.map(({ file }) => file).join(', ');
  for (const table of ['entries', 'unreadable', 'files']) {
    await connection.run(`DELETE FROM ${table} WHERE file IN (${numbers})`);
  }
}

async function insertFiles(connection: DuckDBConnection, files: readonly IndexedFile[]): Promise<void> {
  if (files.length === 0) return;
  const appender = await connection.createAppender('files');
  for (const file of files) {
    appender.appendInteger(file.file);
    appender.appendVarchar(file.name);
    appender.appendDouble(file.size);
    appender.appendVarchar(file.mtimeNs);
    appender.appendVarchar(file.identity);
    appender.appendDouble(file.bytesRead);
    appender.appendDouble(file.tailLength);
    appender.appendInteger(file.lines);
    appender.appendInteger(file.entries);
    appender.appendInteger(file.unreadable);
    appender.appendVarchar(file.mark);
    appender.endRow();
  }
  appender.closeSync();
}

async function updateSeen(connection: DuckDBConnection, file: number, seen: SourceFile): Promise<void> {
  await connection.run(
    'UPDATE files SET name = $name, size = $size, mtime_ns = $mtime_ns, identity = $identity WHERE file = $file',
    { file, name: seen.name, size: seen.size, mtime_ns: seen.mtimeNs, identity: seen.identity },
  );
}

/** Removes what lies at or behind a byte of a file; answers which rows went. */
async function removeTail(
  connection: DuckDBConnection,
  file: IndexedFile,
  from: number,
): Promise<{ readonly seqs: number[]; readonly unreadable: number }> {
  const bindings = { file: file.file, from };
  const where = 'WHERE file = $file AND byte_offset >= $from';
  const entries = await connection.runAndReadAll(`DELETE FROM entries ${where} RETURNING seq`, bindings);
  const unreadable = await connection.runAndReadAll(`DELETE FROM unreadable ${where} RETURNING line`, bindings);
  return { seqs: entries.getRows().map((row) => Number(row[0])), unreadable: unreadable.getRows().length };
}

async function appendRows(connection: DuckDBConnection, batch: Batch, firstSeq: number): Promise<void> {
  if (batch.columns.length > 0) {
    const appender = await connection.createAppender('entries');
    batch.columns.appendTo(appender, batch.file, firstSeq);
    appender.closeSync();
  }
  if (batch.unreadable.length > 0) {
    const appender = await connection.createAppender('unreadable');
    for (const row of batch.unreadable) {
      appender.appendInteger(batch.file);
      appender.appendDouble(row.byteOffset);
      appender.appendDouble(row.byteLength);
      if (row.line === null) appender.appendNull();
      else appender.appendInteger(row.line);
      appender.appendVarchar(row.reason);
      appender.endRow();
    }
    appender.closeSync();
  }
}
