/** Rows of the view by their position, fetched in pages around what is in sight; the whole is never loaded. */
import { type QueryClient, useIsFetching, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { EntryPage, EntryRow } from '../../../shared/contract.ts';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { paced, usePacedRevision } from '../../state/source.ts';
import { PAGE_ROWS, pagesFor, placeOf } from './page-window.ts';

const KEPT_MS = 30_000;

/** What the table knows of its rows at the moment. */
export interface EntryPages {
  /** Rows of the view; null before the first answer. */
  readonly matching: number | null;
  /** The last answer, of whatever page. */
  readonly latest: EntryPage | null;
  /** The row at a position; undefined where it is not there yet. */
  readonly rowAt: (index: number) => EntryRow | undefined;
  /** The revision that the row at a position is of; undefined where it is not there yet. */
  readonly revisionAt: (index: number) => number | undefined;
  /** true while rows of an earlier view stand in for this one's. */
  readonly earlier: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

interface ShownView {
  readonly key: readonly unknown[];
  readonly latest: EntryPage;
}

function readPage(queries: QueryClient, viewKey: readonly unknown[], page: number): EntryPage | undefined {
  return queries.getQueryData<EntryPage>([...viewKey, page]);
}

function readRow(queries: QueryClient, viewKey: readonly unknown[], index: number): EntryRow | undefined {
  const { page, row } = placeOf(index);
  return readPage(queries, viewKey, page)?.rows[row];
}

function newest(pages: readonly (EntryPage | undefined)[]): EntryPage | null {
  let latest: EntryPage | null = null;
  for (const page of pages) if (page && (latest === null || page.revision >= latest.revision)) latest = page;
  return latest;
}

/**
 * Follows the rows `first` to `last` of a view. A new revision fetches what is in sight again while the old rows stay; another
 * filter or sort keeps the rows of the view before until the first page of its own is there.
 */
export function useEntryPages(sourceId: string, query: EntryQuery, first: number, last: number): EntryPages {
  const desk = useDesk();
  const queries = useQueryClient();
  const revision = usePacedRevision('page');
  const viewKey = useMemo(() => ['entries', 'page', sourceId, query] as const, [sourceId, query]);
  const shown = useRef<ShownView | null>(null);
  const before = shown.current;
  const known = before !== null && before.key === viewKey ? before.latest.matching : null;
  const asked = useAskedPages(viewKey, pagesFor(first, last, known));

  const results = useQueries({
    queries: asked.map((page) => ({
      queryKey: [...viewKey, page],
      queryFn: () =>
        paced('page', () =>
          desk.call('entries.page', { sourceId, query, page: { offset: page * PAGE_ROWS, limit: PAGE_ROWS } }),
        ),
      staleTime: Infinity,
      gcTime: KEPT_MS,
      retry: false,
    })),
  });

  const latest = newest(results.map((result) => result.data));
  useEffect(() => {
    if (latest !== null) shown.current = { key: viewKey, latest };
  }, [latest, viewKey]);

  useRefetchOnRevision(queries, viewKey, revision, results);

  const standIn = latest === null && before !== null && before.key[2] === sourceId ? before : null;
  const rowsKey = standIn?.key ?? viewKey;
  const error = results.find((result) => result.error !== null)?.error ?? null;
  return {
    matching: latest?.matching ?? standIn?.latest.matching ?? null,
    latest,
    rowAt: (index) => readRow(queries, rowsKey, index),
    revisionAt: (index) => readPage(queries, rowsKey, placeOf(index).page)?.revision,
    earlier: standIn !== null && standIn.key !== viewKey,
    error,
    retry: () => void queries.refetchQueries({ queryKey: viewKey, type: 'active' }),
  };
}

/**
 * The pages to ask for: those wanted, but never others while some are still on their way. Who scrolls fast passes many pages;
 * only where they come to rest (and a few on the way) are fetched, and no queue builds up in front of that.
 */
function useAskedPages(viewKey: readonly unknown[], wanted: readonly number[]): readonly number[] {
  const asked = useRef<{ readonly viewKey: readonly unknown[]; readonly pages: readonly number[] } | null>(null);
  const fetching = useIsFetching({ queryKey: viewKey }) > 0;
  const before = asked.current;
  const pages = fetching && before !== null && before.viewKey === viewKey ? before.pages : wanted;
  useEffect(() => {
    asked.current = { viewKey, pages };
  });
  return pages;
}

/** Asks again, once a revision, for pages in sight that speak of an older one, and drops the pages out of sight. */
function useRefetchOnRevision(
  queries: QueryClient,
  viewKey: readonly unknown[],
  revision: number,
  results: readonly { readonly data: EntryPage | undefined; readonly isFetching: boolean; readonly refetch: unknown }[],
) {
  const asked = useRef(new Map<number, number>());
  const stale = results.filter((result) => !result.isFetching && result.data && result.data.revision < revision);
  const refresh = useEffectEvent(() => {
    queries.removeQueries({ queryKey: ['entries', 'page', viewKey[2]], type: 'inactive' });
    for (const { data } of stale) {
      if (data === undefined || asked.current.get(data.offset) === revision) continue;
      asked.current.set(data.offset, revision);
      void queries.refetchQueries({ queryKey: [...viewKey, data.offset / PAGE_ROWS] }, { cancelRefetch: false });
    }
  });
  const staleAt = stale.length === 0 ? null : `${revision} ${stale.map(({ data }) => data?.offset).join(' ')}`;
  useEffect(() => {
    if (staleAt !== null) refresh();
  }, [staleAt]);
}
