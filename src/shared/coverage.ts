/** How much of a log an answer speaks of. Every answer of the catalog carries one: nothing is left out in silence. */

export interface Coverage {
  /** `reading`: lines are still being read; `complete`: all was read; `stopped`: a person stopped it; `failed`: see `problem`. */
  readonly state: 'reading' | 'complete' | 'stopped' | 'failed';
  /** Entries indexed so far. */
  readonly entries: number;
  /** Lines so far that could not be read as entries. */
  readonly unreadable: number;
  readonly filesRead: number;
  readonly filesTotal: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** When the source was last looked at, milliseconds since the epoch; null before the first look ended. */
  readonly checkedAtMs: number | null;
  /** Why the index is not complete, as a sentence; null where nothing stands in the way. */
  readonly problem: string | null;
}

/** Where a line lies in its source. In a bucket `file` is the object's key; in memory it is `memory`. */
export interface LineLocation {
  /** Name relative to the source's root, never absolute. */
  readonly file: string;
  /** Where the line begins, in bytes. */
  readonly byteOffset: number;
  /** Its length in bytes, without the line's end. */
  readonly byteLength: number;
}

/** A line that could not be read as an entry. */
export interface UnreadableLine {
  readonly file: string;
  readonly byteOffset: number;
  readonly byteLength: number;
  /** Line number, 1 is the file's first; null where it is not known (an object, a file read from its middle). */
  readonly line: number | null;
  /** Why, as a sentence without the line's text. */
  readonly reason: string;
}
