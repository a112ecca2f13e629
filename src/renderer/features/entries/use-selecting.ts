/** Choosing entries: one that is active, and the set that copying and exporting take. */
import { type MouseEvent, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { AuditError } from '../../../shared/errors.ts';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import {
  entrySetStore,
  MAX_NAMED_ENTRIES,
  NO_ENTRIES,
  type SelectedRow,
  setOfFilter,
  setOfRows,
  toggledInSet,
} from '../../state/entry-set.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { type RowStep, selectionStore } from '../../state/view.ts';
import { formatCount } from '../../ui/number-text.ts';
import { stepFrom } from './row-steps.ts';
import type { EntryPages } from './use-entry-pages.ts';
import type { RowWindow } from './use-row-window.ts';

const PAGE_ROWS = 1000;

interface Pending {
  readonly index: number;
  /** true where the set grows from its anchor to this row. */
  readonly extend: boolean;
}

function makeActive({ row, index }: SelectedRow, open: boolean): void {
  selectionStore.set((state) => ({ ...state, selected: { row, index }, detailOpen: open || state.detailOpen }));
}

/** The rows of the view, as far as they are needed to select among them. */
function useRowsBetween(sourceId: string, query: EntryQuery, pages: EntryPages) {
  const desk = useDesk();
  /** At once where all are here; null where some must be fetched. */
  const here = (first: number, last: number): readonly SelectedRow[] | null => {
    const found: SelectedRow[] = [];
    for (let index = first; index <= last; index += 1) {
      const row = pages.rowAt(index);
      if (row === undefined) return null;
      found.push({ row, index });
    }
    return found;
  };
  const fetched = async (first: number, last: number): Promise<readonly SelectedRow[]> => {
    if (last - first >= MAX_NAMED_ENTRIES) {
      const most = formatCount(MAX_NAMED_ENTRIES);
      const message = `At most ${most} entries can be selected row by row. Narrow the filter and select all of it with Ctrl+A.`;
      throw new AuditError('invalid_argument', message);
    }
    const found: SelectedRow[] = [];
    for (let offset = first; offset <= last; offset += PAGE_ROWS) {
      const page = { offset, limit: Math.min(PAGE_ROWS, last - offset + 1) };
      const { rows } = await desk.call('entries.page', { sourceId, query, page });
      found.push(...rows.map((row, step) => ({ row, index: offset + step })));
    }
    return found;
  };
  return { here, fetched };
}

/** The entry that is active and those that are selected, and everything that changes them. */
export function useSelecting(sourceId: string, query: EntryQuery, pages: EntryPages, rows: RowWindow) {
  const desk = useDesk();
  const [pending, setPending] = useState<Pending | null>(null);
  const anchor = useRef<(SelectedRow & { readonly revision: number }) | null>(null);
  const between = useRowsBetween(sourceId, query, pages);
  const attempt = useRef(0);
  const revision = pages.latest?.revision ?? 0;

  const selectOnly = (selected: SelectedRow) => {
    attempt.current += 1;
    anchor.current = { ...selected, revision };
    entrySetStore.set(setOfRows([selected]));
  };

  /** Where the anchor stands now: entries that came since may have moved it. */
  const anchorIndex = async (): Promise<number | null> => {
    const from = anchor.current;
    if (from === null) return null;
    if (from.revision === revision) return from.index;
    return await desk.call('entries.position', { sourceId, query, ref: from.row.ref });
  };
  const extendTo = async (to: number) => {
    attempt.current += 1;
    const mine = attempt.current;
    const from = anchor.current;
    const settled = from !== null && from.revision === revision ? from.index : null;
    const atHand = settled === null ? null : between.here(Math.min(settled, to), Math.max(settled, to));
    if (atHand !== null) return entrySetStore.set(setOfRows(atHand));
    try {
      const start = (await anchorIndex()) ?? to;
      const range = await between.fetched(Math.min(start, to), Math.max(start, to));
      if (attempt.current === mine) entrySetStore.set(setOfRows(range));
    } catch (error) {
      reportFailure('The rows between could not be selected', error);
    }
  };

  const arrive = useEffectEvent((row: EntryRow, { index, extend }: Pending) => {
    makeActive({ row, index }, false);
    if (extend) void extendTo(index);
    else selectOnly({ row, index });
  });
  const pendingRow = pending === null ? undefined : pages.rowAt(pending.index);
  useEffect(() => {
    if (pending === null || pendingRow === undefined) return;
    arrive(pendingRow, pending);
    setPending(null);
  }, [pending, pendingRow]);

  const goTo = (index: number, extend: boolean) => {
    rows.reveal(index);
    setPending({ index, extend });
  };
  const walk = (step: RowStep, extend = false) => {
    const from = pending?.index ?? selectionStore.get().selected?.index ?? null;
    const to = stepFrom(from, step, pages.matching ?? 0, rows.pageRows());
    if (to !== null) goTo(to, extend);
  };
  const toggle = (selected: SelectedRow) => {
    attempt.current += 1;
    anchor.current = { ...selected, revision };
    entrySetStore.set((set) => toggledInSet(set, selected));
  };

  const clicked = useEffectEvent((index: number, row: EntryRow, event: MouseEvent) => {
    setPending(null);
    const byRange = event.shiftKey && anchor.current !== null;
    const single = !byRange && !event.ctrlKey && !event.metaKey;
    makeActive({ row, index }, single);
    if (byRange) void extendTo(index);
    else if (single) selectOnly({ row, index });
    else toggle({ row, index });
  });
  // Handed to every row: the same function always, so that no row is drawn anew for it.
  const choose = useCallback((index: number, row: EntryRow, event: MouseEvent) => clicked(index, row, event), []);

  useEffect(() => {
    entrySetStore.set(NO_ENTRIES);
    return () => entrySetStore.set(NO_ENTRIES);
  }, []);
  return {
    /** Position that is active or about to be. */
    pending: pending?.index ?? null,
    extending: pending?.extend ?? false,
    choose,
    walk,
    goTo: (index: number) => goTo(index, false),
    toggleActive: () => {
      const { selected } = selectionStore.get();
      if (selected?.index != null) toggle({ row: selected.row, index: selected.index });
    },
    selectAll: () => {
      attempt.current += 1;
      entrySetStore.set(setOfFilter(query.filter));
    },
  };
}
