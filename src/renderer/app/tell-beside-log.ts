/** Failures to open something while a log is shown. */
import { reportFailure } from '../state/failure-notices.ts';
import { sourceStore } from '../state/source.ts';

/** Keeps a failure to open something in sight beside the log that is shown; the start screen tells such failures itself. */
export function tellBesideLog(title: string, error: unknown): void {
  if (sourceStore.get().source !== null) reportFailure(title, error);
}
