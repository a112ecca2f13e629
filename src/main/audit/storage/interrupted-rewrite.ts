/**
 * Finishes what a rewriter that was killed, or cut off with the power, has left: lines that others appended to the old file and
 * that are in no log file yet. See docs/adr/0001-one-file-one-writer-loop.md.
 */
import { Buffer } from 'node:buffer';
import { closeSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegularFile } from '../reading/file-reader.ts';
import { readLineBatches } from '../reading/line-reader.ts';
import { appendLines, openForAppend } from './file-append.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { syncData, syncFolder } from './folder-durability.ts';
import { isLogFileName, type LogFile } from './log-files.ts';
import { findMissingLines } from './missing-lines.ts';
import { parseReplacedName, type ReplacedName } from './replaced-file.ts';
import { tryMark } from './rewrite-mark.ts';

/** Lines appended at a time. */
const LINES_AT_A_TIME = 4096;

/**
 * Finishes every interrupted rewrite among these names of a folder, but for those whose rewriter is alive or whose file another
 * program is finishing just now. What cannot be finished, for want of a permission or of space, is answered as a thing that cannot
 * be read: lines may be missing from the log until it is.
 */
export async function finishInterrupted(folder: string, names: readonly string[]): Promise<readonly LogFile[]> {
  const unfinished: LogFile[] = [];
  for (const name of names) {
    const replaced = parseReplacedName(name);
    if (replaced === null) continue;
    try {
      await finishUnlessHeld(folder, replaced);
    } catch (error) {
      if (await holdsNothing(folder, replaced)) continue;
      const { message } = toFileError(error, join(folder, name), 'bring back the lines of');
      const reason = `A deletion was interrupted, and lines appended during it are not in the log yet. ${message}`;
      unfinished.push({ kind: 'refused', name, reason });
    }
  }
  return unfinished;
}

async function finishUnlessHeld(folder: string, replaced: ReplacedName): Promise<void> {
  const mark = tryMark(folder, replaced.file);
  if (mark === null) return;
  try {
    await finishHeld(folder, replaced);
  } finally {
    mark.release();
  }
}

/** Finishes what was left of a rewrite of this file, whose mark is held. Errors by code; what is not finished stays. */
export async function finishInterruptedOf(folder: string, file: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const replaced = parseReplacedName(name);
    if (replaced?.file === file) await finishHeld(folder, replaced);
  }
}

async function finishHeld(folder: string, replaced: ReplacedName): Promise<void> {
  const path = join(folder, replaced.name);
  const opened = await openUnlessGone(path);
  if (opened === null) return;
  const { handle, state } = opened;
  try {
    // Where the file still has a log's name it was not replaced: the log is wholly old, and nothing is missing from it.
    const isReplaced = !hasLogName(folder, `${state.device}:${state.inode}`);
    if (isReplaced && state.size > replaced.takenUpTo) await bringBack(folder, replaced, handle);
  } finally {
    await handle.close();
  }
  rmSync(path, { force: true });
  await syncFolder(folder);
}

async function openUnlessGone(path: string): ReturnType<typeof openRegularFile> {
  try {
    return await openRegularFile(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** True where one of the folder's log files is the file with this identity. */
export function hasLogName(folder: string, identity: string): boolean {
  return readdirSync(folder).some((name) => {
    if (!isLogFileName(name)) return false;
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    return stats !== undefined && `${stats.dev}:${stats.ino}` === identity;
  });
}

async function bringBack(folder: string, { file, takenUpTo }: ReplacedName, handle: FileHandle): Promise<void> {
  const late: Buffer[] = [];
  for await (const batch of readLineBatches(handle, { start: takenUpTo })) {
    for (const { byteOffset, nextOffset } of batch) {
      // With the end it has, and of any length.
      const line = Buffer.alloc(nextOffset - byteOffset);
      await handle.read(line, 0, line.length, byteOffset);
      late.push(line);
    }
  }
  const missing = await findMissingLines(folder, file, late);
  if (missing.length === 0) return;
  const path = join(folder, file);
  const target = openForAppend(path);
  try {
    for (let from = 0; from < missing.length; from += LINES_AT_A_TIME) {
      await appendLines(target, path, missing.slice(from, from + LINES_AT_A_TIME));
    }
    await syncData(target.fd);
  } finally {
    closeSync(target.fd);
  }
}

/** True where nothing is missing from the log, whether or not the replaced file can be taken away. */
async function holdsNothing(folder: string, { name, takenUpTo }: ReplacedName): Promise<boolean> {
  const stats = statSync(join(folder, name), { throwIfNoEntry: false });
  return stats === undefined || stats.size <= takenUpTo || hasLogName(folder, `${stats.dev}:${stats.ino}`);
}
