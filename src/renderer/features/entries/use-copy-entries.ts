/** Copies the selected entries, in the columns that are shown: for spreadsheets and mails. */
import { type RefObject, useEffect, useEffectEvent } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { AuditError } from '../../../shared/errors.ts';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { type EntrySet, entrySetStore, isInSet, MAX_NAMED_ENTRIES, sizeOfSet } from '../../state/entry-set.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { createStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { viewCountsStore } from '../../state/view-counts.ts';
import { formatCount } from '../../ui/number-text.ts';
import { entriesAsText } from './entries-text.ts';
import { useTableColumns } from './use-table-columns.ts';

const PAGE_ROWS = 1000;
const NEWS_MS = 2500;

/** What became of the last copy; `copied` is how many entries it was, for a moment. */
export const copyStore = createStore<{ readonly copying: boolean; readonly copied: number | null }>({
  copying: false,
  copied: null,
});

let newsTimer: ReturnType<typeof setTimeout> | undefined;

function tellCopied(entries: number): void {
  copyStore.set({ copying: false, copied: entries });
  clearTimeout(newsTimer);
  newsTimer = setTimeout(() => copyStore.set({ copying: false, copied: null }), NEWS_MS);
}

/** Rows of named entries, in the order in which they stood. */
function namedRows(set: Extract<EntrySet, { readonly kind: 'some' }>): readonly EntryRow[] {
  return [...set.entries.values()].sort((first, second) => first.index - second.index).map(({ row }) => row);
}

/** Copies the selection; failures are reported. More than {@link MAX_NAMED_ENTRIES} entries are for an export. */
export function useCopyEntries() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const zone = useTimeZone();
  const { placed } = useTableColumns();
  const columns = placed.map(({ column }) => column);

  const rowsOf = async (set: EntrySet): Promise<readonly EntryRow[]> => {
    if (set.kind === 'some') return namedRows(set);
    if ((sizeOfSet(set, viewCountsStore.get().matching) ?? 0) > MAX_NAMED_ENTRIES) {
      const most = formatCount(MAX_NAMED_ENTRIES);
      throw new AuditError('invalid_argument', `At most ${most} entries can be copied at once. Export them instead.`);
    }
    const query: EntryQuery = { filter: set.filter, sort: viewStore.get().query.sort };
    const rows: EntryRow[] = [];
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const page = await desk.call('entries.page', { sourceId, query, page: { offset, limit: PAGE_ROWS } });
      rows.push(...page.rows.filter((row) => isInSet(set, row)));
      if (page.rows.length < PAGE_ROWS) return rows;
    }
  };
  const copy = async () => {
    copyStore.set({ copying: true, copied: null });
    try {
      const rows = await rowsOf(entrySetStore.get());
      await navigator.clipboard.writeText(entriesAsText(rows, columns, zone));
      tellCopied(rows.length);
    } catch (error) {
      copyStore.set({ copying: false, copied: null });
      reportFailure('The entries could not be copied', error);
    }
  };
  /** Puts entries that are here already onto the clipboard of a copy event, and begins to fetch the others. */
  const onCopy = (event: ClipboardEvent) => {
    const set = entrySetStore.get();
    event.preventDefault();
    if (set.kind === 'allBut') return void copy();
    if (set.entries.size === 0) return;
    const rows = namedRows(set);
    event.clipboardData?.setData('text/plain', entriesAsText(rows, columns, zone));
    tellCopied(rows.length);
  };
  return { copy: () => void copy(), onCopy };
}

/** Ctrl+C (or the menu's Copy) in the table copies its selection, unless a text is marked. */
export function useCopyKey(grid: RefObject<HTMLElement | null>): void {
  const { onCopy } = useCopyEntries();
  const copied = useEffectEvent(onCopy);
  useEffect(() => {
    const listener = (event: ClipboardEvent) => {
      if (document.activeElement === grid.current && document.getSelection()?.isCollapsed !== false) copied(event);
    };
    document.addEventListener('copy', listener);
    return () => document.removeEventListener('copy', listener);
  }, [grid]);
}
