/** A DuckDB database with one connection that writes and a few that read. */
import { availableParallelism } from 'node:os';
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from '@duckdb/node-api';
import { AuditError } from '../audit/index.ts';

/** Connections that read: beside one that writes, they fill libuv's four threads and no more. */
const READERS = 3;

/**
 * The newest form of file that this DuckDB writes without losing the next ones: it keeps texts by dictionary, which halves the time of
 * a search in them and makes writing a little cheaper.
 */
const STORAGE_VERSION = 'v1.4.0';

/** What DuckDB has unless told otherwise. */
const VACUUM_TASKS = 100;

const THREADS = Math.min(Math.max(availableParallelism(), 2), 4);

/** Memory DuckDB may use; beyond it spills into a folder beside the index. The process around it and its reading threads add some 300 MB. */
const MEMORY_LIMIT = '288MB';

/** Values bound to the parameters of a statement, by their names without the `$`. */
export type Bindings = Record<string, DuckDBValue>;

/** One database, open. Transactions queue for the writer; queries queue for a reader, in the order they come. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #writer: DuckDBConnection;
  readonly #readers: DuckDBConnection[];
  readonly #waiting: ((reader: DuckDBConnection) => void)[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #closed = false;
  #holdsGaps = false;

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection, readers: DuckDBConnection[]) {
    this.#instance = instance;
    this.#writer = writer;
    this.#readers = readers;
  }

  /** Opens or makes the database file; `:memory:` for one that dies with the process. DuckDB's own errors pass through. */
  static async open(path: string): Promise<Database> {
    const instance = await DuckDBInstance.create(path, {
      threads: String(THREADS),
      memory_limit: MEMORY_LIMIT,
      preserve_insertion_order: 'false',
      checkpoint_threshold: '256MB',
      max_vacuum_tasks: '0',
      storage_compatibility_version: STORAGE_VERSION,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    try {
      const writer = await instance.connect();
      const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
      return new Database(instance, writer, readers);
    } catch (error) {
      instance.closeSync();
      throw error;
    }
  }

  /** Runs `work` alone on the writing connection, in a transaction: all of it is kept, or nothing. */
  transaction<Result>(work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> {
    const run = async (): Promise<Result> => {
      await this.#writer.run('BEGIN TRANSACTION');
      try {
        const result = await work(this.#writer);
        await this.#writer.run('COMMIT');
        return result;
      } catch (error) {
        await this.#writer.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    };
    const result = this.#writing.then(run, run);
    this.#writing = result.catch(() => undefined);
    return result;
  }

  /**
   * Tells that much is being written, or no longer. Meanwhile DuckDB has one thread a statement: with more, the thread that appends
   * only waits for the others, in a loop that took half of the processor time of a large index.
   */
  async writeMuch(isMuch: boolean): Promise<void> {
    if (this.#closed) return;
    await this.withReader((reader) => reader.run(`SET threads = ${isMuch ? 1 : THREADS}`));
  }

  /** Tells that many rows were deleted: the file is made smaller when it is closed. */
  leaveGaps(): void {
    this.#holdsGaps = true;
  }

  /** Answers of a query, still in DuckDB's own columns. */
  async query(sql: string, bindings?: Bindings): Promise<DuckDBMaterializedResult> {
    return this.withReader((reader) => (bindings === undefined ? reader.run(sql) : reader.run(sql, bindings)));
  }

  /** Answers of a query as arrays of values. For short answers. */
  async rows(sql: string, bindings?: Bindings): Promise<DuckDBValue[][]> {
    const result = await this.query(sql, bindings);
    return result.getRows();
  }

  /** Lends a reading connection for as long as `work` runs. */
  async withReader<Result>(work: (reader: DuckDBConnection) => Promise<Result>): Promise<Result> {
    if (this.#closed)
      throw new AuditError('catalog_unavailable', 'The index of this source is closed. Open the source again.');
    const reader = await this.#takeReader();
    try {
      return await work(reader);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#readers.push(reader);
      else next(reader);
    }
  }

  /** Waits for what runs, writes a checkpoint and closes the file. May be called twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    const readers = await Promise.all(Array.from({ length: READERS }, () => this.#takeReader()));
    // Unasked, DuckDB puts half-full row groups together at every checkpoint: 1.5 s of a million rows to save a few kilobytes.
    if (this.#holdsGaps) await this.#writer.run(`SET max_vacuum_tasks = ${VACUUM_TASKS}`).catch(() => undefined);
    await this.#writer.run('CHECKPOINT').catch(() => undefined);
    for (const reader of readers) reader.closeSync();
    this.#writer.closeSync();
    this.#instance.closeSync();
  }

  async #takeReader(): Promise<DuckDBConnection> {
    return this.#readers.pop() ?? new Promise<DuckDBConnection>((take) => this.#waiting.push(take));
  }
}
