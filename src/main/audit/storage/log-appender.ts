/** Appends batches of lines to the file of the day: rotates it, makes it safe, and notices where it was replaced underneath. */
import type { Buffer } from 'node:buffer';
import { closeSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AuditError } from '../../../shared/errors.ts';
import { formatDay } from '../../../shared/timestamp.ts';
import type { Clock } from '../clock.ts';
import { type AppendFile, appendLines, openForAppend } from './file-append.ts';
import { errnoOf, toFileError } from './file-error.ts';
import { makeFolder, syncData, syncFolder } from './folder-durability.ts';
import { hasLogName } from './interrupted-rewrite.ts';
import { listLogFiles } from './list-log-files.ts';
import { dayFileName, isSameDay } from './log-files.ts';
import { findMissingLines } from './missing-lines.ts';
import { waitForMark } from './rewrite-mark.ts';
import { rotate } from './rotation.ts';

export interface LogAppenderOptions {
  readonly folder: string;
  /** true: lines are on the disk before an append resolves. */
  readonly durable: boolean;
  readonly rotationBytes: number;
  readonly clock: Clock;
}

/** How many of the lines fit before the file reaches its limit: the look is before each line, as the original does it. */
function countThatFit(size: number, limit: number, lines: readonly Buffer[]): number {
  let end = size;
  let count = 0;
  while (count < lines.length && (count === 0 || end < limit)) {
    end += lines[count]?.length ?? 0;
    count += 1;
  }
  return count;
}

/** Appends to one folder. Calls must not overlap: see {@link WriterLoop}. */
export class LogAppender {
  readonly #options: LogAppenderOptions;
  #isFolderMade = false;
  /** The file whose name is known to be on the disk. */
  #safeIdentity = '';

  constructor(options: LogAppenderOptions) {
    this.#options = options;
  }

  /**
   * Appends lines (each with its newline) to the file of the day, as many as fit before it is rotated, at least one; answers how
   * many. They are safe then, wherever the file has gone meanwhile. Errors by code; `writer_stopped` where a sync failed, after
   * which nothing may be appended any more.
   */
  async append(lines: readonly Buffer[]): Promise<number> {
    const { folder, rotationBytes, clock } = this.#options;
    const day = formatDay(clock());
    const path = join(folder, dayFileName(day));
    let isReplaced: boolean;
    let count: number;
    try {
      if (!this.#isFolderMade) await this.#makeFolder();
      const file = this.#open(day, path);
      try {
        count = countThatFit(file.size, rotationBytes, lines);
        await appendLines(file, path, lines.slice(0, count));
        await this.#makeSafe(file, path);
        isReplaced = !this.#isInLog(file, path);
      } finally {
        closeSync(file.fd);
      }
    } catch (error) {
      throw toFileError(error, path, 'write to');
    }
    if (isReplaced) await this.#bringBack(day, lines.slice(0, count));
    return count;
  }

  #open(day: string, path: string): AppendFile {
    for (;;) {
      const file = openForAppend(path);
      if (file.size < this.#options.rotationBytes) return file;
      try {
        if (!rotate(this.#options.folder, day, file.identity)) return file;
      } catch (error) {
        closeSync(file.fd);
        throw error;
      }
      closeSync(file.fd);
    }
  }

  async #makeSafe(file: AppendFile, path: string): Promise<void> {
    await this.#sync(path, async () => {
      await syncData(file.fd);
      // The name as well, once a file: whoever made it may not have come to sync the folder.
      if (this.#safeIdentity !== file.identity) await syncFolder(this.#options.folder);
    });
    this.#safeIdentity = file.identity;
  }

  /** Syncs, where this writer is to be durable. `writer_stopped` where it fails: nobody can tell then what the disk has. */
  async #sync(path: string, work: () => Promise<void>): Promise<void> {
    if (!this.#options.durable) return;
    try {
      await work();
    } catch (cause) {
      // No file could be opened, so none was synced, and none has failed to be: it may be tried again.
      if (errnoOf(cause) === 'EMFILE' || errnoOf(cause) === 'ENFILE') throw cause;
      const message = `Writing has stopped: the system could not make ${path} safe on its disk (${errnoOf(cause) ?? 'unknown error'}). What was written since is not certain to be kept. Check the disk, then start anew.`;
      throw new AuditError('writer_stopped', message, { cause, details: { path } });
    }
  }

  /** Makes the folder, and finishes what a rewriter that was killed has left in it. */
  async #makeFolder(): Promise<void> {
    const { folder } = this.#options;
    const changed = makeFolder(folder);
    await this.#sync(folder, async () => {
      for (const above of changed) await syncFolder(above);
    });
    await listLogFiles(folder);
    this.#isFolderMade = true;
  }

  /**
   * True where the file has a log's name after the write, its own or, rotated, another. Whoever replaces it from now on finds in it
   * what was written. Not told by its links: a rewriter keeps the old file under a name that is no log's.
   */
  #isInLog(file: AppendFile, path: string): boolean {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && `${stats.dev}:${stats.ino}` === file.identity) return true;
    return hasLogName(this.#options.folder, file.identity);
  }

  /** The file was replaced or removed while we wrote: waits for the rewriter, then appends what it did not carry over. */
  async #bringBack(day: string, lines: readonly Buffer[]): Promise<void> {
    const { folder } = this.#options;
    const name = dayFileName(day);
    await waitForMark(folder, name);
    // It may have been put away under a number before it was replaced. Listing finishes what a rewriter that died has left.
    for (const file of await listLogFiles(folder)) if (isSameDay(file.name, name)) await waitForMark(folder, file.name);
    let missing = await findMissingLines(folder, name, lines);
    while (missing.length > 0) missing = missing.slice(await this.append(missing));
  }
}
