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

/** The revision, followed at most once in `stepMs`: an index that is being read changes ten times a second. */
export function useSteppedRevision(stepMs: number): number {
  const revision = useStore(sourceStore, (state) => state.revision);
  const [stepped, setStepped] = useState(revision);
  const steppedAt = useRef(0);
  useEffect(() => {
    if (revision === stepped) return;
    const wait = Math.max(0, steppedAt.current + stepMs - performance.now());
    const timer = setTimeout(() => {
      steppedAt.current = performance.now();
      setStepped(sourceStore.get().revision);
    }, wait);
    return () => clearTimeout(timer);
  }, [revision, stepped, stepMs]);
  return stepped;
}
