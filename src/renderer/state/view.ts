/** What the table shows: one filter, one sort, one selection, shared by every feature. */
import type { EntryRef, EntryRow } from '../../shared/contract.ts';
import {
  type DateRange,
  type EntryFilter,
  type EntryQuery,
  NEWEST_FIRST,
  NO_FILTER,
  type Sort,
} from '../../shared/query.ts';
import { createStore } from './store.ts';

/** The view of a source. */
export interface View {
  readonly query: EntryQuery;
  /** How the range was asked for, where it was by a name ("Last 7 days"). */
  readonly rangeName: string | null;
}

/** A chosen entry. */
export interface Selection {
  readonly row: EntryRow;
  /** Its position in the view, where that is known: it changes with filter, sort and revision. */
  readonly index: number | null;
}

const OPENING_VIEW: View = { query: { filter: NO_FILTER, sort: NEWEST_FIRST }, rangeName: null };

/** The view that is shown. */
export const viewStore = createStore<View>(OPENING_VIEW);

/** The entry that is chosen, and its panel. */
export interface SelectionState {
  readonly selected: Selection | null;
  readonly detailOpen: boolean;
  /** Grows whenever the panel is asked to take the focus. */
  readonly focusAsked: number;
}

const NOTHING_SELECTED: SelectionState = { selected: null, detailOpen: false, focusAsked: 0 };

/** The entry that is chosen, and whether its panel is open. */
export const selectionStore = createStore<SelectionState>(NOTHING_SELECTED);

/** Where a step leads from the chosen entry. */
export type RowStep = 'next' | 'previous' | 'pageDown' | 'pageUp' | 'first' | 'last';

/** While there is no table. */
export const NO_WALK = { walk: () => {}, goTo: () => {}, reveal: () => {} };

/** Moves the selection through the rows of the view. The table, which knows the rows, puts its own way here. */
export const walkStore = createStore<{
  readonly walk: (step: RowStep) => void;
  /** Chooses the row at a position of the view and brings it into sight. */
  readonly goTo: (index: number) => void;
  /** Brings the row at a position of the view into sight. */
  readonly reveal: (index: number) => void;
}>(NO_WALK);

/** Opens the panel of the chosen entry and moves the focus there. */
export function enterDetail(): void {
  selectionStore.set((state) => ({ ...state, detailOpen: true, focusAsked: state.focusAsked + 1 }));
}

/** Closes the panel; the entry stays chosen. */
export function leaveDetail(): void {
  selectionStore.set((state) => (state.detailOpen ? { ...state, detailOpen: false } : state));
}

/** Puts the view back to how a log opens: everything, newest first, nothing selected. */
export function resetView(): void {
  viewStore.set(OPENING_VIEW);
  selectionStore.set(NOTHING_SELECTED);
}

/** Shows another view of the same source; nothing is selected in it. */
export function showView(view: View): void {
  viewStore.set(view);
  selectionStore.set(NOTHING_SELECTED);
}

/** Edits the filter. A range that the edit changes loses its name. */
export function editFilter(edit: (filter: EntryFilter) => EntryFilter): void {
  viewStore.set((view) => {
    const filter = edit(view.query.filter);
    const rangeName = filter.range === view.query.filter.range ? view.rangeName : null;
    return { query: { ...view.query, filter }, rangeName };
  });
}

/** Sets the range, with the name by which it was asked for. */
export function setRange(range: DateRange, name: string | null): void {
  viewStore.set((view) => ({
    query: { ...view.query, filter: { ...view.query.filter, range } },
    rangeName: name,
  }));
}

/** Sets the order of the rows. */
export function setSort(sort: Sort): void {
  viewStore.set((view) => ({ ...view, query: { ...view.query, sort } }));
}

/** True for two names of the same entry. */
export function sameRef(first: EntryRef, second: EntryRef): boolean {
  return first.file === second.file && first.byteOffset === second.byteOffset && first.id === second.id;
}

/** Text by which an entry is told from every other of its source. */
export function refKey(ref: EntryRef): string {
  return `${ref.file}\n${ref.byteOffset}\n${ref.id}`;
}
