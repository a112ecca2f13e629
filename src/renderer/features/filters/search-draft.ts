/** The text in the search box: the one filter, as a person writes it. It is applied as a whole or not at all. */
import type { EntryFilter } from '../../../shared/query.ts';
import { type ParsedQuery, parseQuery, type QueryFilter } from '../../../shared/query-language/parse-query.ts';
import { printQuery } from '../../../shared/query-language/print-query.ts';
import { createStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';

/** The text, and what it says. */
export interface SearchDraft {
  readonly text: string;
  readonly parsed: ParsedQuery;
  /** true while the box has the focus, and says itself what is wrong. */
  readonly editing: boolean;
}

/** The draft of the open source. */
export const searchDraftStore = createStore<SearchDraft>({ text: '', parsed: parseQuery(''), editing: false });

/** Changes the text; nothing is applied yet. */
export function writeDraft(text: string): void {
  searchDraftStore.set((draft) => (draft.text === text ? draft : { ...draft, text, parsed: parseQuery(text) }));
}

/** Notes that a person begins or ends to write in the box. */
export function setEditing(editing: boolean): void {
  searchDraftStore.set((draft) => ({ ...draft, editing }));
}

/** Narrows the view by the draft. A draft with an error changes nothing: the box and the chips say so. */
export function applyDraft(): void {
  const { filter } = searchDraftStore.get().parsed;
  if (filter === null || means(filter, viewStore.get().query.filter)) return;
  editFilter((current) => ({ range: current.range, ...filter }));
}

/** Takes over a filter that was changed elsewhere. A text that says the same already stays as it was written. */
export function followFilter(filter: EntryFilter): void {
  const written = searchDraftStore.get().parsed.filter;
  if (written === null || !means(written, filter)) writeDraft(printQuery(filter));
}

function means(filter: QueryFilter, other: QueryFilter): boolean {
  return printQuery(filter) === printQuery(other);
}
