/** Saved views of the open source: how the shown view becomes one, and how one is shown. */
import { useQuery } from '@tanstack/react-query';
import { ALL_TIME } from '../../shared/query.ts';
import { isMovingRange, type SavedRange, type SavedView, type ViewContent } from '../../shared/saved-views.ts';
import type { TableLayout } from '../../shared/table-layout.ts';
import { type NamedRange, parseRange } from '../time/range-text.ts';
import { useDesk } from './desk-context.ts';
import { useOpenSource } from './source.ts';
import { completeLayout, FIRST_TABLE_LAYOUT, setTableLayout } from './table-columns.ts';
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

/** What a view shows, without the columns. */
export type KeptView = Omit<ViewContent, 'columns'>;

/** What is to be kept of a view. A range that was asked for by a name that moves with the clock keeps moving. */
export function keptView({ query, rangeName }: View): KeptView {
  const { range, ...filter } = query.filter;
  const saved: SavedRange =
    rangeName !== null && isMovingRange(rangeName)
      ? { kind: 'moving', text: rangeName }
      : { kind: 'fixed', fromUs: range.fromUs, toUs: range.toUs };
  return { filter, sort: query.sort, range: saved };
}

/** The range that a saved one means now. */
function rangeNow(range: SavedRange, nowUs: number, zone: string): NamedRange {
  if (range.kind === 'moving') return parseRange(range.text, nowUs, zone) ?? { range: ALL_TIME, name: null };
  const { fromUs, toUs } = range;
  return { range: { fromUs, toUs }, name: fromUs === null && toUs === null ? 'All time' : null };
}

/** The view that a saved one means now. */
export function viewOf({ filter, sort, range }: KeptView, nowUs: number, zone: string): View {
  const { range: asked, name } = rangeNow(range, nowUs, zone);
  return { query: { filter: { ...filter, range: asked }, sort }, rangeName: name };
}

/** Shows a saved view, in its columns where it has some. */
export function applySavedView({ content }: SavedView, zone: string): void {
  showView(viewOf(content, Date.now() * 1000, zone));
  if (content.columns !== null) setTableLayout(content.columns);
}

/** True where the shown view is what a saved one keeps. Columns that are only wider or narrower make no other view of it. */
export function isShown({ columns, ...saved }: ViewContent, view: View, shown: TableLayout): boolean {
  const told = (value: unknown) => JSON.stringify(value, inKeyOrder);
  return (
    told(saved) === told(keptView(view)) &&
    (columns === null ||
      told(withoutWidths(completeLayout(columns, FIRST_TABLE_LAYOUT))) === told(withoutWidths(shown)))
  );
}

function withoutWidths(layout: TableLayout): unknown {
  return layout.map(({ width: _, ...column }) => column);
}

/** For JSON.stringify: objects with their keys in order, so that equal ones read the same. */
function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([first], [second]) => (first < second ? -1 : 1)));
}
