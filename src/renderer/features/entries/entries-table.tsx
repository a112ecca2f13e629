// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be scrolled through by position; a grid can
/** The table: the rows of the view, virtual, sorted and paged by the desk, walked by keyboard. */
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useContentMarks } from '../../state/content-search.ts';
import { entrySetStore, isInSet, NO_ENTRIES } from '../../state/entry-set.ts';
import { useFocusRequest } from '../../state/focus-requests.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import {
  enterDetail,
  NO_WALK,
  type RowStep,
  refKey,
  sameRef,
  selectionStore,
  viewStore,
  walkStore,
} from '../../state/view.ts';
import { NO_COUNTS, viewCountsStore } from '../../state/view-counts.ts';
import { Failure } from '../../ui/failure.tsx';
import { keysAreTaken } from '../../ui/typing.ts';
import { EmptyEntries } from './empty-entries.tsx';
import { EntriesHeader } from './entries-header.tsx';
import styles from './entries-table.module.css';
import { EntryRowView, rowElementId } from './entry-row.tsx';
import { LiveBadge } from './live-badge.tsx';
import { rowStepOf } from './row-steps.ts';
import { useCopyKey } from './use-copy-entries.ts';
import { type EntryPages, useEntryPages } from './use-entry-pages.ts';
import { useKeptPlace } from './use-kept-place.ts';
import { useRowWindow } from './use-row-window.ts';
import { useSelecting } from './use-selecting.ts';
import { useTableColumns } from './use-table-columns.ts';

/** Tells the rest of the window what the last answer said. */
function usePublishedCounts(pages: EntryPages) {
  const { latest } = pages;
  useEffect(() => {
    if (latest === null) return;
    const { matching, inRange, coverage, revision } = latest;
    viewCountsStore.set({ matching, inRange, coverage, revision });
  }, [latest]);
  useEffect(() => () => viewCountsStore.set(NO_COUNTS), []);
}

/** The table of the open source. */
export function EntriesTable() {
  const { sourceId } = useOpenSource();
  const query = useStore(viewStore, (view) => view.query);
  const selected = useStore(selectionStore, (state) => state.selected);
  const set = useStore(entrySetStore, (state) => state);
  const zone = useTimeZone();
  const marks = useContentMarks();
  const { placed, style } = useTableColumns();
  const scroller = useRef<HTMLDivElement>(null);
  useFocusRequest('entries', () => scroller.current?.focus({ preventScroll: true }));
  const [count, setCount] = useState(0);
  const rows = useRowWindow(scroller, count);
  const pages = useEntryPages(sourceId, query, rows.first, rows.last);
  const matching = pages.matching ?? 0;
  if (count !== matching) setCount(matching);

  usePublishedCounts(pages);
  const place = useKeptPlace(sourceId, query, pages, rows);
  const selecting = useSelecting(sourceId, query, pages, rows);
  const { pending, extending, choose } = selecting;
  useGlobalWalk(selecting.walk, selecting.goTo, rows.reveal);
  useCopyKey(scroller);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const step = rowStepOf(event);
    if (step !== null) selecting.walk(step, event.shiftKey);
    else if (event.key === 'Enter' && selected !== null) enterDetail();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selecting.selectAll();
    else if (event.key === ' ' && selected !== null) selecting.toggleActive();
    else if (event.key === 'Escape' && (set.kind === 'allBut' || set.entries.size > 1)) entrySetStore.set(NO_ENTRIES);
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
        aria-multiselectable
        aria-rowcount={pages.matching === null ? -1 : pages.matching + 1}
        aria-colcount={placed.length}
        aria-busy={pages.matching === null || pages.earlier}
        aria-activedescendant={activeInSight ? rowElementId(activeIndex) : undefined}
        tabIndex={0}
        className={pages.earlier ? `${styles.grid} ${styles.earlier}` : styles.grid}
        style={style}
        onKeyDown={onKeyDown}
      >
        <EntriesHeader placed={placed} sort={query.sort} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the focus goes where the keys are answered */}
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: rows.areaHeight }}
          onClick={() => scroller.current?.focus({ preventScroll: true })}
        >
          {rows.items.map(({ index, top, slot }) => {
            const row = pages.rowAt(index);
            const isActive =
              pending === null
                ? row !== undefined && selected !== null && sameRef(row.ref, selected.row.ref)
                : index === pending;
            // Until a step has arrived the set is still the one before it.
            const inSet = row !== undefined && (pending === null || extending) && isInSet(set, row);
            return (
              <EntryRowView
                key={slot}
                index={index}
                top={top}
                row={row}
                placed={placed}
                zone={zone}
                selected={inSet || (pending !== null && isActive)}
                active={isActive}
                marked={row !== undefined && marks.has(refKey(row.ref))}
                onChoose={choose}
              />
            );
          })}
        </div>
      </div>
      <LiveBadge waiting={place.waiting} onTop={place.toTop} />
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
function useGlobalWalk(walk: (step: RowStep) => void, goTo: (index: number) => void, reveal: (index: number) => void) {
  const walkNow = useEffectEvent(walk);
  const goNow = useEffectEvent(goTo);
  const revealNow = useEffectEvent(reveal);
  useEffect(() => {
    walkStore.set({
      walk: (step) => walkNow(step),
      goTo: (index) => goNow(index),
      reveal: (index) => revealNow(index),
    });
    return () => walkStore.set(NO_WALK);
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
