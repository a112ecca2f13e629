// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be scrolled through by position; a grid can
/** The table: the rows of the view, virtual, sorted and paged by the desk, walked by keyboard. */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type Column, useTable } from '@tanstack/react-table';
import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import type { Sort } from '../../../shared/query.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { enterDetail, type RowStep, sameRef, selectionStore, setSort, viewStore, walkStore } from '../../state/view.ts';
import { NO_COUNTS, viewCountsStore } from '../../state/view-counts.ts';
import { Failure } from '../../ui/failure.tsx';
import { keysAreTaken } from '../../ui/typing.ts';
import { EmptyEntries } from './empty-entries.tsx';
import styles from './entries-table.module.css';
import { type EntryColumn, entryColumn, entryColumnDefs, entryTableFeatures, nextSort } from './entry-columns.tsx';
import { EntryRowView, rowElementId } from './entry-row.tsx';
import { rowStepOf, stepFrom } from './row-steps.ts';
import { type EntryPages, useEntryPages } from './use-entry-pages.ts';
import { useKeptPlace } from './use-kept-place.ts';
import { type RowWindow, useRowWindow } from './use-row-window.ts';

const NO_ROWS: EntryRow[] = [];

function useColumns(): readonly EntryColumn[] {
  const table = useTable({ features: entryTableFeatures, columns: entryColumnDefs, data: NO_ROWS });
  const visible: readonly Column<typeof entryTableFeatures, EntryRow>[] = table.getVisibleLeafColumns();
  return useMemo(() => visible.map((column) => entryColumn(column.id)), [visible]);
}

function gridStyle(columns: readonly EntryColumn[]): CSSProperties {
  const tracks = columns.map(({ size, grow }) => (grow === 0 ? `${size}px` : `minmax(${size}px, ${grow}fr)`));
  const width = columns.reduce((sum, { size }) => sum + size, 0);
  return { '--entry-columns': tracks.join(' '), '--entry-width': `${width}px` } as CSSProperties;
}

/** Tells the rest of the window what the last answer said. */
function usePublishedCounts(pages: EntryPages) {
  const { latest } = pages;
  useEffect(() => {
    if (latest === null) return;
    viewCountsStore.set({ matching: latest.matching, inRange: latest.inRange, coverage: latest.coverage });
  }, [latest]);
  useEffect(() => () => viewCountsStore.set(NO_COUNTS), []);
}

/** Moves the selection; a row that is not fetched yet is chosen as soon as it is. */
function useWalk(pages: EntryPages, rows: RowWindow) {
  const [pending, setPending] = useState<number | null>(null);
  const pendingRow = pending === null ? undefined : pages.rowAt(pending);
  useEffect(() => {
    if (pending === null || pendingRow === undefined) return;
    selectionStore.set((state) => ({ ...state, selected: { row: pendingRow, index: pending } }));
    setPending(null);
  }, [pending, pendingRow]);
  return {
    /** Position that is chosen or about to be. */
    pending,
    walk: (step: RowStep) => {
      const from = pending ?? selectionStore.get().selected?.index ?? null;
      const to = stepFrom(from, step, pages.matching ?? 0, rows.pageRows());
      if (to === null) return;
      rows.reveal(to);
      setPending(to);
    },
  };
}

