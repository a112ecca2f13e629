/** The columns of the table: which there are, and how their arrangement is edited. What each shows is the table's own. */
import { useMemo } from 'react';
import { COLUMN_WIDTH_LIMITS, type ColumnLayout, type TableLayout } from '../../shared/table-layout.ts';
import { useStore } from './store.ts';
import { windowLayoutStore } from './window-layout.ts';

/** Every column in the order in which they stand at first. */
export const TABLE_COLUMNS = [
  { id: 'timestamp', label: 'Time', shownAtFirst: true },
  { id: 'provider', label: 'Provider', shownAtFirst: true },
  { id: 'model', label: 'Model', shownAtFirst: true },
  { id: 'status', label: 'Status', shownAtFirst: true },
  { id: 'block_reason', label: 'Block reason', shownAtFirst: false },
  { id: 'detectors_triggered', label: 'Detectors', shownAtFirst: true },
  { id: 'alerts', label: 'Alerts', shownAtFirst: false },
  { id: 'conversation_id', label: 'Conversation', shownAtFirst: true },
  { id: 'latency_ms', label: 'Latency, ms', shownAtFirst: true },
  { id: 'input_tokens', label: 'Tokens in', shownAtFirst: true },
  { id: 'output_tokens', label: 'Tokens out', shownAtFirst: true },
  { id: 'total_tokens', label: 'Tokens total', shownAtFirst: false },
  { id: 'input_kind', label: 'Input kept', shownAtFirst: false },
  { id: 'output_kind', label: 'Output kept', shownAtFirst: false },
  { id: 'id', label: 'Id', shownAtFirst: true },
] as const;
/** Names a column of {@link TABLE_COLUMNS}. */
export type ColumnId = (typeof TABLE_COLUMNS)[number]['id'];

/** The columns as they stand at first. */
export const FIRST_TABLE_LAYOUT: TableLayout = TABLE_COLUMNS.map(({ id, shownAtFirst }) => ({
  id,
  width: null,
  visible: shownAtFirst,
  pinned: false,
}));

/** Puts columns in place of those shown; null puts them back to how they are at first. */
export function setTableLayout(columns: TableLayout | null): void {
  windowLayoutStore.set((layout) => ({ ...layout, columns }));
}

/** The layout that is shown, every column of the table in it. */
export function shownTableLayout(): TableLayout {
  return completeLayout(windowLayoutStore.get().columns, FIRST_TABLE_LAYOUT);
}

/** {@link shownTableLayout}, for components. */
export function useTableLayout(): TableLayout {
  const kept = useStore(windowLayoutStore, (state) => state.columns);
  return useMemo(() => completeLayout(kept, FIRST_TABLE_LAYOUT), [kept]);
}

/** Edits the layout that is shown. */
export function editTableLayout(edit: (layout: TableLayout) => TableLayout): void {
  const before = shownTableLayout();
  const next = edit(before);
  if (next !== before) setTableLayout(next);
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
