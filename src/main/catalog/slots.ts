/** Where the index of a source lies, and how one that is not taken is opened. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogSource } from './catalog.ts';
import { Database } from './database.ts';
import { CREATE_TABLES, SCHEMA_VERSION } from './schema.ts';

/** Indexes of one source that can be open at once in files; whoever comes later keeps one in memory. */
const SLOTS = 3;

/** Files that this process has open. DuckDB's lock is the process's: it does not keep a process from opening a file twice. */
const openHere = new Set<string>();

/** A database with its tables made, and how to let go of it. */
export interface OpenSlot {
  readonly database: Database;
  close(): Promise<void>;
}

/**
 * Opens the first slot of a source that no one has open; in memory with all of them taken, without a cache folder, or for a source
 * that is memory itself. A damaged index, or one of another version, is built anew.
 */
export async function openSlot(source: CatalogSource, cacheFolder: string | null): Promise<OpenSlot> {
  const folder = source.kind === 'memory' || cacheFolder === null ? null : await sourceFolder(source, cacheFolder);
  for (let slot = 1; folder !== null && slot <= SLOTS; slot += 1) {
    const opened = await openFile(join(folder, `slot-${slot}.duckdb`));
    if (opened !== null) return opened;
  }
  const database = await Database.open(':memory:');
  await prepare(database);
  return { database, close: () => database.close() };
}

async function sourceFolder(
  source: Exclude<CatalogSource, { kind: 'memory' }>,
  cacheFolder: string,
): Promise<string | null> {
  const folder = join(cacheFolder, await sourceName(source));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    return folder;
  } catch {
    return null;
  }
}

/** A name for a source that tells nothing of it. */
async function sourceName(source: Exclude<CatalogSource, { kind: 'memory' }>): Promise<string> {
  const place =
    source.kind === 'folder'
      ? ['folder', await realpath(source.path).catch(() => source.path)]
      : ['bucket', source.options.endpoint ?? '', source.options.bucket, source.options.prefix ?? 'audit/'];
  return createHash('sha256').update(JSON.stringify(place)).digest('hex').slice(0, 32);
}

/** The slot in this file; null where someone has it open or it cannot be made. */
async function openFile(path: string): Promise<OpenSlot | null> {
  if (openHere.has(path)) return null;
  openHere.add(path);
  const database = await openSound(path).catch(() => null);
  if (database === null) {
    openHere.delete(path);
    return null;
  }
  const close = async (): Promise<void> => {
    await database.close();
    openHere.delete(path);
  };
  return { database, close };
}

async function openSound(path: string): Promise<Database | null> {
  for (const attempt of ['as it is', 'anew'] as const) {
    let database: Database | null = null;
    try {
      if (attempt === 'anew') await removeIndex(path);
      database = await Database.open(path);
      await prepare(database);
      await makePrivate(path);
      return database;
    } catch (error) {
      await database?.close().catch(() => undefined);
      if (isTaken(error)) return null;
    }
  }
  return null;
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof Error && /Could not set lock|Conflicting lock|being used by another process/i.test(error.message)
  );
}

/** Makes the tables of a new database; throws where they are another version's. */
async function prepare(database: Database): Promise<void> {
  const tables = await database.rows(`SELECT count(*) FROM information_schema.tables WHERE table_name = 'about'`);
  if (Number(tables[0]?.[0]) === 0) {
    await database.transaction(async (connection) => {
      await connection.run(CREATE_TABLES);
      await connection.run(`INSERT INTO about VALUES ('schema', $version)`, { version: SCHEMA_VERSION });
    });
    return;
  }
  const rows = await database.rows(`SELECT value FROM about WHERE name = 'schema'`);
  if (rows[0]?.[0] !== SCHEMA_VERSION) throw new Error('The index is of another version.');
}

async function removeIndex(path: string): Promise<void> {
  for (const part of [path, `${path}.wal`, `${path}.tmp`]) await rm(part, { force: true, recursive: true });
}

async function makePrivate(path: string): Promise<void> {
  await chmod(path, 0o600);
  await chmod(`${path}.wal`, 0o600).catch(() => undefined);
}
