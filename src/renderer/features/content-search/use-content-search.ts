/** Runs the search in content: begins it, follows what it finds, stops it, lets go of it. */
import { useCallback, useRef, useState } from 'react';
import type { ContentHit } from '../../../shared/contract.ts';
import { isAuditError } from '../../../shared/errors.ts';
import { MAX_PAGE_LIMIT } from '../../../shared/query.ts';
import type { DeskClient } from '../../api/desk-client.ts';
import {
  beginContentSearch,
  contentSearchStore,
  forgetContentSearch,
  keepContentHits,
  noteContentSearch,
} from '../../state/content-search.ts';
import { useDesk, useDeskEvent } from '../../state/desk-context.ts';
import { useOpenSource } from '../../state/source.ts';
import { viewStore } from '../../state/view.ts';

/** Hits that are fetched while the search still runs. */
const FIRST_HITS = 200;

/** The search of this window. */
export function useContentSearch() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [failure, setFailure] = useState<unknown>(null);
  const fetching = useRef(false);

  useDeskEvent('search.forgotten', ({ searchId, because }) => forgetContentSearch(searchId, because));
  useDeskEvent('search.found', ({ searchId, ...counts }) => {
    noteContentSearch(searchId, { counts });
    const { search } = contentSearchStore.get();
    if (fetching.current || search === null || search.hits.length >= Math.min(FIRST_HITS, counts.hits)) return;
    fetching.current = true;
    void fetchHits(desk, searchId, FIRST_HITS).finally(() => {
      fetching.current = false;
    });
  });

  const forget = useCallback(() => {
    const { search } = contentSearchStore.get();
    if (search === null) return;
    forgetContentSearch(search.searchId, null);
    // Where the desk cannot be reached its own lock lets go of it.
    desk.call('content.forget', { searchId: search.searchId }).catch(() => undefined);
  }, [desk]);

  const begin = async (text: string, matchCase: boolean) => {
    forget();
    setFailure(null);
    const searchId = crypto.randomUUID();
    const { filter } = viewStore.get().query;
    beginContentSearch(searchId, text, filter);
    try {
      const report = await desk.call('content.search', { sourceId, filter, text, matchCase, searchId });
      await fetchHits(desk, searchId, Number.POSITIVE_INFINITY);
      noteContentSearch(searchId, { report, counts: report });
    } catch (error) {
      if (contentSearchStore.get().search?.searchId !== searchId) return;
      forgetContentSearch(searchId, null);
      setFailure(error);
    }
  };

  return {
    begin: (text: string, matchCase: boolean) => void begin(text, matchCase),
    stop: () => {
      const { search } = contentSearchStore.get();
      if (search !== null) desk.call('jobs.stop', { jobId: search.searchId }).catch(setFailure);
    },
    forget,
    failure,
    dismissFailure: () => setFailure(null),
  };
}

/** Fetches hits from the newest on, at most so many. What was forgotten meanwhile is not shown again. */
async function fetchHits(desk: DeskClient, searchId: string, most: number): Promise<void> {
  const hits: ContentHit[] = [];
  try {
    for (;;) {
      const limit = Math.min(MAX_PAGE_LIMIT, most - hits.length);
      const page = await desk.call('content.hits', { searchId, page: { offset: hits.length, limit } });
      hits.push(...page.hits);
      if (page.hits.length < limit || hits.length >= Math.min(most, page.total)) break;
    }
  } catch (error) {
    if (isAuditError(error) && error.code === 'entry_not_found') return;
    throw error;
  }
  keepContentHits(searchId, hits);
}
