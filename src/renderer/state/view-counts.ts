/** What the last answer to the view said: how many entries match of how many, and how much of the log it speaks of. */
import type { Coverage } from '../../shared/coverage.ts';
import { createStore } from './store.ts';

/** Counts of the view; null before the first answer. */
export interface ViewCounts {
  readonly matching: number | null;
  readonly inRange: number | null;
  readonly coverage: Coverage | null;
  /** Revision of the index that the answer was given from. */
  readonly revision: number;
}

/** No answer yet. */
export const NO_COUNTS: ViewCounts = { matching: null, inRange: null, coverage: null, revision: 0 };

/** Written by the table, read by the completeness line. */
export const viewCountsStore = createStore<ViewCounts>(NO_COUNTS);
