/** What the desk keeps of the window for each source, so that a source that is opened again is as it was left. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type EntryQuery, NEWEST_FIRST, NO_FILTER } from '../../shared/query.ts';
import { FIRST_WINDOW_LAYOUT, type WindowLayout } from '../../shared/window-layout.ts';
import { resolveTimeZone } from '../time/time-zone.ts';
import { useDesk } from './desk-context.ts';
import { entrySetStore, setOfRows } from './entry-set.ts';
import { reportFailure } from './failure-notices.ts';
import { keptView, viewOf } from './saved-views.ts';
import { useCoverage, useOpenSource, usePacedRevision } from './source.ts';
import { useStore } from './store.ts';
import { type SelectionState, sameRef, selectionStore, showView, type View, viewStore, walkStore } from './view.ts';
import { type Arrangement, windowLayoutStore } from './window-layout.ts';

const WRITE_REST_MS = 300;

type KeptSelection = WindowLayout['selected'];

/** The view that was left; a range that moves with the clock is counted from now. */
function leftView({ filter, sort, range }: WindowLayout, zone: string): View {
  const { range: _, ...everything } = NO_FILTER;
  return viewOf(
    {
      filter: filter ?? everything,
      sort: sort ?? NEWEST_FIRST,
      range: range ?? { kind: 'fixed', fromUs: null, toUs: null },
    },
    Date.now() * 1000,
    zone,
  );
}

function keptOf(arrangement: Arrangement, view: View, selected: KeptSelection): WindowLayout {
  const { filter, sort, range } = keptView(view);
  return { ...arrangement, filter, sort, range, selected };
}

function selectionOf({ selected, detailOpen }: SelectionState): KeptSelection {
  return selected === null ? null : { ref: selected.row.ref, detailOpen };
}

/**
 * Fetches how the source was left, shows that, and keeps every change from then on. False until it is there: what is drawn before
 * would move under the person's eyes.
 */
export function useKeptWindow(): boolean {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [ready, setReady] = useState(false);
  const [awaited, setAwaited] = useState<KeptSelection>(null);
  const known = useRef('');
  const { data, error } = useQuery({
    queryKey: ['layout', sourceId],
    queryFn: async () => {
      const [layout, { timeZone }] = await Promise.all([
        desk.call('layout.get', { sourceId }),
        desk.call('settings.get', {}),
      ]);
      return { layout, zone: resolveTimeZone(timeZone) };
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  const begin = useEffectEvent((layout: WindowLayout, zone: string) => {
    if (ready) return;
    const { columns, filtersWidth, detailWidth, filtersShown } = layout;
    windowLayoutStore.set({ columns, filtersWidth, detailWidth, filtersShown });
    showView(leftView(layout, zone));
    setAwaited(layout.selected);
    known.current = JSON.stringify(keptOf(windowLayoutStore.get(), viewStore.get(), layout.selected));
    setReady(true);
  });
  useEffect(() => {
    // Without it the window is as at first; nothing of the log is missing.
    if (data !== undefined || error !== null) begin(data?.layout ?? FIRST_WINDOW_LAYOUT, data?.zone ?? 'UTC');
  }, [data, error]);
  useReturnToEntry(awaited, () => setAwaited(null));

  const arrangement = useStore(windowLayoutStore, (state) => state);
  const view = useStore(viewStore, (state) => state);
  const selection = useStore(selectionStore, (state) => state);
  const keep = useEffectEvent((layout: WindowLayout) => {
    const told = JSON.stringify(layout);
    if (told === known.current) return;
    known.current = told;
    desk.call('layout.set', { sourceId, layout }).catch((failure: unknown) => {
      reportFailure('The arrangement of the window could not be kept', failure);
    });
  });
  useEffect(() => {
    if (!ready) return;
    const layout = keptOf(arrangement, view, selectionOf(selection) ?? awaited);
    const timer = setTimeout(() => keep(layout), WRITE_REST_MS);
    return () => clearTimeout(timer);
  }, [ready, arrangement, view, selection, awaited]);
  return ready;
}

/**
 * Chooses the entry that was chosen last, as soon as the index knows it. Given up once the log is read without it, or a person does
 * something else meanwhile.
 */
function useReturnToEntry(awaited: KeptSelection, onDone: () => void): void {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('page');
  const complete = useCoverage()?.state === 'complete';
  const query = useStore(viewStore, (view) => view.query);
  const queryAtFirst = useRef<EntryQuery | null>(null);
  const look = useEffectEvent(
    async ({ ref, detailOpen }: NonNullable<KeptSelection>, asked: EntryQuery, last: boolean) => {
      queryAtFirst.current ??= asked;
      const isMeant = () => selectionStore.get().selected === null && viewStore.get().query === queryAtFirst.current;
      if (!isMeant()) return onDone();
      const index = await desk.call('entries.position', { sourceId, query: asked, ref }).catch(() => null);
      if (index === null) return last ? onDone() : undefined;
      const page = { offset: index, limit: 1 };
      const row = (await desk.call('entries.page', { sourceId, query: asked, page }).catch(() => null))?.rows[0];
      // An index that grew between the two questions is asked again at its next revision.
      if (row === undefined || !sameRef(row.ref, ref) || !isMeant()) return;
      selectionStore.set((state) => ({ ...state, selected: { row, index }, detailOpen }));
      entrySetStore.set(setOfRows([{ row, index }]));
      walkStore.get().reveal(index);
      onDone();
    },
  );
  useEffect(() => {
    if (awaited !== null && revision >= 0) void look(awaited, query, complete);
  }, [awaited, revision, complete, query]);
}
