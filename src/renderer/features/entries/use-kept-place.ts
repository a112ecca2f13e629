/**
 * Keeps a person's place while the index grows under them: the same rows in sight, the same entry chosen. At the very top of the
 * newest entries nothing is held, so that new ones flow in; further down they wait above, and are counted.
 */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { EntryRef } from '../../../shared/contract.ts';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { sameRef, selectionStore } from '../../state/view.ts';
import { PAGE_ROWS } from './page-window.ts';
import type { EntryPages } from './use-entry-pages.ts';
import { ROW_HEIGHT_PX, type RowWindow } from './use-row-window.ts';

interface Anchor {
  readonly ref: EntryRef;
  readonly index: number;
}

/** What a new revision did to the place that is held. */
export interface KeptPlace {
  /** New entries above what is in sight, while the newest come first. */
  readonly waiting: number;
  /** Goes to the newest. */
  readonly toTop: () => void;
}

/** Where a held entry stands in the rows that are here; null where it must be asked for. */
function findNear(held: Anchor, pages: EntryPages, revision: number): number | null {
  for (let index = held.index; index <= held.index + PAGE_ROWS; index += 1) {
    const row = pages.rowAt(index);
    if (row === undefined || pages.revisionAt(index) !== revision) return null;
    if (sameRef(row.ref, held.ref)) return index;
  }
  return null;
}

/**
 * A new filter or sort begins at the top. A new revision looks where the first row in sight and the chosen entry stand now, and
 * moves by the difference.
 */
export function useKeptPlace(sourceId: string, query: EntryQuery, pages: EntryPages, rows: RowWindow): KeptPlace {
  const desk = useDesk();
  const anchor = useRef<Anchor | null>(null);
  const [waiting, setWaiting] = useState(0);
  const revision = pages.latest?.revision ?? null;
  const complete = pages.latest?.coverage.state === 'complete';
  const newestFirst = query.sort.field === 'timestamp' && query.sort.direction === 'desc';

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

  /** The log was read to its end before: what comes now was written meanwhile. */
  const wasComplete = useRef(false);
  const moveBy = (moved: number) => {
    if (moved === 0) return;
    rows.moveTo(rows.logicalTop() + moved * ROW_HEIGHT_PX);
    if (moved > 0 && newestFirst && wasComplete.current) setWaiting((count) => count + moved);
  };
  const holdRows = useEffectEvent(async (seen: number) => {
    const held = anchor.current;
    const top = rows.logicalTop();
    if (held === null || top === 0) return;
    const near = findNear(held, pages, seen);
    if (near !== null) return moveBy(near - held.index);
    const index = await positionOf(held.ref);
    // Whoever scrolled meanwhile has another place.
    if (index !== null && rows.logicalTop() === top) moveBy(index - held.index);
  });

  const shownQuery = useRef(query);
  const toTop = useEffectEvent(() => {
    setWaiting(0);
    rows.moveTo(0);
  });
  useEffect(() => {
    if (shownQuery.current === query) return;
    shownQuery.current = query;
    anchor.current = null;
    toTop();
    void placeSelection();
  }, [query]);

  // Before the rows are painted: who reads must not see them jump.
  const lastRevision = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (revision === null || revision === lastRevision.current) return;
    const isFirst = lastRevision.current === null;
    lastRevision.current = revision;
    if (isFirst) return;
    void holdRows(revision);
    void placeSelection();
  }, [revision]);
  useEffect(() => {
    if (complete) wasComplete.current = true;
  }, [complete]);

  // Remembered after every drawing: what stood at the top when the next revision comes.
  const topIndex = Math.ceil(rows.logicalTop() / ROW_HEIGHT_PX);
  const topRow = pages.rowAt(topIndex);
  useEffect(() => {
    anchor.current = topRow === undefined ? null : { ref: topRow.ref, index: topIndex };
  });

  // Who scrolls up meets those that waited.
  const waitingAbove = Math.min(waiting, topIndex);
  if (waitingAbove !== waiting) setWaiting(waitingAbove);
  return { waiting: waitingAbove, toTop: () => toTop() };
}
