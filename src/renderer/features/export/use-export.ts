/** Runs an export: asks where to, hands it to the desk, and keeps what came of it. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntryChoice, ExportFormat, ExportReceipt } from '../../../shared/contract.ts';
import { isAuditError } from '../../../shared/errors.ts';
import { useDesk } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';

/** What is to be exported, and to where. */
export interface ExportWish {
  readonly entries: EntryChoice;
  readonly format: ExportFormat;
  readonly decrypted: boolean;
  /** A path, or the name that the system's dialog shall suggest. */
  readonly target: { readonly path: string } | { readonly suggestedName: string };
  readonly replace: boolean;
}

interface UseExport {
  readonly onRunning: (running: boolean) => void;
  readonly onDone: (receipt: ExportReceipt) => void;
}

/** The export and its Stop. */
export function useExport({ onRunning, onDone }: UseExport) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const timeZone = useTimeZone();
  /** The job under way; null while the system's dialog is still open. */
  const [jobId, setJobId] = useState<string | null>(null);
  const run = useMutation({
    mutationFn: async ({ target, replace, ...wish }: ExportWish): Promise<ExportReceipt | null> => {
      const file =
        'path' in target ? { path: target.path, replace } : await desk.call('entries.chooseExportFile', target);
      if (file === null) return null;
      const id = crypto.randomUUID();
      setJobId(id);
      return await desk.call('entries.export', { sourceId, ...wish, ...file, timeZone, jobId: id });
    },
    onMutate: () => onRunning(true),
    onSettled: () => {
      onRunning(false);
      setJobId(null);
    },
    onSuccess: (receipt) => {
      if (receipt !== null) onDone(receipt);
    },
  });
  const stop = useMutation({
    mutationFn: (id: string) => desk.call('jobs.stop', { jobId: id }),
    onError: (error) => reportFailure('The export could not be stopped', error),
  });
  const stopped = isAuditError(run.error) && run.error.code === 'cancelled';
  return {
    start: (wish: ExportWish) => {
      stop.reset();
      run.mutate(wish);
    },
    running: run.isPending,
    jobId,
    stopping: stop.isPending || stop.isSuccess,
    stop: () => {
      if (jobId !== null) stop.mutate(jobId);
    },
    stopped,
    /** Another file has the name already: the person may say that it goes. */
    taken: isAuditError(run.error) && run.error.code === 'file_exists' ? run.error : null,
    error: stopped ? null : run.error,
    reset: run.reset,
  };
}
