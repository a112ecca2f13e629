/**
 * The entries a person selected to copy or export: some named ones, or everything that matches the filter but a few. A million
 * selected entries are never a million ids.
 */
import type { EntryRow } from '../../shared/contract.ts';
import type { EntryFilter } from '../../shared/query.ts';
import { createStore } from './store.ts';
import { refKey, viewStore } from './view.ts';

/** A row and where it stood in the view when it was selected. */
export interface SelectedRow {
  readonly row: EntryRow;
  readonly index: number;
}

/** Selected entries by {@link refKey}. */
export type EntrySet =
  | { readonly kind: 'some'; readonly entries: ReadonlyMap<string, SelectedRow> }
  | { readonly kind: 'allBut'; readonly filter: EntryFilter; readonly except: ReadonlyMap<string, SelectedRow> };

/** Most entries that are selected one by one: further ones are selected by a filter and Ctrl+A. */
export const MAX_NAMED_ENTRIES = 10_000;

/** Nothing selected. */
export const NO_ENTRIES: EntrySet = { kind: 'some', entries: new Map() };

/** The selection. It belongs to the filter under which it was made and goes with it. */
export const entrySetStore = createStore<EntrySet>(NO_ENTRIES);

let filterOfSet = viewStore.get().query.filter;
viewStore.subscribe(() => {
  const { filter } = viewStore.get().query;
  if (filter === filterOfSet) return;
  filterOfSet = filter;
  entrySetStore.set(NO_ENTRIES);
});
/** True for an entry of the set. */
export function isInSet(set: EntrySet, row: EntryRow): boolean {
  const key = refKey(row.ref);
  return set.kind === 'some' ? set.entries.has(key) : !set.except.has(key);
}

/** Entries in the set; of an `allBut`, as many of `matching` as are not excepted. null where `matching` is not known yet. */
export function sizeOfSet(set: EntrySet, matching: number | null): number | null {
  if (set.kind === 'some') return set.entries.size;
  return matching === null ? null : Math.max(0, matching - set.except.size);
}

/** The set of these rows. */
export function setOfRows(rows: readonly SelectedRow[]): EntrySet {
  return { kind: 'some', entries: new Map(rows.map((selected) => [refKey(selected.row.ref), selected])) };
}

/** Everything that matches a filter. */
export function setOfFilter(filter: EntryFilter): EntrySet {
  return { kind: 'allBut', filter, except: new Map() };
}

/** The set with an entry taken in, or out where it was in. */
export function toggledInSet(set: EntrySet, selected: SelectedRow): EntrySet {
  const key = refKey(selected.row.ref);
  const listed = new Map(set.kind === 'some' ? set.entries : set.except);
  if (!listed.delete(key)) listed.set(key, selected);
  return set.kind === 'some' ? { ...set, entries: listed } : { ...set, except: listed };
}
