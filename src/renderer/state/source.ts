/** The source that is open in this window, how far it is read, and its revision. */
import { useEffect, useRef, useState } from 'react';
import type { OpenSource } from '../../shared/contract.ts';
import type { Coverage } from '../../shared/coverage.ts';
import { createStore, useStore } from './store.ts';
import { resetView } from './view.ts';

/** What the window knows of its source. */
export interface SourceState {
  readonly source: OpenSource | null;
  readonly coverage: Coverage | null;
  /** Grows whenever the index changes. */
  readonly revision: number;
}

/** The open source. */
export const sourceStore = createStore<SourceState>({ source: null, coverage: null, revision: 0 });

/** Shows a source, with a fresh view; the one shown before stays open in the desk until it is closed there. */
export function showSource(source: OpenSource): void {
  if (sourceStore.get().source?.sourceId !== source.sourceId) resetView();
  sourceStore.set({ source, coverage: source.coverage, revision: 0 });
}

/** Shows no source. */
export function hideSource(sourceId: string): void {
  if (sourceStore.get().source?.sourceId !== sourceId) return;
  resetView();
  sourceStore.set({ source: null, coverage: null, revision: 0 });
}

/** Takes note of a change of the index. News of other sources and news older than what is known are passed over. */
export function noteSourceChange(sourceId: string, revision: number, coverage: Coverage): void {
  sourceStore.set((state) =>
    state.source?.sourceId === sourceId && revision >= state.revision ? { ...state, revision, coverage } : state,
  );
}

/** The open source; only for components that are shown while there is one. */
export function useOpenSource(): OpenSource {
  const source = useStore(sourceStore, (state) => state.source);
  if (source === null) throw new Error('useOpenSource is only for components shown with an open source.');
  return source;
}

/** How far the open source is read. */
export function useCoverage(): Coverage | null {
  return useStore(sourceStore, (state) => state.coverage);
}

/** What is asked of the index again at every revision, each at a pace of its own. */
export type PacedQuestion =
  | 'page'
  | 'facets'
  | 'slowFacets'
  | 'spreads'
  | 'metadataKeys'
  | 'histogram'
  | 'statistics'
  | 'days'
  | 'unreadable'
  | 'excluding';

const LEAST_STEP_MS: Readonly<Record<PacedQuestion, number>> = {
  page: 200,
  facets: 1000,
  slowFacets: 1000,
  spreads: 1000,
  metadataKeys: 2000,
  histogram: 1000,
  statistics: 2000,
  days: 2000,
  unreadable: 1000,
  excluding: 1000,
};
/** While a log is read, a question may take this share of the index's time: reading is what everyone waits for. */
const SHARE_WHILE_READING = 0.05;
/** The rows in sight may take more: the newest ones are still on their way when the first are shown. */
const PAGE_SHARE_WHILE_READING = 0.3;
const MOST_STEP_MS = 15_000;

const costMs = new Map<PacedQuestion, number>();

/** Asks, and remembers how long the answer took. */
export async function paced<Answer>(question: PacedQuestion, ask: () => Promise<Answer>): Promise<Answer> {
  const askedAt = performance.now();
  const answer = await ask();
  costMs.set(question, performance.now() - askedAt);
  return answer;
}

function stepWhileReading(question: PacedQuestion): number {
  const share = question === 'page' ? PAGE_SHARE_WHILE_READING : SHARE_WHILE_READING;
  const asCosts = (costMs.get(question) ?? 0) / share;
  return Math.min(MOST_STEP_MS, Math.max(LEAST_STEP_MS[question], asCosts));
}

/**
 * The revision, followed in steps: an index that is being read changes ten times a second. What is costly to ask is asked less
 * often while the log is being read, and at once when it is read.
 */
export function usePacedRevision(question: PacedQuestion): number {
  const revision = useStore(sourceStore, (state) => state.revision);
  const reading = useStore(sourceStore, (state) => state.coverage?.state === 'reading');
  const [stepped, setStepped] = useState(revision);
  const steppedAt = useRef(0);
  useEffect(() => {
    if (revision === stepped) return;
    const step = reading ? stepWhileReading(question) : LEAST_STEP_MS[question];
    const wait = Math.max(0, steppedAt.current + step - performance.now());
    const timer = setTimeout(() => {
      steppedAt.current = performance.now();
      setStepped(sourceStore.get().revision);
    }, wait);
    return () => clearTimeout(timer);
  }, [revision, stepped, question, reading]);
  return stepped;
}
