/** The protocol that every storage of audit entries fulfils, and what passes through it. */
import type { LineLocation, UnreadableLine } from '../../../shared/coverage.ts';
import type { AuditEntry } from '../../../shared/entry.ts';

/** A moment as callers write it: ISO 8601 text (microseconds kept; without a zone it is UTC) or a Date (milliseconds). */
export type Moment = string | Date;

/** A span of time, both ends inclusive; an end that is left out is open. */
export interface TimeSpan {
  readonly start?: Moment | null;
  readonly end?: Moment | null;
}

/** What a read of many returns: what could be read, oldest first, and what could not. */
export interface EntryListing {
  readonly entries: readonly AuditEntry[];
  readonly unreadable: readonly UnreadableLine[];
}

/** One line that was read as an entry, with the bytes it was read from. */
export interface ScannedEntry {
  readonly kind: 'entry';
  readonly entry: AuditEntry;
  /** The entry's timestamp in microseconds since the epoch. */
  readonly epochUs: number;
  readonly location: LineLocation;
  /** The line's bytes as stored, without its end and without a byte order mark. Valid only until the next step of the scan. */
  readonly raw: Uint8Array;
}

/** One line that could not be read. */
export interface ScannedUnreadable extends UnreadableLine {
  readonly kind: 'unreadable';
}

/** What a scan meets, in the order of files and lines. Blank lines are neither. */
export type ScannedLine = ScannedEntry | ScannedUnreadable;

/** What {@link StorageBackend.deleteMany} shall remove. */
export type DeleteSelection =
  /** Entries whose timestamp is at or before this many microseconds since the epoch. */
  | { readonly upToUs: number }
  /** Entries with one of these ids; where an id stands twice, both go. */
  | { readonly ids: ReadonlySet<string> };

/** What long work tells while it runs. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: 'files' | 'entries' | 'bytes';
}

export interface LongWorkOptions {
  /** Stops the work between two safe steps; what was done stays done, and the answer says so. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a deletion did to one file or object group. */
export interface FileDeletion {
  readonly file: string;
  readonly removed: number;
  readonly kept: number;
  readonly unreadable: number;
  readonly outcome: 'untouched' | 'rewritten' | 'removed';
}

/** What a deletion did, or with `dryRun` would do. */
export interface DeletionReport {
  readonly removed: number;
  readonly kept: number;
  readonly unreadableKept: number;
  readonly files: readonly FileDeletion[];
  /** true when a signal stopped it: the files listed are done, the rest is untouched. */
  readonly stopped: boolean;
}

/**
 * Where audit entries are kept. The five methods are the protocol of the Python original; a backend may add the optional ones,
 * and callers fall back where it does not.
 *
 * Absence is an answer (`null`, `false`); failure is an AuditError with a code.
 */
export interface StorageBackend {
  /** Stores one entry and answers its id once it is safe. */
  write(entry: AuditEntry): Promise<string>;
  /** The entry with this id, or null. Where an id stands twice, the newest one written. */
  read(id: string): Promise<AuditEntry | null>;
  /** Entries of a span, by time and then by the order they are stored in. `invalid_range` where it ends before it begins. */
  listEntries(span?: TimeSpan): Promise<EntryListing>;
  /** Removes the entry with this id; false where there is none. */
  delete(id: string): Promise<boolean>;
  /** Number of entries that can be read. */
  count(): Promise<number>;

  /** Every line in the order stored, entries and unreadable ones, without holding them all. */
  scan?(options?: { readonly signal?: AbortSignal }): AsyncIterable<ScannedLine>;
  /** Removes many in one pass: each file is rewritten or removed once. With `dryRun` it only counts. */
  deleteMany?(
    selection: DeleteSelection,
    options?: LongWorkOptions & { readonly dryRun?: boolean },
  ): Promise<DeletionReport>;
  /** The entry that {@link StorageBackend.read} answers, with where it lies and the bytes it was read from; null where there is none. */
  find?(id: string): Promise<ScannedEntry | null>;
  /** The bytes of one line, read from where it lies. `entry_changed` where the source is too short for it by now. */
  readLine?(location: LineLocation): Promise<Uint8Array>;
  /** Waits for what is under way and lets go of every resource. May be called twice. */
  close?(): Promise<void>;
}
