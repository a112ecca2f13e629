// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be scrolled through by position; a grid can
/** The table's header: sorts, and arranges the columns by pointer and by keyboard. */
import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPin } from '@tabler/icons-react';
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import type { Sort } from '../../../shared/query.ts';
import { editTableLayout, withColumnStepped } from '../../state/table-columns.ts';
import { setSort } from '../../state/view.ts';
import { ColumnMenuItems, resizeByKeys } from './column-menu-items.tsx';
import styles from './entries-header.module.css';
import { type EntryColumn, nextSort } from './entry-columns.tsx';
import { beginColumnResize, COLUMN_ATTRIBUTE, type ColumnDrop, useColumnMove } from './use-column-drag.ts';
import type { PlacedColumn } from './use-table-columns.ts';

interface EntriesHeaderProps {
  readonly placed: readonly PlacedColumn[];
  readonly sort: Sort;
}

/**
 * One stop of the tab order: arrows go from column to column, with Shift they move the column, with Alt they set its width; Enter
 * sorts; the menu key opens everything else.
 */
export const EntriesHeader = memo(function EntriesHeader({ placed, sort }: EntriesHeaderProps) {
  const header = useRef<HTMLDivElement>(null);
  const move = useColumnMove(header);
  const [stop, setStop] = useState<string | null>(null);
  const stopId = placed.some(({ column }) => column.id === stop) ? stop : placed[0]?.column.id;

  const focusBeside = (id: string, step: -1 | 1) => {
    const index = placed.findIndex(({ column }) => column.id === id);
    const next = placed[index + step]?.column.id;
    if (next === undefined) return;
    setStop(next);
    header.current?.querySelector<HTMLElement>(`[${COLUMN_ATTRIBUTE}="${CSS.escape(next)}"] button`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : null;
    if (step === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.shiftKey) editTableLayout((layout) => withColumnStepped(layout, id, step));
    else if (event.altKey) resizeByKeys(id, step);
    else focusBeside(id, step);
  };
  return (
    <div role="rowgroup" className={styles.group}>
      <div ref={header} role="row" aria-rowindex={1} tabIndex={-1} className={styles.header}>
        {placed.map((place, index) => (
          <HeaderCell
            key={place.column.id}
            place={place}
            index={index}
            sort={sort}
            tabbable={place.column.id === stopId}
            drop={move.drop}
            onFocus={() => setStop(place.column.id)}
            onKeyDown={(event) => onKeyDown(event, place.column.id)}
            onPointerDown={(event) => move.begin(event, place.column.id)}
            wasDragged={move.wasDragged}
          />
        ))}
      </div>
    </div>
  );
});

interface HeaderCellProps {
  readonly place: PlacedColumn;
  readonly index: number;
  readonly sort: Sort;
  readonly tabbable: boolean;
  readonly drop: ColumnDrop | null;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly wasDragged: () => boolean;
}

function ariaSortOf(column: EntryColumn, sort: Sort): 'ascending' | 'descending' | 'none' | undefined {
  if (column.sortField === null) return undefined;
  if (column.sortField !== sort.field) return 'none';
  return sort.direction === 'asc' ? 'ascending' : 'descending';
}

function cellClasses({ place, drop }: HeaderCellProps, sorted: boolean): string {
  const { column, pinnedAt } = place;
  const dropped = drop?.target === column.id ? (drop.side === 'before' ? styles.dropBefore : styles.dropAfter) : '';
  return [
    styles.cell,
    column.align === 'end' ? styles.end : '',
    sorted ? styles.sorted : '',
    pinnedAt === null ? '' : styles.pinned,
    drop?.dragged === column.id ? styles.dragged : '',
    dropped,
  ].join(' ');
}

function HeaderCell(props: HeaderCellProps) {
  const { place, index, sort, tabbable, onFocus, onKeyDown, onPointerDown, wasDragged } = props;
  const { column, pinnedAt } = place;
  const [menuOpen, setMenuOpen] = useState(false);
  const ariaSort = ariaSortOf(column, sort);
  const sorted = ariaSort === 'ascending' || ariaSort === 'descending';
  const onClick = () => {
    if (wasDragged()) return;
    const next = nextSort(column, sort);
    if (next !== null) setSort(next);
    else setMenuOpen(true);
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside is what takes the focus
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={ariaSort}
      className={cellClasses(props, sorted)}
      style={pinnedAt === null ? undefined : { left: `var(--pin-${pinnedAt})` }}
      {...{ [COLUMN_ATTRIBUTE]: column.id }}
    >
      {/* Opened by the menu key or the right button; a click sorts. */}
      <Menu opened={menuOpen} onChange={(opened) => !opened && setMenuOpen(false)}>
        <Menu.Target>
          <button
            type="button"
            className={styles.button}
            tabIndex={tabbable ? 0 : -1}
            title="Click to sort, drag to move, right-click for more"
            aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Alt+ArrowLeft Alt+ArrowRight"
            onFocus={onFocus}
            onKeyDown={onKeyDown}
            onPointerDown={onPointerDown}
            onClick={onClick}
            onContextMenu={(event) => {
              event.preventDefault();
              setMenuOpen(true);
            }}
          >
            <span className={styles.label}>{column.label}</span>
            {ariaSort === 'ascending' && <IconArrowUp size={12} aria-hidden />}
            {ariaSort === 'descending' && <IconArrowDown size={12} aria-hidden />}
            {pinnedAt !== null && <IconPin size={11} aria-hidden />}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <ColumnMenuItems place={place} />
        </Menu.Dropdown>
      </Menu>
      <div
        aria-hidden
        className={styles.edge}
        onPointerDown={(event) => beginColumnResize(event, column.id)}
        onDoubleClick={() => resizeByKeys(column.id, 0)}
      />
    </div>
  );
}