/** The table of the open source. */
export function EntriesTable() {
  const { sourceId } = useOpenSource();
  const query = useStore(viewStore, (view) => view.query);
  const selected = useStore(selectionStore, (state) => state.selected);
  const zone = useTimeZone();
  const columns = useColumns();
  const scroller = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(0);
  const rows = useRowWindow(scroller, count);
  const pages = useEntryPages(sourceId, query, rows.first, rows.last);
  const matching = pages.matching ?? 0;
  if (count !== matching) setCount(matching);

  usePublishedCounts(pages);
  useKeptPlace(sourceId, query, pages, rows);
  const { pending, walk } = useWalk(pages, rows);
  useGlobalWalk(walk);

  const choose = useCallback((index: number, row: EntryRow, open: boolean) => {
    selectionStore.set((state) => ({
      ...state,
      selected: { row, index },
      detailOpen: open || state.detailOpen,
    }));
    scroller.current?.focus({ preventScroll: true });
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const step = rowStepOf(event);
    if (step !== null) walk(step);
    else if (event.key === 'Enter' && selected !== null) enterDetail();
    else return;
    event.preventDefault();
  };

  const activeIndex = pending ?? selected?.index ?? null;
  const activeInSight = activeIndex !== null && rows.items.some((item) => item.index === activeIndex);
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        role="grid"
        aria-label="Entries"
        aria-rowcount={pages.matching === null ? -1 : pages.matching + 1}
        aria-colcount={columns.length}
        aria-busy={pages.matching === null || pages.earlier}
        aria-activedescendant={activeInSight ? rowElementId(activeIndex) : undefined}
        tabIndex={0}
        className={pages.earlier ? `${styles.grid} ${styles.earlier}` : styles.grid}
        style={gridStyle(columns)}
        onKeyDown={onKeyDown}
      >
        <EntriesHeader columns={columns} sort={query.sort} />
        <div role="rowgroup" className={styles.body} style={{ height: rows.areaHeight }}>
          {rows.items.map(({ index, top }) => {
            const row = pages.rowAt(index);
            const isSelected =
              pending === null
                ? row !== undefined && selected !== null && sameRef(row.ref, selected.row.ref)
                : index === pending;
            return (
              <EntryRowView
                key={index}
                index={index}
                top={top}
                row={row}
                columns={columns}
                zone={zone}
                selected={isSelected}
                onChoose={choose}
              />
            );
          })}
        </div>
      </div>
      {pages.error !== null && (
        <div className={styles.over}>
          <div className={styles.overBox}>
            <Failure error={pages.error} title="The entries could not be fetched" onRetry={pages.retry} />
          </div>
        </div>
      )}
      {pages.error === null && pages.matching === 0 && !pages.earlier && <EmptyEntries query={query} />}
    </div>
  );
}

/** j and k walk the rows wherever the focus is, as long as nobody types; so do the buttons of other features. */
function useGlobalWalk(walk: (step: RowStep) => void) {
  const walkNow = useEffectEvent(walk);
  useEffect(() => {
    walkStore.set({ walk: (step) => walkNow(step) });
    return () => walkStore.set({ walk: () => {} });
  }, []);
  const onKey = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if ((event.key !== 'j' && event.key !== 'k') || keysAreTaken(event)) return;
    const step = rowStepOf(event);
    if (step === null) return;
    event.preventDefault();
    walk(step);
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function EntriesHeader({ columns, sort }: { readonly columns: readonly EntryColumn[]; readonly sort: Sort }) {
  return (
    <div role="rowgroup" className={styles.headerGroup}>
      <div role="row" aria-rowindex={1} tabIndex={-1} className={styles.header}>
        {columns.map((column, index) => (
          <HeaderCell key={column.id} column={column} index={index} sort={sort} />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly column: EntryColumn;
  readonly index: number;
  readonly sort: Sort;
}

function HeaderCell({ column, index, sort }: HeaderCellProps) {
  const sorted = column.sortField !== null && column.sortField === sort.field;
  const next = nextSort(column, sort);
  const classes = [styles.headerCell, column.align === 'end' ? styles.end : '', sorted ? styles.sorted : ''].join(' ');
  const ariaSort = sorted
    ? sort.direction === 'asc'
      ? 'ascending'
      : 'descending'
    : next === null
      ? undefined
      : 'none';
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside is what takes the focus
    <div role="columnheader" aria-colindex={index + 1} aria-sort={ariaSort} className={classes}>
      {next === null ? (
        <span className={styles.sortButton}>{column.label}</span>
      ) : (
        <button type="button" className={styles.sortButton} onClick={() => setSort(next)}>
          {column.label}
          {sorted && sort.direction === 'asc' && <IconArrowUp size={12} aria-hidden />}
          {sorted && sort.direction === 'desc' && <IconArrowDown size={12} aria-hidden />}
        </button>
      )}
    </div>
  );
}
