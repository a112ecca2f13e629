/** The turns of a conversation, oldest first, in a window that grows at either end. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EntryRef, EntryRow } from '../../../shared/contract.ts';
import { type EntryQuery, NO_FILTER } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOpenSource, usePacedRevision } from '../../state/source.ts';

const STEP_TURNS = 50;
const MOST_TURNS = 500;

/** The entries of a conversation, by time. */
export function conversationQuery(conversationId: string): EntryQuery {
  const terms = [{ field: 'conversation_id' as const, values: [conversationId], exclude: false }];
  return { filter: { ...NO_FILTER, terms }, sort: { field: 'timestamp', direction: 'asc' } };
}

/** What is shown of a conversation. */
export interface Conversation {
  readonly turns: readonly EntryRow[] | undefined;
  /** Turns before the first that is shown. */
  readonly before: number;
  readonly after: number;
  readonly total: number | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly showEarlier: () => void;
  readonly showLater: () => void;
}

/** Begins with the turns around `ref`. */
export function useConversation(conversationId: string, ref: EntryRef): Conversation {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('page');
  const [span, setSpan] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the entry it was opened from tells where it begins
  useEffect(() => {
    let wanted = true;
    setFailure(null);
    desk.call('entries.position', { sourceId, query: conversationQuery(conversationId), ref }).then(
      (position) => {
        const start = Math.max(0, (position ?? 0) - STEP_TURNS / 2);
        if (wanted) setSpan({ start, end: start + STEP_TURNS });
      },
      (error: Error) => wanted && setFailure(error),
    );
    return () => {
      wanted = false;
    };
  }, [desk, sourceId, conversationId, attempt]);

  const page = useQuery({
    queryKey: ['entries', 'conversation', sourceId, conversationId, span, revision],
    queryFn: () =>
      desk.call('entries.page', {
        sourceId,
        query: conversationQuery(conversationId),
        page: { offset: span?.start ?? 0, limit: (span?.end ?? STEP_TURNS) - (span?.start ?? 0) },
      }),
    enabled: span !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const { data } = page;
  const before = data?.offset ?? 0;
  return {
    turns: data?.rows,
    before,
    after: data === undefined ? 0 : Math.max(0, data.matching - before - data.rows.length),
    total: data?.matching,
    error: failure ?? page.error,
    retry: () => (failure === null ? void page.refetch() : setAttempt((count) => count + 1)),
    showEarlier: () =>
      setSpan((known) => {
        if (known === null) return known;
        const start = Math.max(0, known.start - STEP_TURNS);
        return { start, end: Math.min(known.end, start + MOST_TURNS) };
      }),
    showLater: () =>
      setSpan((known) => {
        if (known === null) return known;
        const end = known.end + STEP_TURNS;
        return { start: Math.max(known.start, end - MOST_TURNS), end };
      }),
  };
}
