import type { Coverage } from '../coverage.ts';
import type { SavedView } from '../saved-views.ts';
import type { ContentSearchCounts, ForgottenBecause } from './content-search.ts';
import type { KeySummary, LockedBecause } from './keys.ts';
import type { OpenSource } from './sources.ts';

/** Every event by name: what the desk tells the window unasked. */
export interface DeskEvents {
  /** The index of a source changed, or its coverage did. At most ten a second for each source. */
  readonly 'source.changed': { readonly sourceId: string; readonly revision: number; readonly coverage: Coverage };
  readonly 'source.opened': { readonly source: OpenSource };
  readonly 'source.closed': { readonly sourceId: string };
  readonly 'keys.changed': { readonly keys: readonly KeySummary[] };
  /** A command that was chosen in the system's menu, by the name that the window's own list of commands has for it. */
  readonly 'menu.command': { readonly command: string };
  readonly 'views.changed': { readonly sourceId: string; readonly views: readonly SavedView[] };
  /** All plaintext is gone from the desk; windows let go of what they show. */
  readonly 'desk.locked': { readonly because: LockedBecause };
  readonly 'search.found': { readonly searchId: string } & ContentSearchCounts;
  /** Plaintext of a search is gone from the desk; whoever shows some lets go of it. */
  readonly 'search.forgotten': { readonly searchId: string; readonly because: ForgottenBecause };
  readonly 'job.progress': {
    readonly jobId: string;
    readonly done: number;
    readonly total: number;
    /** What is being counted: `files`, `entries`, `bytes`. */
    readonly unit: 'files' | 'entries' | 'bytes';
  };
}

export type DeskEventName = keyof DeskEvents;

/** Every name of {@link DeskEvents}, for carriers that must check what crosses them. */
export const DESK_EVENT_NAMES = [
  'source.changed',
  'source.opened',
  'source.closed',
  'keys.changed',
  'menu.command',
  'views.changed',
  'desk.locked',
  'search.found',
  'search.forgotten',
  'job.progress',
] as const satisfies readonly DeskEventName[];
