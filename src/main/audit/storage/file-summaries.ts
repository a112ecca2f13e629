/** Remembers what unchanged files hold, so that listing one day does not read a year of content again. */
import type { UnreadableLine } from '../../../shared/coverage.ts';
import { type FileState, isSameState } from '../reading/file-reader.ts';
import type { SpanUs } from './time-span.ts';

/** What was found in a file when it was last read whole. */
export interface FileSummary {
  readonly state: FileState;
  readonly entries: number;
  /** Earliest and latest timestamp in microseconds; infinite the wrong way round where there is no entry. */
  readonly minUs: number;
  readonly maxUs: number;
  readonly unreadable: readonly UnreadableLine[];
}

/** A file with more unreadable lines than this is read anew each time instead of being remembered. */
const MAX_UNREADABLE_KEPT = 10_000;

/** Summaries by file name; one is given out only while the file is the same in device, inode, size and time of change. */
export class FileSummaries {
  readonly #summaries = new Map<string, FileSummary>();

  /** The summary of a file in this state that has no entry in the span, or null. */
  get(name: string, state: FileState, span: SpanUs): FileSummary | null {
    const summary = this.#summaries.get(name);
    if (summary === undefined || !isSameState(summary.state, state)) return null;
    return summary.minUs > span.toUs || summary.maxUs < span.fromUs ? summary : null;
  }

  set(name: string, summary: FileSummary): void {
    if (summary.unreadable.length <= MAX_UNREADABLE_KEPT) this.#summaries.set(name, summary);
    else this.#summaries.delete(name);
  }
}
