/** Search in content: opened in memory, looked through, and nothing kept but where and around what the text was found. */
import type { ContentHit, ContentSearchReport, DeskHandlers, ForgottenBecause } from '../../shared/contract.ts';
import { MAX_KEPT_HITS } from '../../shared/contract.ts';
import { AuditError, mapInOrder } from '../audit/index.ts';
import { startContentWork } from './content-threads.ts';
import type { DeskEventHub } from './desk-events.ts';
import type { Job, Jobs } from './jobs.ts';
import type { KeyRing } from './key-ring.ts';
import type { OpenSources, Source } from './open-sources.ts';
import type { PlaintextLock } from './plaintext-lock.ts';
import type { LineHit } from './search-lines.ts';
import { placeAt, streamStoredLines } from './stored-lines.ts';

/** Results kept at once: one for each of a few windows. */
const MOST_SEARCHES = 4;

type SearchInput = Parameters<DeskHandlers['content.search']>[0];

/** What searches stand on. */
export interface ContentSearchContext {
  readonly sources: OpenSources;
  readonly ring: KeyRing;
  readonly jobs: Jobs;
  readonly lock: PlaintextLock;
  readonly events: DeskEventHub;
  readonly results: SearchResults;
}

interface KeptSearch {
  readonly sourceId: string;
  hits: ContentHit[];
  /** false while hits have come that are not in their place yet. */
  sorted: boolean;
}

/** Plaintext that searches found, in memory only. */
export class SearchResults {
  readonly #searches = new Map<string, KeptSearch>();
  readonly #events: DeskEventHub;

  constructor(events: DeskEventHub) {
    this.#events = events;
    events.subscribe((name, payload) => {
      if (name === 'source.closed' && 'sourceId' in payload) this.#forgetSource(payload.sourceId);
    });
  }

  /** True while there is something to forget. */
  get any(): boolean {
    return this.#searches.size > 0;
  }

  /** Begins to keep; the oldest of too many goes. `conflict` where the id is taken. */
  begin(searchId: string, sourceId: string): void {
    if (this.#searches.has(searchId)) throw new AuditError('conflict', 'This search is there already.');
    this.#searches.set(searchId, { sourceId, hits: [], sorted: true });
    for (const oldest of this.#searches.keys()) {
      if (this.#searches.size <= MOST_SEARCHES) break;
      this.forget(oldest, 'closed');
    }
  }

  /** Keeps hits, as far as there is room. What was forgotten meanwhile stays forgotten. */
  add(searchId: string, hits: readonly ContentHit[]): void {
    const search = this.#searches.get(searchId);
    if (search === undefined || hits.length === 0) return;
    search.hits.push(...hits.slice(0, Math.max(0, MAX_KEPT_HITS - search.hits.length)));
    search.sorted = false;
  }

  /** Hits newest first. `entry_not_found` where they were forgotten. */
  hitsOf(searchId: string): readonly ContentHit[] {
    const search = this.#searches.get(searchId);
    if (search === undefined)
      throw new AuditError('entry_not_found', 'The results of this search are gone. Search again.');
    if (!search.sorted) {
      search.hits.sort((left, right) => right.epochUs - left.epochUs);
      search.sorted = true;
    }
    return search.hits;
  }

  /** Lets go of one search's results. */
  forget(searchId: string, because: ForgottenBecause): void {
    if (this.#searches.delete(searchId)) this.#events.emit('search.forgotten', { searchId, because });
  }

  /** Lets go of everything. */
  forgetAll(because: ForgottenBecause): void {
    for (const searchId of [...this.#searches.keys()]) this.forget(searchId, because);
  }

  #forgetSource(closed: string): void {
    for (const [searchId, { sourceId }] of [...this.#searches])
      if (sourceId === closed) this.forget(searchId, 'closed');
  }
}

/** `content.*`. */
export function contentSearchHandlers(
  context: ContentSearchContext,
): Pick<DeskHandlers, 'content.search' | 'content.hits' | 'content.forget'> {
  const { sources, jobs, lock, results } = context;
  return {
    'content.search': async (input) => {
      const source = sources.get(input.sourceId);
      return await jobs.run(input.searchId, (job) => {
        results.begin(input.searchId, input.sourceId);
        return lock.during(job.signal, (signal) => search(context, source, input, { ...job, signal }));
      });
    },
    'content.hits': async ({ searchId, page: { offset, limit } }) => {
      const hits = results.hitsOf(searchId);
      return { hits: hits.slice(offset, offset + limit), total: hits.length };
    },
    'content.forget': async ({ searchId }) => {
      jobs.stop(searchId);
      results.forget(searchId, 'closed');
      return null;
    },
  };
}

async function search(
  { ring, events, results }: ContentSearchContext,
  { catalog, storage }: Source,
  { filter, text, matchCase, searchId }: SearchInput,
  { signal, onProgress }: Job,
): Promise<ContentSearchReport> {
  const places = await catalog.places(filter);
  const entries = places.ids.length;
  const work = startContentWork({ kind: 'search', form: { text, matchCase }, keys: ring.texts() }, entries);
  const counts = { searched: 0, hits: 0, notOpened: 0, withoutContent: 0 };
  const hitOf = (first: number, { index, ...hit }: LineHit): ContentHit => ({
    ref: placeAt(places, first + index),
    ...hit,
  });
  try {
    const portions = mapInOrder(streamStoredLines(storage, places, signal), work.width, async ({ first, lines }) => ({
      first,
      lines: lines.length,
      found: await work.run(lines),
    }));
    for await (const { first, lines, found } of portions) {
      signal.throwIfAborted();
      results.add(
        searchId,
        found.hits.map((hit) => hitOf(first, hit)),
      );
      counts.searched += lines;
      counts.hits += found.hits.length;
      counts.notOpened += found.notOpened;
      counts.withoutContent += found.withoutContent;
      events.emitThrottled('search.found', searchId, { searchId, ...counts });
      onProgress({ done: counts.searched, total: entries, unit: 'entries' });
    }
    return { ...counts, entries, stopped: false, coverage: places.coverage };
  } catch (error) {
    if (!signal.aborted) {
      results.forget(searchId, 'closed');
      throw error;
    }
    return { ...counts, entries, stopped: true, coverage: places.coverage };
  } finally {
    await work.end();
    events.flush('search.found', searchId);
  }
}
