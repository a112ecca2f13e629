/** The window's arrangement for the open source: how it is edited, and kept by the desk. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import {
  COLUMN_WIDTH_LIMITS,
  type ColumnLayout,
  FIRST_WINDOW_LAYOUT,
  type TableLayout,
  type WindowLayout,
} from '../../shared/window-layout.ts';
import { useDesk } from './desk-context.ts';
import { reportFailure } from './failure-notices.ts';
import { useOpenSource } from './source.ts';
import { createStore, useStore } from './store.ts';
import { setSort, viewStore } from './view.ts';

const WRITE_REST_MS = 300;

/** The arrangement that is shown. Its `columns` are a {@link TableLayout}, which a saved view may keep and put back. */
export const windowLayoutStore = createStore<WindowLayout>(FIRST_WINDOW_LAYOUT);

/** Puts columns in place of those shown; null puts them back to how they are at first. */
export function setTableLayout(columns: TableLayout | null): void {
  windowLayoutStore.set((layout) => ({ ...layout, columns }));
}

/** Remembers a panel's width. */
export function setPanelWidth(panel: 'filtersWidth' | 'detailWidth', widthPx: number): void {
  windowLayoutStore.set((layout) => (layout[panel] === widthPx ? layout : { ...layout, [panel]: widthPx }));
}

/**
 * A kept layout for the columns that there are: unknown ones are dropped, and one that it does not know (a later version brought
 * it) stands behind the column that is before it at first.
 */
export function completeLayout(kept: TableLayout | null, first: TableLayout): TableLayout {
  if (kept === null) return first;
  const known = new Set(first.map(({ id }) => id));
  const columns = kept.filter(({ id }, index) => known.has(id) && kept.findIndex((other) => other.id === id) === index);
  first.forEach((column, index) => {
    if (columns.some(({ id }) => id === column.id)) return;
    const before = first[index - 1];
    const place = before === undefined ? 0 : columns.findIndex(({ id }) => id === before.id) + 1;
    columns.splice(place, 0, column);
  });
  return columns.some(({ visible }) => visible) ? columns : first;
}

/** Columns as they stand in the table: the pinned ones first, then the others that are visible. */
export function shownColumns(layout: TableLayout): readonly ColumnLayout[] {
  const visible = layout.filter((column) => column.visible);
  return [...visible.filter(({ pinned }) => pinned), ...visible.filter(({ pinned }) => !pinned)];
}

function changed(layout: TableLayout, id: string, change: Partial<ColumnLayout>): TableLayout {
  return layout.map((column) => (column.id === id ? { ...column, ...change } : column));
}

/** The layout with a column's width, held within the limits; null for the column's own. */
export function withColumnWidth(layout: TableLayout, id: string, widthPx: number | null): TableLayout {
  const { min, max } = COLUMN_WIDTH_LIMITS;
  return changed(layout, id, { width: widthPx === null ? null : Math.round(Math.min(max, Math.max(min, widthPx))) });
}

/** The layout with a column shown or hidden. The last one that is shown stays. */
export function withColumnVisible(layout: TableLayout, id: string, visible: boolean): TableLayout {
  const others = layout.some((column) => column.visible && column.id !== id);
  return visible || others ? changed(layout, id, { visible }) : layout;
}

/** The layout with a column pinned to the start, or let go. */
export function withColumnPinned(layout: TableLayout, id: string, pinned: boolean): TableLayout {
  return changed(layout, id, { pinned });
}

/** The layout with a column put before or after another; it is pinned where that one is. */
export function withColumnMoved(
  layout: TableLayout,
  id: string,
  side: 'before' | 'after',
  targetId: string,
): TableLayout {
  const column = layout.find((other) => other.id === id);
  const target = layout.find((other) => other.id === targetId);
  if (column === undefined || target === undefined || id === targetId) return layout;
  const others = layout.filter((other) => other.id !== id);
  const place = others.indexOf(target) + (side === 'after' ? 1 : 0);
  return [...others.slice(0, place), { ...column, pinned: target.pinned }, ...others.slice(place)];
}

/** The layout with a column one place on among those that are shown, within its pinned or free part. */
export function withColumnStepped(layout: TableLayout, id: string, step: -1 | 1): TableLayout {
  const shown = shownColumns(layout);
  const index = shown.findIndex((column) => column.id === id);
  const neighbour = shown[index + step];
  if (index === -1 || neighbour === undefined || neighbour.pinned !== shown[index]?.pinned) return layout;
  return withColumnMoved(layout, id, step === -1 ? 'before' : 'after', neighbour.id);
}

/**
 * Fetches the source's arrangement, its sort with it, and keeps every change from then on. False until it is there: what is drawn
 * before would move under the person's eyes.
 */
export function useKeptWindowLayout(): boolean {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [ready, setReady] = useState(false);
  const kept = useRef<WindowLayout>(FIRST_WINDOW_LAYOUT);
  const { data, error } = useQuery({
    queryKey: ['layout', sourceId],
    queryFn: () => desk.call('layout.get', { sourceId }),
    staleTime: Infinity,
    gcTime: 0,
  });
  const begin = useEffectEvent((layout: WindowLayout) => {
    if (ready) return;
    kept.current = layout;
    windowLayoutStore.set(layout);
    if (layout.sort !== null) setSort(layout.sort);
    setReady(true);
  });
  useEffect(() => {
    // Without it the window is as at first; nothing of the log is missing.
    if (data !== undefined || error !== null) begin(data ?? FIRST_WINDOW_LAYOUT);
  }, [data, error]);

  const layout = useStore(windowLayoutStore, (state) => state);
  const sort = useStore(viewStore, (view) => view.query.sort);
  const keep = useEffectEvent((next: WindowLayout) => {
    if (JSON.stringify(next) === JSON.stringify({ ...kept.current, sort: kept.current.sort ?? next.sort })) return;
    kept.current = next;
    desk.call('layout.set', { sourceId, layout: next }).catch((failure: unknown) => {
      reportFailure('The arrangement of the window could not be kept', failure);
    });
  });
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => keep({ ...layout, sort }), WRITE_REST_MS);
    return () => clearTimeout(timer);
  }, [ready, layout, sort]);
  return ready;
}
