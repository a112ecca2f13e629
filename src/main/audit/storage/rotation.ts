/** Puts a full log file away under the next free number. */
import { closeSync, openSync, readdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from './file-error.ts';
import { dayFileName, rotatedFileName, rotationOf } from './log-files.ts';
import { tryMark } from './rewrite-mark.ts';

/** The number after the day's largest: a larger number is newer, also where a cleanup has removed smaller ones. */
function nextNumber(folder: string, day: string): number {
  const compactDay = day.replaceAll('-', '');
  let largest = 0;
  for (const name of readdirSync(folder)) {
    const rotation = rotationOf(name);
    if (rotation?.day === compactDay && Number.isFinite(rotation.number)) largest = Math.max(largest, rotation.number);
  }
  return largest + 1;
}

/** Makes an empty file under the next free number, which no other program can then take. */
function reserve(folder: string, day: string): string {
  for (let number = nextNumber(folder, day); ; number += 1) {
    const path = join(folder, rotatedFileName(day, number));
    try {
      closeSync(openSync(path, 'wx', 0o600));
      return path;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}

function isStillThere(path: string, identity: string): boolean {
  try {
    const stats = statSync(path);
    return `${stats.dev}:${stats.ino}` === identity;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Renames a day's file, known by its identity, to the next free number: reserve, then rename onto the reserved empty file. A kill
 * in between leaves an empty file at worst; nothing is ever renamed onto bytes. Does nothing where another program has put it away
 * already. Answers false while another program rewrites the file or puts it away, which then grows past its limit for that while.
 */
export function rotate(folder: string, day: string, identity: string): boolean {
  const mark = tryMark(folder, dayFileName(day));
  if (mark === null) return false;
  try {
    putAway(folder, day, identity);
    return true;
  } finally {
    mark.release();
  }
}

function putAway(folder: string, day: string, identity: string): void {
  const path = join(folder, dayFileName(day));
  const reserved = reserve(folder, day);
  if (isStillThere(path, identity)) {
    try {
      renameSync(path, reserved);
      return;
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
  unlinkSync(reserved);
}
