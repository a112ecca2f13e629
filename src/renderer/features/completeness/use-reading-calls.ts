/** Stopping to read the log, and taking it up again. Failures stay in sight. */
import { useMutation } from '@tanstack/react-query';
import type { Coverage } from '../../../shared/coverage.ts';
import { useDesk } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { noteSourceChange, sourceStore, useOpenSource } from '../../state/source.ts';

/** Both calls for the open source. */
export function useReadingCalls() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const note = (next: Coverage) => noteSourceChange(sourceId, sourceStore.get().revision, next);
  const stop = useMutation({
    mutationFn: () => desk.call('sources.stopReading', { sourceId }),
    onSuccess: note,
    onError: (error) => reportFailure('Reading could not be stopped', error),
  });
  const resume = useMutation({
    mutationFn: () => desk.call('sources.refresh', { sourceId }),
    onSuccess: note,
    onError: (error) => reportFailure('Reading could not be taken up again', error),
  });
  return { stop, resume };
}
