/** The statements that change the rows of an index. Called within a transaction, by the store alone. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { appendBlock } from './append-block.ts';
import type { Batch } from './batch.ts';
import type { IndexedFile, SourceFile } from './log-file.ts';

/** Rows that a batch took out before it put its own in. */
export interface RemovedRows {
  readonly seqs: readonly number[];
  readonly unreadable: number;
}

/** Takes out all that was read of some files. */
export async function removeFiles(connection: DuckDBConnection, files: readonly IndexedFile[]): Promise<void> {
  if (files.length === 0) return;
  const numbers = files.map(({ file }) => file).join(', ');
  for (const table of ['entries', 'unreadable', 'files']) {
    await connection.run(`DELETE FROM ${table} WHERE file IN (${numbers})`);
  }
}

/** Keeps files that had no row yet. */
export async function insertFiles(connection: DuckDBConnection, files: readonly IndexedFile[]): Promise<void> {
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

/** Keeps what a look told of a file. */
export async function updateSeen(connection: DuckDBConnection, file: number, seen: SourceFile): Promise<void> {
  await connection.run(
    'UPDATE files SET name = $name, size = $size, mtime_ns = $mtime_ns, identity = $identity WHERE file = $file',
    { file, name: seen.name, size: seen.size, mtime_ns: seen.mtimeNs, identity: seen.identity },
  );
}

/** Keeps how far a file is read. */
export async function updateProgress(connection: DuckDBConnection, file: IndexedFile): Promise<void> {
  await connection.run(
    `UPDATE files SET bytes_read = $bytes_read, tail_length = $tail_length, lines = $lines, mark = $mark,
       entries = $entries, unreadable = $unreadable WHERE file = $file`,
    {
      file: file.file,
      bytes_read: file.bytesRead,
      tail_length: file.tailLength,
      lines: file.lines,
      mark: file.mark,
      entries: file.entries,
      unreadable: file.unreadable,
    },
  );
}

/** Removes what lies at or behind a byte of a file; answers what went. */
export async function removeTail(connection: DuckDBConnection, file: number, from: number): Promise<RemovedRows> {
  const bindings = { file, from };
  const where = 'WHERE file = $file AND byte_offset >= $from';
  const entries = await connection.runAndReadAll(`DELETE FROM entries ${where} RETURNING seq`, bindings);
  const unreadable = await connection.runAndReadAll(`DELETE FROM unreadable ${where} RETURNING line`, bindings);
  return { seqs: entries.getRows().map((row) => Number(row[0])), unreadable: unreadable.getRows().length };
}

/** Puts in the rows of a batch; its entries are numbered from `firstSeq` on. */
export async function appendRows(connection: DuckDBConnection, batch: Batch, firstSeq: number): Promise<void> {
  if (batch.blocks.length > 0) {
    const appender = await connection.createAppender('entries');
    let seq = firstSeq;
    try {
      for (const block of batch.blocks) {
        await appendBlock(appender, block, seq);
        seq += block.rows;
      }
    } catch (error) {
      // What it still holds must not be written when it is let go of.
      appender.clear();
      throw error;
    }
    appender.closeSync();
  }
  if (batch.unreadable.length > 0) {
    const appender = await connection.createAppender('unreadable');
    for (const row of batch.unreadable) {
      appender.appendInteger(row.file);
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
