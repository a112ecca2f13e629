/** Writes what a deletion keeps of a file into another. */
import type { Buffer } from 'node:buffer';
import { write } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { AuditError } from '../../../shared/errors.ts';
import { filterLines } from '../reading/line-filter.ts';
import { PlainLineScanner } from '../reading/plain-line-scanner.ts';
import { takeLineScanner } from '../reading/take-line-scanner.ts';
import { type LineCounts, LineJudge, removedSpan } from './rewrite-plan.ts';
import type { DeleteSelection } from './storage-backend.ts';

/** What was written, and of what. */
export interface KeptLines extends LineCounts {
  /** Where the old file ended. */
  readonly end: number;
  /** Before a kept last line without a newline, which a writer may still be at and is not written; else where the file ended. */
  readonly settledEnd: number;
}

/** What a disk that takes nothing more is told as; the log is untouched then. */
export function diskFull(): AuditError {
  return new AuditError('disk_full', 'The disk is full. The log was left as it was.');
}

/** Writes all bytes or throws: a full disk answers a short count and no error. */
async function writeWhole(fd: number, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const written = await new Promise<number>((done, failed) => {
      write(fd, bytes, at, bytes.length - at, null, (error, count) => (error === null ? done(count) : failed(error)));
    });
    if (written === 0) throw diskFull();
    at += written;
  }
}

/**
 * Reads an open file once and writes the lines that stay, byte for byte. On libuv's threads: other files are looked through meanwhile.
 * `disk_full`; system errors pass through.
 */
export async function writeKeptLines(
  from: FileHandle,
  file: string,
  to: number,
  selection: DeleteSelection,
): Promise<KeptLines> {
  const judge = new LineJudge(file, selection);
  const { inside, outside, end, settledEnd } = await filterLines(from, {
    scanner: 'ids' in selection ? new PlainLineScanner() : takeLineScanner(),
    span: removedSpan(selection),
    keeps: (raw) => judge.keeps(raw),
    write: (bytes) => writeWhole(to, bytes),
  });
  const { removed, kept, unreadable } = judge;
  return { removed: removed + inside, kept: kept + outside, unreadable, end, settledEnd };
}
