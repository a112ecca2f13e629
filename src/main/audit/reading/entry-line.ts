/** Reads the bytes of one stored line as an entry. */
import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { type AuditEntry, readEntryText } from '../../../shared/entry.ts';

/** What one line came to. */
export type LineReading =
  /** Nothing but white space: neither an entry nor an error. */
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'entry';
      readonly entry: AuditEntry;
      /** The entry's timestamp in microseconds since the epoch. */
      readonly epochUs: number;
      /** The line's text, every digit and unknown field as stored, without a byte order mark. */
      readonly text: string;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** How a line stands in its file. */
export interface LinePlace {
  /** true for the first line of a file, where a byte order mark may stand. */
  readonly atFileStart?: boolean;
  /** false for a last line without a line end: where it does not parse, a writer may still be at it. Default true. */
  readonly terminated?: boolean;
}

const BLANK: LineReading = { kind: 'blank' };

/** Length of the byte order mark that a line begins with: 3 or 0. */
export function byteOrderMarkLength(line: Uint8Array): number {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
}

function isBlank(line: Uint8Array): boolean {
  for (const byte of line) {
    if (byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) return false;
  }
  return true;
}

/**
 * Reads one line, given without its line end (`\n`; a `\r` before it may be there or not). Never throws: what cannot be read
 * comes back with its reason as a sentence.
 */
export function readEntryLine(line: Uint8Array, place: LinePlace = {}): LineReading {
  const bytes = place.atFileStart === true ? line.subarray(byteOrderMarkLength(line)) : line;
  const first = bytes[0];
  if (first !== 0x7b) {
    if (isBlank(bytes)) return BLANK;
    if (first === 0) return { kind: 'unreadable', reason: 'It begins with NUL bytes, as a power cut can leave them.' };
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = isAscii(buffer);
  if (!ascii && !isUtf8(buffer)) return { kind: 'unreadable', reason: 'It holds bytes that are not UTF-8.' };
  const text = buffer.toString(ascii ? 'latin1' : 'utf8');
  const reading = readEntryText(text);
  if (reading.kind === 'entry') return { kind: 'entry', entry: reading.entry, epochUs: reading.epochUs, text };
  if (place.terminated === false) {
    return {
      kind: 'unreadable',
      reason: `The file ends in the middle of this line; a writer may still be at it. ${reading.reason}`,
    };
  }
  return reading;
}
