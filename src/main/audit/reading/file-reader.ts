/** Reads a log file as entries: opened so that nothing that is no regular file can hold it up. */
import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ScannedLine } from '../storage/storage-backend.ts';
import { byteOrderMarkLength, readEntryLine } from './entry-line.ts';
import { type LineReaderOptions, MAX_LINE_BYTES, type RawLine, readLineBatches } from './line-reader.ts';

/** Opened without waiting: a pipe that took a log's name after it was listed would otherwise hang the open for ever. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** What a file was when it was opened: whether it changed since can be told by comparing all of it. */
export interface FileState {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: number;
  readonly modifiedNs: bigint;
}

/** True where two states are of the same file with the same content, so far as the system tells. */
export function isSameState(a: FileState, b: FileState): boolean {
  return a.inode === b.inode && a.device === b.device && a.size === b.size && a.modifiedNs === b.modifiedNs;
}

/** The state of an open file; null where it is no regular file. */
export async function stateOf(handle: FileHandle): Promise<FileState | null> {
  return stateOfStats(await handle.stat({ bigint: true }));
}

/** The state that the system tells; null where it is of no regular file. */
export function stateOfStats(stats: BigIntStats): FileState | null {
  if (!stats.isFile()) return null;
  return { device: stats.dev, inode: stats.ino, size: Number(stats.size), modifiedNs: stats.mtimeNs };
}

/** Opens a regular file for reading; null where the path is something else. System errors pass through as they are. */
export async function openRegularFile(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly state: FileState } | null> {
  const handle = await open(path, READ_WITHOUT_WAITING);
  const state = await stateOf(handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  if (state !== null) return { handle, state };
  await handle.close();
  return null;
}

/** One line of a file as an entry or as unreadable; null for a blank one. */
export function scanLine(file: string, raw: RawLine): ScannedLine | null {
  const location = { file, byteOffset: raw.byteOffset, byteLength: raw.byteLength };
  if (raw.bytes === null) {
    const reason = `It is longer than ${MAX_LINE_BYTES / 1024 / 1024} MiB.`;
    return { kind: 'unreadable', ...location, line: raw.line, reason };
  }
  const atFileStart = raw.byteOffset === 0;
  const reading = readEntryLine(raw.bytes, { atFileStart, terminated: raw.terminated });
  if (reading.kind === 'blank') return null;
  if (reading.kind === 'unreadable') return { kind: 'unreadable', ...location, line: raw.line, reason: reading.reason };
  const bytes = atFileStart ? raw.bytes.subarray(byteOrderMarkLength(raw.bytes)) : raw.bytes;
  return { kind: 'entry', entry: reading.entry, epochUs: reading.epochUs, location, raw: bytes };
}

/** Reads an open log file line by line from a byte offset; blank lines are passed over. Batches as {@link readLineBatches}. */
export async function* scanFile(
  handle: FileHandle,
  file: string,
  options: LineReaderOptions = {},
): AsyncGenerator<readonly ScannedLine[]> {
  for await (const batch of readLineBatches(handle, options)) {
    const lines: ScannedLine[] = [];
    for (const raw of batch) {
      const line = scanLine(file, raw);
      if (line !== null) lines.push(line);
    }
    yield lines;
  }
}
