/** The catalog: an index over one source that answers what the window and the command line ask. Derived, rebuildable, without content. */
import type {
  EntryPage,
  EntryRef,
  EntryRow,
  Facet,
  Histogram,
  RetentionDay,
  RetentionFile,
} from '../../shared/contract.ts';
import type { Coverage, UnreadableLine } from '../../shared/coverage.ts';
import type { EntryFilter, EntryQuery, NumberField, Page, TermField } from '../../shared/query.ts';
import type { Statistics } from '../../shared/statistics.ts';
import type { HashMatches, MetadataKey, NumberSpread } from '../../shared/summaries.ts';
import type { S3StorageOptions } from '../audit/index.ts';

/** The source a catalog is over. */
export type CatalogSource =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'bucket'; readonly options: S3StorageOptions }
  /** Lines are handed in with {@link Catalog.appendLines}; nothing is read from anywhere. */
  | { readonly kind: 'memory' };

export interface CatalogOptions {
  readonly source: CatalogSource;
  /** Folder (0700) that keeps the index between runs; null keeps it in memory. */
  readonly cacheFolder: string | null;
}

/** What the index tells unasked, at most ten times a second. */
export interface CatalogChange {
  readonly revision: number;
  readonly coverage: Coverage;
}

/** What a cleanup up to a moment would do, told by the index. */
export interface RetentionForecast {
  readonly entries: number;
  readonly kept: number;
  readonly days: readonly RetentionDay[];
  readonly files: readonly RetentionFile[];
  readonly coverage: Coverage;
}

/**
 * Where entries lie, in columns: a million of them cross between processes in one message. One moment's truth: what is indexed
 * later is not in it.
 */
export interface EntryPlaces {
  /** Names of the files that hold them, in the order of the log. */
  readonly files: readonly string[];
  /** Of each entry: its file, as an index into `files`. Entries come in the order of files and lines. */
  readonly file: Int32Array;
  readonly byteOffset: Float64Array;
  readonly byteLength: Float64Array;
  readonly ids: readonly string[];
  /** Entries in the filter's range, whatever else it asks. */
  readonly inRange: number;
  readonly coverage: Coverage;
}

/**
 * An index over one source. Answers come from what is read so far and say so in their coverage. One process owns it; a client
 * in another process speaks the same interface.
 */
export interface Catalog {
  /** Coverage and revision now. */
  status(): Promise<CatalogChange>;
  /** Looks at the source again and begins to read what is new; answers when reading has begun. */
  refresh(): Promise<Coverage>;
  /** Refreshes if need be and waits until everything is read, or reading stopped or failed. */
  complete(): Promise<Coverage>;
  stopReading(): Promise<Coverage>;
  page(query: EntryQuery, page: Page): Promise<EntryPage>;
  position(query: EntryQuery, ref: EntryRef): Promise<number | null>;
  /** Where every entry of a filter lies. */
  places(filter: EntryFilter): Promise<EntryPlaces>;
  /** `contains` keeps only values that hold this text, ignoring case. */
  facets(
    filter: EntryFilter,
    fields: readonly TermField[],
    limit: number,
    contains?: string,
  ): Promise<readonly Facet[]>;
  spreads(filter: EntryFilter, fields: readonly NumberField[]): Promise<readonly NumberSpread[]>;
  /** How many entries match each of several filters. */
  counts(filters: readonly EntryFilter[]): Promise<readonly number[]>;
  hashMatches(filter: EntryFilter, hash: string): Promise<HashMatches>;
  metadataKeys(limit: number): Promise<readonly MetadataKey[]>;
  histogram(filter: EntryFilter, buckets: number): Promise<Histogram>;
  statistics(filter: EntryFilter, buckets: number): Promise<Statistics>;
  days(): Promise<readonly RetentionDay[]>;
  /** Rows with this id: none, one, or several where the log has it several times. */
  find(id: string): Promise<readonly EntryRow[]>;
  /** Whether more than one entry has this id. */
  isDuplicateId(id: string): Promise<boolean>;
  unreadable(page: Page): Promise<{ readonly lines: readonly UnreadableLine[]; readonly total: number }>;
  forecast(cutoffUs: number): Promise<RetentionForecast>;
  /** Only for a `memory` source: adds stored lines (UTF-8, without line ends). */
  appendLines(lines: readonly Uint8Array[]): Promise<void>;
  onChange(listener: (change: CatalogChange) => void): () => void;
  /** Ends reading, closes the index and lets the process go. May be called twice. */
  close(): Promise<void>;
}
