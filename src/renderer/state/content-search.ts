/**
 * The search in content and what it found, plaintext included: shared by its panel and the table that marks the rows. It lives in
 * this store and nowhere else, and goes with the lock, with the source, or when a person closes the panel.
 */
import type { ContentHit, ContentSearchCounts, ContentSearchReport, ForgottenBecause } from '../../shared/contract.ts';
import type { EntryFilter } from '../../shared/query.ts';
import { createStore, useStore } from './store.ts';
import { refKey } from './view.ts';

/** A search that was begun. */
export interface ContentSearch {
  readonly searchId: string;
  readonly text: string;
  readonly filter: EntryFilter;
  /** Counts so far; null before the first word of it. */
  readonly counts: ContentSearchCounts | null;
  /** null while it runs. */
  readonly report: ContentSearchReport | null;
  readonly hits: readonly ContentHit[];
  /** {@link refKey} of every entry among the hits. */
  readonly marked: ReadonlySet<string>;
}

/** What the window knows of it. */
export interface ContentSearchState {
  readonly panelOpen: boolean;
  readonly search: ContentSearch | null;
  /** Why the results of the last search are gone; null where they are not. */
  readonly gone: ForgottenBecause | null;
}

const NO_MARKS: ReadonlySet<string> = new Set();

/** The one search of this window. */
export const contentSearchStore = createStore<ContentSearchState>({ panelOpen: false, search: null, gone: null });

/** Entries that the search found, by {@link refKey}. */
export function useContentMarks(): ReadonlySet<string> {
  return useStore(contentSearchStore, ({ search }) => search?.marked ?? NO_MARKS);
}

/** Shows or hides the panel; hiding it keeps what was found. */
export function showContentSearch(panelOpen: boolean): void {
  contentSearchStore.set((state) => (state.panelOpen === panelOpen ? state : { ...state, panelOpen }));
}

/** Begins to keep a search in place of the one before. */
export function beginContentSearch(searchId: string, text: string, filter: EntryFilter): void {
  const search = { searchId, text, filter, counts: null, report: null, hits: [], marked: NO_MARKS };
  contentSearchStore.set((state) => ({ ...state, search, gone: null }));
}

/** Notes news of a search; those of another one than the window's are passed over. */
export function noteContentSearch(searchId: string, news: Partial<ContentSearch>): void {
  contentSearchStore.set((state) =>
    state.search?.searchId === searchId ? { ...state, search: { ...state.search, ...news } } : state,
  );
}

/** Keeps the hits of a search and marks their entries. */
export function keepContentHits(searchId: string, hits: readonly ContentHit[]): void {
  noteContentSearch(searchId, { hits, marked: new Set(hits.map(({ ref }) => refKey(ref))) });
}

/** Lets go of everything a search found. */
export function forgetContentSearch(searchId: string, gone: ForgottenBecause | null): void {
  contentSearchStore.set((state) => (state.search?.searchId === searchId ? { ...state, search: null, gone } : state));
}
