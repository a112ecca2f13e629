// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be scrolled through by position; a grid can
/** One row of the table. */
import { memo } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import styles from './entries-table.module.css';
import type { EntryColumn } from './entry-columns.tsx';

interface EntryRowViewProps {
  readonly index: number;
  readonly top: number;
  /** undefined while the row is being fetched. */
  readonly row: EntryRow | undefined;
  readonly columns: readonly EntryColumn[];
  readonly zone: string;
  readonly selected: boolean;
  readonly onChoose: (index: number, row: EntryRow, open: boolean) => void;
}

/** Id of the element of a row: the grid names its active row by it. */
export function rowElementId(index: number): string {
  return `entry-row-${index}`;
}

/** Drawn again only when its own row, place or choice changes: scrolling draws new rows, not the old ones. */
export const EntryRowView = memo(function EntryRowView(props: EntryRowViewProps) {
  const { index, top, row, columns, zone, selected, onChoose } = props;
  const classes = [styles.row, row?.safety_passed === false ? styles.rowBlocked : ''].join(' ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid, which holds the focus, answers the keys for all its rows
    <div
      id={rowElementId(index)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={-1}
      className={classes}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => row && onChoose(index, row, true)}
    >
      {columns.map((column, columnIndex) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active row
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={columnIndex + 1}
          className={column.align === 'end' ? `${styles.cell} ${styles.end}` : styles.cell}
        >
          {row === undefined ? <span className={styles.skeleton} /> : column.cell(row, zone)}
        </div>
      ))}
    </div>
  );
});
