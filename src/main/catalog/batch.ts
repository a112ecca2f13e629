/** What was read, on its way into the index. */
import type { EntryBlock } from './entry-columns.ts';

/** A line of a batch that could not be read. */
export interface UnreadableRow {
  readonly file: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly line: number | null;
  readonly reason: string;
}

/** How far a batch brings one file. */
export interface FileAdvance {
  readonly file: number;
  /** Rows of the file that lie at or behind this byte are replaced: what was read of a last line without an end. */
  readonly replaceFrom: number | null;
  readonly bytesRead: number;
  readonly tailLength: number;
  readonly lines: number;
  readonly mark: string;
}

/** What was read since the last commit. Rows of a file come in the order of its lines. */
export interface Batch {
  readonly blocks: readonly EntryBlock[];
  readonly unreadable: readonly UnreadableRow[];
  readonly files: readonly FileAdvance[];
}
