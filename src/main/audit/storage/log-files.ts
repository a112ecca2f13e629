/** Which files of a folder are part of a log, how they are named, and in which order they were written. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, toFileError } from './file-error.ts';

const LOG_FILE = /^audit_.*\.jsonl$/s;
const DAY_FILE = /^audit_(\d{8})(?:_(\d{3,}))?\.jsonl$/;

/** True for a name that makes a file part of a log: `audit_*.jsonl`. */
export function isLogFileName(name: string): boolean {
  return LOG_FILE.test(name) && !name.includes('/') && !name.includes('\0');
}

/** Name of the file that is written on a day given as `YYYY-MM-DD`. */
export function dayFileName(day: string): string {
  return `audit_${day.replaceAll('-', '')}.jsonl`;
}

/** Name under which a day's file is put away; three digits at least. */
export function rotatedFileName(day: string, number: number): string {
  return `audit_${day.replaceAll('-', '')}_${String(number).padStart(3, '0')}.jsonl`;
}

/** The day (`YYYYMMDD`) and rotation number in a log file's name; the day's open file has none and counts as infinite. */
export function rotationOf(name: string): { readonly day: string; readonly number: number } | null {
  const match = DAY_FILE.exec(name);
  if (match === null) return null;
  return { day: match[1] ?? '', number: match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]) };
}

/** True for names of the same day's log, whatever their rotation numbers. */
export function isSameDay(left: string, right: string): boolean {
  const day = rotationOf(left)?.day;
  return left === right || (day !== undefined && day === rotationOf(right)?.day);
}

/**
 * Order in which files were written: by day, then by rotation number, the file without a number last. Names of another pattern
 * go by their text among them.
 */
export function compareLogFiles(left: string, right: string): number {
  const a = rotationOf(left);
  const b = rotationOf(right);
  if (a !== null && b !== null && a.day === b.day && a.number !== b.number) return a.number < b.number ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A thing in the folder that is named like a log file. */
export type LogFile =
  | { readonly kind: 'file'; readonly name: string }
  /** Named like a log, but no file that can be read: a pipe, a device, a link that leads nowhere. */
  | { readonly kind: 'refused'; readonly name: string; readonly reason: string };

function refusal(stats: Stats | Dirent): string {
  if (stats.isFIFO()) return 'It is named like a log but is a pipe, not a file.';
  if (stats.isSocket()) return 'It is named like a log but is a socket, not a file.';
  return 'It is named like a log but is a device, not a file.';
}

async function classify(folder: string, entry: Dirent): Promise<LogFile | null> {
  const name = entry.name;
  if (entry.isDirectory()) return null;
  if (entry.isFile()) return { kind: 'file', name };
  try {
    const stats = await stat(join(folder, name));
    if (stats.isDirectory()) return null;
    return stats.isFile() ? { kind: 'file', name } : { kind: 'refused', name, reason: refusal(stats) };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ELOOP') {
      return { kind: 'refused', name, reason: 'It is named like a log but is a link that leads nowhere.' };
    }
    throw toFileError(error, join(folder, name), 'look at');
  }
}

/** Everything in a folder, log or not. Errors by code: `source_not_found`, `not_a_folder`, `permission_denied`. */
export async function readFolder(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw toFileError(error, folder, 'open the folder');
  }
}

/**
 * Those of a folder's entries that are log files, in the order they were written. Folders named like a log are no part of it;
 * pipes, devices and broken links are, as things that cannot be read. Errors by code.
 */
export async function logFilesAmong(folder: string, entries: readonly Dirent[]): Promise<readonly LogFile[]> {
  const named = entries.filter((entry) => isLogFileName(entry.name));
  const files: LogFile[] = [];
  for (const entry of named.sort((a, b) => compareLogFiles(a.name, b.name))) {
    const file = await classify(folder, entry);
    if (file !== null) files.push(file);
  }
  return files;
}
