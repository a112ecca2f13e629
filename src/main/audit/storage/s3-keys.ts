/**
 * Names in a bucket. Source: the Python original writes an entry to `{prefix}{YYYY-MM-DD}/{id}.json`, the day taken from the
 * entry's timestamp. All functions are pure.
 */
import { AuditError } from '../../../shared/errors.ts';
import { formatDay, US_PER_DAY } from '../../../shared/timestamp.ts';
import type { SpanUs } from './time-span.ts';

/** S3 refuses keys of more UTF-8 bytes than this. */
const MAX_KEY_BYTES = 1024;

/** Every object of a log ends with it; others (folder markers, notes) are not part of the log. */
export const ENTRY_SUFFIX = '.json';

const DAY = /^(\d{4}-\d\d-\d\d)\//;

/** A prefix as keys carry it: one trailing slash; nothing but slashes is the empty prefix. */
export function normalizePrefix(prefix: string): string {
  const bare = prefix.replace(/\/+$/, '');
  return bare === '' ? '' : `${bare}/`;
}

/**
 * Throws `invalid_id` for an id that is no plain name: empty, with a slash, a backslash, two dots in a row, a control character,
 * a percent escape or half a surrogate pair in it. Such an id would reach outside the day's folder on one side of a proxy or file gateway.
 */
export function assertPlainId(id: string): void {
  const problem = problemOfId(id);
  if (problem !== null) throw new AuditError('invalid_id', `This id cannot name an object: it ${problem}.`);
}

function problemOfId(id: string): string | null {
  if (id === '') return 'is empty';
  if (id === '.' || id.includes('..')) return 'has dots that stand for a folder in it';
  if (/[/\\]/.test(id)) return 'has a slash or backslash in it';
  if (/\p{Cc}/u.test(id)) return 'has a control character in it';
  if (/%[0-9a-f]{2}/i.test(id)) return 'has a percent escape in it';
  if (!id.isWellFormed()) return 'has half a surrogate pair in it';
  return null;
}

/** The key of an entry. Throws `invalid_id` where the id is no plain name or the key is longer than S3 takes. */
export function keyOf(prefix: string, id: string, epochUs: number): string {
  return keyOnDay(prefix, id, formatDay(epochUs));
}

/** The key of an id on a day, `YYYY-MM-DD`; see {@link keyOf}. */
export function keyOnDay(prefix: string, id: string, day: string): string {
  assertPlainId(id);
  const key = `${prefix}${day}/${id}${ENTRY_SUFFIX}`;
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) {
    throw new AuditError(
      'invalid_id',
      `This id is too long: its key would have ${bytes} bytes, S3 takes ${MAX_KEY_BYTES}.`,
    );
  }
  return key;
}

/** What a key tells about its object. `day` and `id` are null where the key is not of the form that is written here. */
export interface KeyParts {
  readonly day: string | null;
  readonly id: string | null;
}

/** Reads a key that lies under the prefix. */
export function partsOfKey(prefix: string, key: string): KeyParts {
  const rest = key.slice(prefix.length);
  const day = DAY.exec(rest)?.[1];
  const name = rest.slice(11);
  if (day === undefined || name.includes('/') || name.length <= ENTRY_SUFFIX.length) return { day: null, id: null };
  return { day, id: name.slice(0, -ENTRY_SUFFIX.length) };
}

/** The day that a folder of the prefix stands for, or null where it is another folder. `folder` ends with a slash. */
export function dayOfFolder(prefix: string, folder: string): string | null {
  const rest = folder.slice(prefix.length);
  return rest.length === 11 ? (DAY.exec(rest)?.[1] ?? null) : null;
}

/**
 * True where an entry of the span may lie under this day. A day of slack on both sides: programs that take the day from a
 * timestamp with an offset are off by one.
 */
export function dayMayHold(day: string, { fromUs, toUs }: SpanUs): boolean {
  if (Number.isFinite(fromUs) && day < formatDay(fromUs - US_PER_DAY)) return false;
  return !Number.isFinite(toUs) || day <= formatDay(toUs + US_PER_DAY);
}

/** The group that a key counts to in reports: its folder, with the slash. */
export function groupOfKey(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}
