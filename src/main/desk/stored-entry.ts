/** Reads the entry that a reference names from the source itself: the files are the truth, the index only tells where. */
import type { EntryRef } from '../../shared/contract.ts';
import { type AuditEntry, AuditError, isAuditError, readEntryLine } from '../audit/index.ts';
import type { Source } from './open-sources.ts';

/** An entry and the text it is stored in. */
export interface StoredEntry {
  readonly entry: AuditEntry;
  /** Microseconds since the epoch. */
  readonly epochUs: number;
  /** The line without its end and without a byte order mark. */
  readonly text: string;
}

/**
 * The entry at a place. `entry_changed` where another stands there by now (the log was rewritten since); the index is then told to
 * look again.
 */
export async function readStoredEntry(source: Source, ref: EntryRef): Promise<StoredEntry> {
  try {
    const line = await source.storage.readLine(ref);
    const reading = readEntryLine(line, { atFileStart: ref.byteOffset === 0 });
    if (reading.kind === 'entry' && reading.entry.id === ref.id) return reading;
    throw changed(ref);
  } catch (error) {
    if (!isGone(error)) throw error;
    // Where that fails, too, the coverage says why; the caller is told what it asked for.
    await Promise.allSettled([source.catalog.refresh()]);
    throw error.code === 'entry_changed' ? error : changed(ref, error);
  }
}

/** True where the place itself is gone: the log was rewritten, or its file removed. */
function isGone(error: unknown): error is AuditError {
  return isAuditError(error) && (error.code === 'entry_changed' || error.code === 'source_not_found');
}

function changed(ref: EntryRef, cause?: unknown): AuditError {
  return new AuditError('entry_changed', 'The log changed since it was read; it is being read again.', {
    cause,
    details: { id: ref.id, file: ref.file, byteOffset: ref.byteOffset },
  });
}
