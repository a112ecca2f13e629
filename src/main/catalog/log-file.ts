/** Files of a source as the catalog sees them. */

/** What a look at the source tells about one file, without reading it. */
export interface SourceFile {
  /** Relative to the source's root; in a bucket the object's key. */
  readonly name: string;
  readonly size: number;
  /** Time of the last change, in nanoseconds as digits; empty in a bucket. */
  readonly mtimeNs: string;
  /** Device and inode; in a bucket the ETag. The same file keeps it under another name. */
  readonly identity: string;
}

/** Begins the identity of what is named like a log file but cannot be one; the reason follows. */
export const REFUSED = 'refused: ';

/** Mark of a file that could not be read at all. */
export const REFUSED_MARK = 'refused';

/** A file that is in the index, and how far. */
export interface IndexedFile extends SourceFile {
  /** Its number in the index. A file that is read anew gets another. */
  readonly file: number;
  /** Bytes up to the end of the last whole line that was read. */
  readonly bytesRead: number;
  /** Bytes of a last line without a line end, read after {@link bytesRead}. */
  readonly tailLength: number;
  /** Whole lines read. */
  readonly lines: number;
  readonly entries: number;
  readonly unreadable: number;
  /** SHA-256 of the first and the last bytes of what was read, see source-mark.ts; empty where nothing was. */
  readonly mark: string;
}
