/** The columns that are shown: the person's layout, put in order by the table library. */
import {
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type CSSProperties, useMemo } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { COLUMN_WIDTH_LIMITS, type TableLayout } from '../../../shared/table-layout.ts';
import { useTableLayout } from '../../state/table-columns.ts';
import { ENTRY_COLUMNS, type EntryColumn, entryColumn } from './entry-columns.tsx';

/** What the table's column state can do; sorting and paging are the desk's. */
const features = tableFeatures({
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});

const helper = createColumnHelper<typeof features, EntryRow>();
const columnDefs = helper.columns(
  ENTRY_COLUMNS.map(({ id, label, size }) =>
    helper.display({ id, header: label, size, minSize: COLUMN_WIDTH_LIMITS.min, maxSize: COLUMN_WIDTH_LIMITS.max }),
  ),
);

const NO_ROWS: EntryRow[] = [];

/** A column in its place. */
export interface PlacedColumn {
  readonly column: EntryColumn;
  /** Its place among the pinned columns, from 0; null where it scrolls with the others. */
  readonly pinnedAt: number | null;
}

/** What the header and the rows are drawn by. */
export interface TableColumns {
  readonly layout: TableLayout;
  /** The same array as long as no column comes, goes or moves: a width alone draws no row anew. */
  readonly placed: readonly PlacedColumn[];
  /** Widths, as style properties of the grid. */
  readonly style: CSSProperties;
}

/** The layout and what is drawn by it. */
export function useTableColumns(): TableColumns {
  const layout = useTableLayout();
  const state = useMemo(() => tableState(layout), [layout]);
  const table = useTable({ features, columns: columnDefs, data: NO_ROWS, state });
  const pinned = table.getStartVisibleLeafColumns();
  const free = table.getCenterVisibleLeafColumns();
  const order = [...pinned.map(({ id }) => `+${id}`), ...free.map(({ id }) => `-${id}`)].join(' ');
  const placed = useMemo(() => placedColumns(order), [order]);
  const style = useMemo(() => gridStyle(placed, layout), [placed, layout]);
  return { layout, placed, style };
}

function tableState(layout: TableLayout) {
  const sized = layout.flatMap(({ id, width }) => (width === null ? [] : [[id, width] as const]));
  return {
    columnOrder: layout.map(({ id }) => id),
    columnVisibility: Object.fromEntries(layout.map(({ id, visible }) => [id, visible])),
    columnPinning: { start: layout.filter(({ pinned }) => pinned).map(({ id }) => id), end: [] },
    columnSizing: Object.fromEntries(sized),
  };
}

function placedColumns(order: string): readonly PlacedColumn[] {
  return order.split(' ').map((mark, index) => ({
    column: entryColumn(mark.slice(1)),
    pinnedAt: mark.startsWith('+') ? index : null,
  }));
}

/** Pinned columns have a width of their own, since the next one's place is told by it; the free ones share what is left. */
function gridStyle(placed: readonly PlacedColumn[], layout: TableLayout): CSSProperties {
  const widths = new Map(layout.map(({ id, width }) => [id, width]));
  const pins: Record<string, string> = {};
  const tracks: string[] = [];
  let sum = 0;
  let grows = false;
  for (const { column, pinnedAt } of placed) {
    const width = widths.get(column.id) ?? null;
    const fixed = width !== null || pinnedAt !== null || column.grow === 0;
    if (pinnedAt !== null) pins[`--pin-${pinnedAt}`] = `${sum}px`;
    tracks.push(fixed ? `${width ?? column.size}px` : `minmax(${column.size}px, ${column.grow}fr)`);
    sum += width ?? column.size;
    grows ||= !fixed;
  }
  // Without a column that grows, the rows' ground still reaches to the end.
  if (!grows) tracks.push('1fr');
  return { '--entry-columns': tracks.join(' '), '--entry-width': `${sum}px`, ...pins } as CSSProperties;
}
