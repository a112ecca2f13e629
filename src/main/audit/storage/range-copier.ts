/** Copies what a rewrite keeps from the old file to the new one, in pieces of a megabyte, however small the ranges are. */
import { Buffer } from 'node:buffer';
import { read, write } from 'node:fs';
import { AuditError } from '../../../shared/errors.ts';
import type { KeptRange } from './rewrite-plan.ts';

const PIECE_BYTES = 1024 * 1024;

/** What a disk that takes nothing more is told as; the log is untouched then. */
export function diskFull(): AuditError {
  return new AuditError('disk_full', 'The disk is full. The log was left as it was.');
}

/** What a file that ends too soon is told as. */
export function becameShorter(): AuditError {
  return new AuditError('entry_changed', 'The log file became shorter while it was rewritten. Nothing was changed.');
}

function readPiece(fd: number, piece: Buffer, position: number): Promise<number> {
  return new Promise((done, failed) => {
    read(fd, piece, 0, piece.length, position, (error, count) => (error === null ? done(count) : failed(error)));
  });
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
 * Copies ranges, in order, to the end of what was written to the other file. On libuv's threads: other files are scanned meanwhile.
 * `disk_full`; `entry_changed` where the old file ends too soon; system errors pass through.
 */
export async function copyRanges(from: number, to: number, ranges: readonly KeptRange[]): Promise<void> {
  // Source and target in one: copying within a buffer costs a third of copying from one to another, and most ranges are short.
  const both = Buffer.allocUnsafe(2 * PIECE_BYTES);
  const [source, target] = [both.subarray(0, PIECE_BYTES), both.subarray(PIECE_BYTES)];
  let [filled, pieceStart, pieceEnd] = [0, 0, 0];
  for (const { start, end } of ranges) {
    for (let at = start; at < end; ) {
      if (at >= pieceEnd) {
        pieceStart = at;
        pieceEnd = at + (await readPiece(from, source, at));
        if (pieceEnd === at) throw becameShorter();
      }
      const count = Math.min(Math.min(end, pieceEnd) - at, PIECE_BYTES - filled);
      both.copyWithin(PIECE_BYTES + filled, at - pieceStart, at - pieceStart + count);
      at += count;
      filled += count;
      if (filled < PIECE_BYTES) continue;
      await writeWhole(to, target);
      filled = 0;
    }
  }
  await writeWhole(to, target.subarray(0, filled));
}
