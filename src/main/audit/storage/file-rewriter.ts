/**
 * Removes lines from a log file so that it is wholly old or wholly new at every moment, and no line that another program appends
 * meanwhile is lost. See docs/adr/0001-one-file-one-writer-loop.md.
 */
import { Buffer } from 'node:buffer';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fdatasyncSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AuditError } from '../../../shared/errors.ts';
import { appendLines, openForAppend } from './file-append.ts';
import { errnoOf } from './file-error.ts';
import { type FolderSync, syncData, syncFile } from './folder-durability.ts';
import { diskFull, writeKeptLines } from './kept-lines.ts';
import { ReplacedFile } from './replaced-file.ts';
import { type RewriteMark, rewritePath } from './rewrite-mark.ts';
import type { LineCounts, RewritePlan } from './rewrite-plan.ts';
import type { DeleteSelection } from './storage-backend.ts';

const COPY_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;
/**
 * A program that opened the old file just before it was replaced writes within this time. Measured for Python's open, append, close
 * on a busy machine: 11 µs at the median, 4 ms at the 99.9th percentile.
 */
const LATE_WRITE_MS = 50;

/** What became of the file. `moved`: another program renamed or replaced it first; nothing was done. */
export type RewriteResult =
  | { readonly outcome: 'moved' }
  /** `untouched`: nothing in it is selected any more. */
  | { readonly outcome: 'untouched' | 'rewritten' | 'removed'; readonly counts: LineCounts };

/** Writes all bytes or throws: `writeSync` on a full disk answers a short count and no error. */
function writeWhole(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const written = writeSync(fd, bytes, at);
    if (written === 0) throw diskFull();
    at += written;
  }
}

function copyRange(from: number, to: number, start: number, end: number): void {
  const chunk = Buffer.allocUnsafe(Math.min(COPY_BYTES, end - start));
  for (let at = start; at < end; ) {
    const count = readSync(from, chunk, 0, Math.min(chunk.length, end - at), at);
    if (count === 0)
      throw new AuditError('entry_changed', 'The log file became shorter while it was rewritten. Nothing was changed.');
    writeWhole(to, chunk.subarray(0, count));
    at += count;
  }
}

/** Where the last whole line ends between two offsets; the first of them where none does. */
function lastLineEnd(fd: number, from: number, to: number): number {
  const chunk = Buffer.allocUnsafe(Math.min(COPY_BYTES, Math.max(to - from, 0)));
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - chunk.length);
    const count = readSync(fd, chunk, 0, end - start, start);
    const newline = chunk.subarray(0, count).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return from;
}

