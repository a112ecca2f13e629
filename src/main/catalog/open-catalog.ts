/** Opens the index of a source in this process. */
import type { EntryPage, EntryRef, EntryRow, Facet, Histogram, RetentionDay } from '../../shared/contract.ts';
import type { Coverage } from '../../shared/coverage.ts';
import type { EntryFilter, EntryQuery, NumberField, Page, TermField } from '../../shared/query.ts';
import type { Statistics } from '../../shared/statistics.ts';
import type { HashMatches, MetadataKey, NumberSpread } from '../../shared/summaries.ts';
import { AuditError } from '../audit/index.ts';
import { BucketIndexing } from './bucket-indexing.ts';
import type {
  Catalog,
  CatalogChange,
  CatalogOptions,
  CatalogSource,
  EntryPlaces,
  RetentionForecast,
} from './catalog.ts';
import { ChangeEmitter } from './change-emitter.ts';
import { DuplicateIds } from './duplicate-ids.ts';
import { placesOf } from './entry-places.ts';
import { type RowSources, rowsOf, seqOf, seqsWithId } from './entry-rows.ts';
import { type FacetSources, facetOf } from './facets.ts';
import { FieldCodes } from './field-codes.ts';
import { countOf, hashMatchesOf, metadataKeysOf } from './filter-counts.ts';
import { FolderIndexing } from './folder-indexing.ts';
import { FolderWatch } from './folder-watch.ts';
import { histogramOf } from './histogram.ts';
import { IndexStore } from './index-store.ts';
import { type IndexableSource, Indexer } from './indexer.ts';
import { MemoryIndexing } from './memory-indexing.ts';
import { NewestFirst } from './newest-first.ts';
import { numberSpreadOf } from './number-spread.ts';
import { RowIds } from './row-ids.ts';
import { RowMasks } from './row-masks.ts';
import { type OpenSlot, openSlot } from './slots.ts';
import { SortOrders } from './sort-orders.ts';
import { SourceRows } from './source-rows.ts';

import { statisticsOf } from './statistics.ts';
import { daysOf, filesToClean, unreadableOf } from './summaries.ts';
import { Views } from './views.ts';

/** Times a page is fetched again because rows left the index under it. */
const MOST_TRIES = 5;
/** How long nothing may have changed before orders are made ready that nobody asked for yet. */
const QUIET_MS = 400;
/** Questions of one kind that may wait for an answer. */
const MOST_WAITING = 16;

/**
 * Opens the index of a source in this process and begins to read what is new. Answers once the source was looked at; errors of the
 * look (`source_not_found`, `not_a_folder`, `permission_denied`, …) are this call's.
 */
export async function openCatalog(options: CatalogOptions): Promise<Catalog> {
  const slot = await openSlot(options.source, options.cacheFolder);
  try {
    const store = await IndexStore.load(slot.database);
    const catalog = new OpenCatalog(slot, store, options.source);
    await catalog.begin();
    return catalog;
  } catch (error) {
    await slot.close();
    throw error;
  }
}

class OpenCatalog implements Catalog {
  readonly #slot: OpenSlot;
  readonly #store: IndexStore;
  readonly #indexer: Indexer;
  readonly #views: Views;
  readonly #ids: RowIds;
  readonly #masks: RowMasks;
  readonly #codes: FieldCodes;
  readonly #orders: SortOrders;
  readonly #duplicates: DuplicateIds;
  readonly #rows: RowSources;
  readonly #changes: ChangeEmitter;
  readonly #facetQueue = new NewestFirst(1, MOST_WAITING);
  readonly #countQueue = new NewestFirst(1, MOST_WAITING);
  readonly #histogramQueue = new NewestFirst(1, MOST_WAITING);
  readonly #memory: MemoryIndexing | null;
  readonly #folder: string | null;
  #watch: FolderWatch | null = null;
  #closing: Promise<void> | null = null;
  #quiet: NodeJS.Timeout | undefined;

  constructor(slot: OpenSlot, store: IndexStore, source: CatalogSource) {
    this.#slot = slot;
    this.#store = store;
    this.#duplicates = new DuplicateIds(slot.database, store);
    this.#codes = new FieldCodes(slot.database, store);
    this.#ids = new RowIds(slot.database, store);
    this.#masks = new RowMasks(slot.database, store, this.#codes, this.#ids);
    this.#orders = new SortOrders(slot.database, store, this.#codes);
    this.#views = new Views(store, this.#masks, this.#orders, () => this.#indexer.coverage());
    this.#changes = new ChangeEmitter(() => this.#now());
    this.#folder = source.kind === 'folder' ? source.path : null;
    const lines = this.#folder === null ? null : new SourceRows(this.#folder, store);
    this.#rows = { database: slot.database, store, duplicates: this.#duplicates, lines };
    const indexing = indexingOf(source);
    this.#memory = indexing instanceof MemoryIndexing ? indexing : null;
    this.#indexer = new Indexer(indexing, store, () => this.#changed());
  }

