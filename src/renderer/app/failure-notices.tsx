/** Failures of actions that have no place of their own, until a person dismisses them. */
import { dismissFailure, failureNoticesStore } from '../state/failure-notices.ts';
import { useStore } from '../state/store.ts';
import { Failure } from '../ui/failure.tsx';

/** The list; on every page of the window. */
export function FailureNotices() {
  const notices = useStore(failureNoticesStore, (state) => state);
  return notices.map((notice) => (
    <Failure key={notice.id} error={notice.error} title={notice.title} onDismiss={() => dismissFailure(notice.id)} />
  ));
}