function isStillAt(path: string, old: Stats): boolean {
  try {
    const stats = statSync(path);
    return stats.ino === old.ino && stats.dev === old.dev;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Gives the new file the old one's mode and, where this user may, its owner. */
function copyAccess(fd: number, old: Stats): void {
  fchmodSync(fd, old.mode & 0o777);
  const made = fstatSync(fd);
  if (made.uid === old.uid && made.gid === old.gid) return;
  try {
    fchownSync(fd, old.uid, old.gid);
  } catch (error) {
    if (errnoOf(error) !== 'EPERM') throw error;
  }
}

/** What a rewriter is given beside the file. */
export interface RewriteTask {
  readonly selection: DeleteSelection;
  /** Made of the file as it is; null where it changed since. */
  readonly plan: RewritePlan | null;
  readonly mark: RewriteMark;
  /** Of the folder; may be shared with other rewrites in it. */
  readonly folderSync: FolderSync;
}

/** One rewriting of one file, whose mark is held. */
export class FileRewriter {
  readonly #folder: string;
  readonly #file: string;
  readonly #path: string;
  readonly #newPath: string;
  /** The old file, open for reading: still readable when its name is another file's. */
  readonly #oldFile: FileHandle;
  readonly #old: Stats;
  readonly #task: RewriteTask;
  /** Up to where the old file's bytes have been dealt with: the end of a line. */
  #takenUpTo = 0;
  #replaced: ReplacedFile | null = null;

  constructor(folder: string, file: string, oldFile: FileHandle, task: RewriteTask) {
    this.#folder = folder;
    this.#file = file;
    this.#path = join(folder, file);
    this.#newPath = rewritePath(folder, file);
    this.#oldFile = oldFile;
    this.#old = fstatSync(oldFile.fd);
    this.#task = task;
  }

  /**
   * Replaces or removes the file; {@link FileRewriter.settle} makes that safe from a power cut. System errors pass through; the log is
   * wholly old then.
   */
  async run(): Promise<RewriteResult> {
    const { plan } = this.#task;
    if (!this.#isStillOurs()) return { outcome: 'moved' };
    if (plan?.isWhole === true && this.#removeIfUnchanged(plan, plan.end)) return { outcome: 'removed', counts: plan };
    return await this.#replace();
  }

  #isStillOurs(): boolean {
    return isStillAt(this.#path, this.#old) && this.#task.mark.isHeld();
  }

  #size(): number {
    return fstatSync(this.#oldFile.fd).size;
  }

  /** Removes a file in which nothing stays, provided that it still ends where it ended when it was read. */
  #removeIfUnchanged({ kept, unreadable }: LineCounts, end: number): boolean {
    if (kept + unreadable > 0) return false;
    const replaced = ReplacedFile.keep(this.#folder, this.#file, end);
    if (this.#size() !== end || !this.#isStillOurs()) {
      replaced.drop();
      return false;
    }
    unlinkSync(this.#path);
    this.#replaced = replaced;
    this.#takenUpTo = end;
    return true;
  }

  async #replace(): Promise<RewriteResult> {
    const newFd = openSync(this.#newPath, 'wx', 0o600);
    let replaced: ReplacedFile | null = null;
    let isRenamed = false;
    let counts: LineCounts;
    try {
      copyAccess(newFd, this.#old);
      const written = await writeKeptLines(this.#oldFile, this.#file, newFd, this.#task.selection);
      counts = written;
      if (counts.removed === 0) return { outcome: 'untouched', counts };
      if (this.#removeIfUnchanged(counts, written.end)) return { outcome: 'removed', counts };
      this.#takenUpTo = written.settledEnd;
      await syncFile(newFd);
      replaced = ReplacedFile.keep(this.#folder, this.#file, this.#takenUpTo);
      this.#takeTail(newFd);
      replaced.take(this.#takenUpTo);
      if (!this.#isStillOurs()) return { outcome: 'moved' };
      renameSync(this.#newPath, this.#path);
      isRenamed = true;
      this.#replaced = replaced;
    } finally {
      closeSync(newFd);
      if (!isRenamed) {
        replaced?.drop();
        rmSync(this.#newPath, { force: true });
      }
    }
    await this.#carryOver('whole lines');
    return { outcome: 'rewritten', counts };
  }

  /**
   * Copies the whole lines that were appended since, until none is new. Synchronous, as is the rename after it: some 10 µs lie
   * between. A line that is being written just now is left for later: copied by half, it would be two broken ones.
   */
  #takeTail(newFd: number): void {
    for (;;) {
      const end = lastLineEnd(this.#oldFile.fd, this.#takenUpTo, this.#size());
      if (end === this.#takenUpTo) return;
      copyRange(this.#oldFile.fd, newFd, this.#takenUpTo, end);
      fdatasyncSync(newFd);
      this.#takenUpTo = end;
    }
  }

  /**
   * Syncs the folder, and looks at the old file once more, now and after {@link LATE_WRITE_MS}: what a program appended through a handle it had opened
   * before is appended to the file that has the name now. Then lets the old file go, and looks a last time. The mark must be held
   * until it has resolved. Where it fails, the old file stays, and its lines are brought back when the folder is next opened.
   */
  async settle(): Promise<void> {
    await this.#carryOver('whole lines');
    await this.#task.folderSync.sync();
    await delay(LATE_WRITE_MS);
    await this.#carryOver('everything');
    this.#replaced?.drop();
    await this.#carryOver('everything');
    await this.#task.folderSync.sync();
  }

  async #carryOver(what: 'whole lines' | 'everything'): Promise<void> {
    const size = this.#size();
    const end = what === 'everything' ? size : lastLineEnd(this.#oldFile.fd, this.#takenUpTo, size);
    if (end <= this.#takenUpTo) return;
    const late = Buffer.alloc(end - this.#takenUpTo);
    const count = readSync(this.#oldFile.fd, late, 0, late.length, this.#takenUpTo);
    const file = openForAppend(this.#path);
    try {
      await appendLines(file, this.#path, [late.subarray(0, count)]);
      await syncData(file.fd);
    } finally {
      closeSync(file.fd);
    }
    this.#takenUpTo += count;
    this.#replaced?.take(this.#takenUpTo);
  }
}
