// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be scrolled through by position; a grid can
/** One row of the table. */
import { type CSSProperties, type MouseEvent, memo } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import styles from './entries-table.module.css';
import type { PlacedColumn } from './use-table-columns.ts';

interface EntryRowViewProps {
  readonly index: number;
  readonly top: number;
  /** undefined while the row is being fetched. */
  readonly row: EntryRow | undefined;
  readonly placed: readonly PlacedColumn[];
  readonly zone: string;
  readonly selected: boolean;
  /** The one row that keys go from and the detail shows. */
  readonly active: boolean;
  /** Its content holds what was searched for. */
  readonly marked: boolean;
  readonly onChoose: (index: number, row: EntryRow, event: MouseEvent) => void;
}

/** Id of the element of a row: the grid names its active row by it. */
export function rowElementId(index: number): string {
  return `entry-row-${index}`;
}

function cellClass({ column, pinnedAt }: PlacedColumn): string {
  return [styles.cell, column.align === 'end' ? styles.end : '', pinnedAt === null ? '' : styles.pinned].join(' ');
}

function cellStyle({ pinnedAt }: PlacedColumn): CSSProperties | undefined {
  return pinnedAt === null ? undefined : { left: `var(--pin-${pinnedAt})` };
}

/** Drawn again only when its own row, place or choice changes: scrolling draws new rows, not the old ones. */
export const EntryRowView = memo(function EntryRowView(props: EntryRowViewProps) {
  const { index, top, row, placed, zone, selected, active, marked, onChoose } = props;
  const classes = [
    styles.row,
    row?.safety_passed === false ? styles.rowBlocked : '',
    active ? styles.active : '',
    marked ? styles.marked : '',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid, which holds the focus, answers the keys for all its rows
    <div
      id={rowElementId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-description={marked ? 'Its content holds what was searched for' : undefined}
      tabIndex={-1}
      className={classes.join(' ')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => row && onChoose(index, row, event)}
    >
      {row === undefined ? (
        // One cell for all: who scrolls fast sees many rows that are not there yet.
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
        <div role="gridcell" aria-colindex={1} aria-colspan={placed.length} className={styles.waiting}>
          <span className={styles.skeleton} />
        </div>
      ) : (
        placed.map((place, columnIndex) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
          <div
            key={place.column.id}
            role="gridcell"
            aria-colindex={columnIndex + 1}
            className={cellClass(place)}
            style={cellStyle(place)}
          >
            {place.column.cell(row, zone)}
          </div>
        ))
      )}
    </div>
  );
});
