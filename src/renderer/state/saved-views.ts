/** Saved views of the open source: how the shown view becomes one, and how one is shown. */
import { useQuery } from '@tanstack/react-query';
import { ALL_TIME } from '../../shared/query.ts';
import { isMovingRange, type SavedRange, type SavedView, type ViewContent } from '../../shared/saved-views.ts';
import { type NamedRange, parseRange } from '../time/range-text.ts';
import { useDesk } from './desk-context.ts';
import { useOpenSource } from './source.ts';
import { showView, type View } from './view.ts';

/** Name of a source's list of views among the queries; set anew on `views.changed`. */
export function savedViewsQuery(sourceId: string): readonly unknown[] {
  return ['views', sourceId];
}

/** The saved views of the open source. */
export function useSavedViews() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  return useQuery<readonly SavedView[]>({
    queryKey: savedViewsQuery(sourceId),
    queryFn: () => desk.call('views.list', { sourceId }),
    staleTime: Infinity,
  });
}

/** What is to be kept of a view. A range that was asked for by a name that moves with the clock keeps moving. */
export function viewContent({ query, rangeName }: View): ViewContent {
  const { range, ...filter } = query.filter;
  const saved: SavedRange =
    rangeName !== null && isMovingRange(rangeName)
      ? { kind: 'moving', text: rangeName }
      : { kind: 'fixed', fromUs: range.fromUs, toUs: range.toUs };
  return { filter, sort: query.sort, range: saved, columns: null };
}

/** The range that a saved one means now. */
function rangeNow(range: SavedRange, nowUs: number, zone: string): NamedRange {
  if (range.kind === 'moving') return parseRange(range.text, nowUs, zone) ?? { range: ALL_TIME, name: null };
  const { fromUs, toUs } = range;
  return { range: { fromUs, toUs }, name: fromUs === null && toUs === null ? 'All time' : null };
}

/** The view that a saved one means now. */
export function viewOf({ filter, sort, range }: ViewContent, nowUs: number, zone: string): View {
  const { range: asked, name } = rangeNow(range, nowUs, zone);
  return { query: { filter: { ...filter, range: asked }, sort }, rangeName: name };
}

/** Shows a saved view. */
export function applySavedView(view: SavedView, zone: string): void {
  showView(viewOf(view.content, Date.now() * 1000, zone));
}

/** True where the shown view is what a saved one keeps. */
export function isSameContent(first: ViewContent, second: ViewContent): boolean {
  const told = ({ filter, sort, range }: ViewContent) => JSON.stringify([filter, sort, range], inKeyOrder);
  return told(first) === told(second);
}

/** For JSON.stringify: objects with their keys in order, so that equal ones read the same. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)));
}
