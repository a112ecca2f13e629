/** Reads one object of a bucket as the entry it holds. An object holds exactly one. */
import { byteOrderMarkLength, readEntryLine } from '../reading/entry-line.ts';
import type { ScannedLine, ScannedUnreadable } from './storage-backend.ts';

/** Objects past this many bytes are reported, not read: 32 of them are in memory at once. */
export const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** What an object's bytes come to. The location spans the entry without a byte order mark and without the end of its last line. */
export function readEntryObject(key: string, bytes: Uint8Array): ScannedLine {
  const byteOffset = byteOrderMarkLength(bytes);
  const raw = bytes.subarray(byteOffset, lengthWithoutLineEnd(bytes));
  const reading = readEntryLine(raw);
  if (reading.kind === 'entry') {
    const location = { file: key, byteOffset, byteLength: raw.byteLength };
    return { kind: 'entry', entry: reading.entry, epochUs: reading.epochUs, location, raw };
  }
  const reason = reading.kind === 'blank' ? 'The object is empty.' : reading.reason;
  return unreadableObject(key, raw.byteLength, reason, byteOffset);
}

/** An object that cannot be read as an entry. */
export function unreadableObject(key: string, byteLength: number, reason: string, byteOffset = 0): ScannedUnreadable {
  return { kind: 'unreadable', file: key, byteOffset, byteLength, line: null, reason };
}

function lengthWithoutLineEnd(bytes: Uint8Array): number {
  if (bytes.at(-1) !== 0x0a) return bytes.byteLength;
  return bytes.at(-2) === 0x0d ? bytes.byteLength - 2 : bytes.byteLength - 1;
}