  /** Looks at the source for the first time and follows it from then on. */
  async begin(): Promise<void> {
    await this.#indexer.refresh();
    if (this.#indexer.failure !== null) {
      await this.#indexer.close();
      throw this.#indexer.failure;
    }
    if (this.#folder !== null) this.#watch = new FolderWatch(this.#folder, () => this.#indexer.follow());
  }

  async status(): Promise<CatalogChange> {
    return this.#now();
  }

  async refresh(): Promise<Coverage> {
    return this.#indexer.refresh();
  }

  async complete(): Promise<Coverage> {
    return this.#indexer.complete();
  }

  async stopReading(): Promise<Coverage> {
    return this.#indexer.stop();
  }

  async page(query: EntryQuery, page: Page): Promise<EntryPage> {
    for (let attempt = 1; ; attempt += 1) {
      const view = await this.#views.view(query);
      const seqs = view.seqs.subarray(page.offset, page.offset + page.limit);
      const rows = await rowsOf(this.#rows, seqs);
      // Rows that are missing left the index since the view was computed: it has a new one by now.
      if (rows.length < seqs.length && attempt < MOST_TRIES) continue;
      return {
        rows,
        offset: page.offset,
        matching: view.seqs.length,
        inRange: view.inRange,
        coverage: view.coverage,
        revision: view.revision,
      };
    }
  }

  async position(query: EntryQuery, ref: EntryRef): Promise<number | null> {
    const view = await this.#views.view(query);
    const seq = await seqOf(this.#slot.database, this.#store, ref);
    if (seq === null) return null;
    const position = view.seqs.indexOf(seq);
    return position === -1 ? null : position;
  }

  async places(filter: EntryFilter): Promise<EntryPlaces> {
    const coverage = this.#indexer.coverage();
    const { order } = this.#store;
    const { start, end } = order.spanOf(order.ascending(), filter.range.fromUs, filter.range.toUs);
    return { ...(await placesOf(this.#slot.database, this.#store, filter)), inRange: end - start, coverage };
  }

  async facets(
    filter: EntryFilter,
    fields: readonly TermField[],
    limit: number,
    contains?: string,
  ): Promise<readonly Facet[]> {
    return this.#facetQueue.run(() =>
      Promise.all(fields.map((field) => facetOf(this.#facetSources(), filter, field, { limit, contains }))),
    );
  }

  async spreads(filter: EntryFilter, fields: readonly NumberField[]): Promise<readonly NumberSpread[]> {
    return this.#facetQueue.run(() =>
      Promise.all(fields.map((field) => numberSpreadOf(this.#slot.database, filter, field))),
    );
  }

  async counts(filters: readonly EntryFilter[]): Promise<readonly number[]> {
    return this.#countQueue.run(() => Promise.all(filters.map((filter) => countOf(this.#slot.database, filter))));
  }

  async hashMatches(filter: EntryFilter, hash: string): Promise<HashMatches> {
    return hashMatchesOf(this.#slot.database, filter, hash);
  }

  async metadataKeys(limit: number): Promise<readonly MetadataKey[]> {
    return metadataKeysOf(this.#slot.database, limit);
  }

  async histogram(filter: EntryFilter, buckets: number): Promise<Histogram> {
    return this.#histogramQueue.run(async () => {
      const coverage = this.#indexer.coverage();
      return { ...(await histogramOf(this.#masks, this.#codes, this.#store, filter, buckets)), coverage };
    });
  }

  async statistics(filter: EntryFilter, buckets: number): Promise<Statistics> {
    return this.#histogramQueue.run(async () => {
      const coverage = this.#indexer.coverage();
      return { ...(await statisticsOf(this.#slot.database, filter, buckets)), coverage };
    });
  }

  async days(): Promise<readonly RetentionDay[]> {
    return daysOf(this.#slot.database, null);
  }

  async find(id: string): Promise<readonly EntryRow[]> {
    return rowsOf(this.#rows, await seqsWithId(this.#slot.database, id));
  }

  async isDuplicateId(id: string): Promise<boolean> {
    const known = this.#duplicates.now();
    return known === null ? (await seqsWithId(this.#slot.database, id)).length > 1 : known.has(id);
  }

  async unreadable(page: Page) {
    return unreadableOf(this.#slot.database, this.#store, page);
  }

  async forecast(cutoffUs: number): Promise<RetentionForecast> {
    const coverage = this.#indexer.coverage();
    const [days, files] = await Promise.all([
      daysOf(this.#slot.database, cutoffUs),
      filesToClean(this.#slot.database, this.#store, cutoffUs),
    ]);
    const entries = files.reduce((sum, file) => sum + file.removed, 0);
    return { entries, kept: coverage.entries - entries, days, files, coverage };
  }

  async appendLines(lines: readonly Uint8Array[]): Promise<void> {
    if (this.#memory === null) {
      throw new AuditError('not_supported_here', 'Lines can only be added to a source in memory.');
    }
    this.#memory.add(lines);
    await this.#indexer.complete();
  }

  onChange(listener: (change: CatalogChange) => void): () => void {
    return this.#changes.listen(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    clearTimeout(this.#quiet);
    this.#watch?.close();
    this.#changes.close();
    await this.#indexer.close();
    await this.#slot.close();
  }

  #facetSources(): FacetSources {
    return { database: this.#slot.database, masks: this.#masks, codes: this.#codes };
  }

  /** Tells of a change, and makes the orders ready once nothing changed for a while. */
  #changed(): void {
    this.#changes.changed();
    clearTimeout(this.#quiet);
    const { revision } = this.#store;
    this.#quiet = setTimeout(() => {
      const isWanted = (): boolean => this.#closing === null && this.#store.revision === revision;
      if (this.#indexer.coverage().state !== 'reading') void this.#makeReady(isWanted).catch(() => undefined);
    }, QUIET_MS);
    this.#quiet.unref();
  }

  async #makeReady(isWanted: () => boolean): Promise<void> {
    await this.#store.loadPlaces();
    await this.#duplicates.makeReady();
    await this.#orders.makeReady(isWanted);
    if (isWanted()) await this.#ids.makeReady();
  }

  #now(): CatalogChange {
    return { revision: this.#store.revision, coverage: this.#indexer.coverage() };
  }
}

function indexingOf(source: CatalogSource): IndexableSource {
  switch (source.kind) {
    case 'folder':
      return new FolderIndexing(source.path);
    case 'bucket':
      return new BucketIndexing(source.options);
    case 'memory':
      return new MemoryIndexing();
  }
}
