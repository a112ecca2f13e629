/** Keeps a person's place while the index grows under them: the same rows in sight, the same entry chosen. */
import { useEffect, useEffectEvent, useRef } from 'react';
import type { EntryRef } from '../../../shared/contract.ts';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { selectionStore } from '../../state/view.ts';
import type { EntryPages } from './use-entry-pages.ts';
import { ROW_HEIGHT_PX, type RowWindow } from './use-row-window.ts';

interface Anchor {
  readonly ref: EntryRef;
  readonly index: number;
}

/**
 * A new filter or sort begins at the top. A new revision asks where the first row in sight and the chosen entry stand now, and
 * moves by the difference; at the very top nothing moves, so that new entries come into sight.
 */
export function useKeptPlace(sourceId: string, query: EntryQuery, pages: EntryPages, rows: RowWindow) {
  const desk = useDesk();
  const anchor = useRef<Anchor | null>(null);
  const revision = pages.latest?.revision ?? null;

  const positionOf = async (ref: EntryRef) => {
    try {
      return await desk.call('entries.position', { sourceId, query, ref });
    } catch {
      // The entry is gone or the source closed: its place is not known, and whoever shows it says why.
      return null;
    }
  };

  const placeSelection = useEffectEvent(async () => {
    const { selected } = selectionStore.get();
    if (selected === null) return;
    const index = await positionOf(selected.row.ref);
    selectionStore.set((state) =>
      state.selected?.row.ref === selected.row.ref && state.selected.index !== index
        ? { ...state, selected: { ...state.selected, index } }
        : state,
    );
  });

  const holdRows = useEffectEvent(async () => {
    const held = anchor.current;
    if (held === null || rows.logicalTop() === 0) return;
    const index = await positionOf(held.ref);
    const moved = index === null ? 0 : index - held.index;
    if (moved !== 0 && anchor.current === held) rows.moveTo(rows.logicalTop() + moved * ROW_HEIGHT_PX);
  });

  const shownQuery = useRef(query);
  const toTop = useEffectEvent(() => rows.moveTo(0));
  useEffect(() => {
    if (shownQuery.current === query) return;
    shownQuery.current = query;
    anchor.current = null;
    toTop();
    void placeSelection();
  }, [query]);

  const firstRevision = useRef<number | null>(null);
  useEffect(() => {
    if (revision === null || revision === firstRevision.current) return;
    const isFirst = firstRevision.current === null;
    firstRevision.current = revision;
    if (isFirst) return;
    void holdRows();
    void placeSelection();
  }, [revision]);

  // Remembered after every drawing: what stood at the top when the next revision comes.
  const topIndex = Math.ceil(rows.logicalTop() / ROW_HEIGHT_PX);
  const topRow = pages.rowAt(topIndex);
  useEffect(() => {
    anchor.current = topRow === undefined ? null : { ref: topRow.ref, index: topIndex };
  });
}
