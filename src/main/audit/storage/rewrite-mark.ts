/**
 * The mark of a program that rewrites a log file: a link beside it that only one program can make. It keeps two rewriters from
 * undoing each other, keeps a rotation and a rewrite apart, and tells writers whose file was replaced when they can look for their
 * lines.
 * See docs/adr/0001-one-file-one-writer-loop.md.
 */
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  lstatSync,
  lutimes,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CANNOT_LINK, errnoOf, toFileError } from './file-error.ts';

const HEARTBEAT_MS = 5_000;
/** A mark untouched for so long was left by a program that is gone or hangs. */
const STALE_AFTER_MS = 60_000;
const POLL_MS = 5;

/** Path of the mark for a log file. Its name is no log's. */
export function markPath(folder: string, file: string): string {
  return join(folder, `.${file}.rewriting`);
}

/** Path of the file that a rewriter fills before it takes the log file's place. Only the mark's holder touches it. */
export function rewritePath(folder: string, file: string): string {
  return join(folder, `.${file}.rewrite`);
}

/** True while some program that is alive rewrites this log file or puts it away. */
export function isMarked(folder: string, file: string): boolean {
  const path = markPath(folder, file);
  return identityOf(path) !== null && !isStale(path);
}

const LEFT_BY_A_REWRITER = /^\.(audit_.*\.jsonl)\.(?:rewriting|rewrite)$/s;
const LEFT_BY_A_REMOVAL = /^\.audit_.*\.jsonl\.rewriting-[0-9a-f-]{36}$/s;

/**
 * Takes away, among these names of a folder, what rewriters that died have left: their marks, and half of what they meant to write.
 * Does nothing where this user may not.
 */
export function clearDeadMarks(folder: string, names: readonly string[]): void {
  for (const name of names) {
    try {
      const file = LEFT_BY_A_REWRITER.exec(name)?.[1];
      if (file !== undefined && !isMarked(folder, file)) tryMark(folder, file)?.release();
      if (LEFT_BY_A_REMOVAL.test(name) && isStale(join(folder, name))) rmSync(join(folder, name), { force: true });
    } catch (error) {
      // A folder that can only be read is read all the same.
      if (errnoOf(error) === null) throw error;
    }
  }
}

/** A mark that is held. */
export interface RewriteMark {
  /** false where another program took it over, because this one stood still for so long that it seemed to be gone. */
  isHeld(): boolean;
  /** Takes the mark away. May be called twice. */
  release(): void;
}

interface MarkOwner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/** What a mark says of its owner: where it points to, or, on systems without links, what stands in it. */
function ownerText(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return readFileSync(path, 'utf8');
  }
}

function readOwner(path: string): MarkOwner | null {
  try {
    return JSON.parse(ownerText(path)) as MarkOwner;
  } catch {
    // Being written, gone, or cut off by a crash: told by its age alone.
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

function isStale(path: string): boolean {
  const owner = readOwner(path);
  if (owner !== null && owner.host === hostname() && !isRunning(owner.pid)) return true;
  try {
    return Date.now() - lstatSync(path).mtimeMs > STALE_AFTER_MS;
  } catch {
    return false;
  }
}

/** Takes a stale mark away; puts it back where it was a fresh one by then. */
function removeStale(path: string): void {
  const before = readOwner(path);
  const aside = `${path}-${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readOwner(aside)?.token !== before?.token) {
    try {
      linkSync(aside, path);
    } catch (error) {
      // Somebody has made another, or it cannot be put back: its owner looks before it goes on.
      if (errnoOf(error) === null) throw error;
    }
  }
  rmSync(aside, { force: true });
}

function identityOf(path: string): string | null {
  try {
    const { dev, ino } = lstatSync(path);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * Makes the mark in one step, its owner in it: a link that points to who made it. A file could be left empty, by a kill before its
 * owner is written or by a power cut before it is synced, and would then be told stale by its age alone. Answers false where there
 * is a mark already.
 */
function placeMark(path: string): boolean {
  const owner: MarkOwner = { token: randomUUID().slice(0, 8), pid: process.pid, host: hostname() };
  try {
    symlinkSync(JSON.stringify(owner), path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (CANNOT_LINK.has(errnoOf(error))) return placeFile(path, JSON.stringify(owner));
    throw error;
  }
}

function placeFile(path: string, owner: string): boolean {
  try {
    writeFileSync(path, owner, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function tryToMake(path: string): RewriteMark | null {
  if (!placeMark(path)) return null;
  const made = identityOf(path);
  const isHeld = () => made !== null && identityOf(path) === made;
  const release = () => {
    if (isHeld()) rmSync(path, { force: true });
  };
  const heartbeat = setInterval(() => {
    const now = new Date();
    lutimes(path, now, now, () => {});
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    isHeld,
    release() {
      clearInterval(heartbeat);
      release();
    },
  };
}

/**
 * Marks a log file, and takes away what a program that died has left there; null where another program holds the mark. System
 * errors pass through.
 */
export function tryMark(folder: string, file: string): RewriteMark | null {
  const path = markPath(folder, file);
  for (;;) {
    const mark = tryToMake(path);
    if (mark !== null) {
      rmSync(rewritePath(folder, file), { force: true });
      return mark;
    }
    if (!isStale(path)) return null;
    removeStale(path);
  }
}

/**
 * Waits until no other program rewrites this log file and marks it; removes what a rewriter that died has left. Errors by code;
 * throws the signal's reason where it is aborted while waiting.
 */
export async function holdMark(folder: string, file: string, signal?: AbortSignal): Promise<RewriteMark> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const mark = tryMark(folder, file);
      if (mark !== null) return mark;
      await delay(POLL_MS);
    }
  } catch (error) {
    throw signal?.aborted === true ? error : toFileError(error, markPath(folder, file), 'make');
  }
}

/** Waits until no program rewrites this log file. A mark whose program is gone does not count. */
export async function waitForMark(folder: string, file: string): Promise<void> {
  while (isMarked(folder, file)) await delay(POLL_MS);
}
