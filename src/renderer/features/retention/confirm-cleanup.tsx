/** What would go, and the words that let it go. */
import { Button, Progress, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RetentionPreview, RetentionReceipt } from '../../../shared/contract.ts';
import { useDesk, useJobProgress } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useOpenSource } from '../../state/source.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { PreviewTables } from './preview-tables.tsx';
import styles from './retention.module.css';

interface ConfirmCleanupProps {
  readonly preview: RetentionPreview;
  readonly onRunning: (running: boolean) => void;
  readonly onDone: (receipt: RetentionReceipt) => void;
  readonly onCancel: () => void;
}

/** Preview, typed confirmation, progress. */
export function ConfirmCleanup({ preview, onRunning, onDone, onCancel }: ConfirmCleanupProps) {
  const desk = useDesk();
  const { sourceId, name } = useOpenSource();
  const zone = useTimeZone();
  const [typed, setTyped] = useState('');
  const [jobId] = useState(() => crypto.randomUUID());
  const run = useMutation({
    mutationFn: () =>
      desk.call('retention.run', {
        sourceId,
        retentionDays: preview.retentionDays,
        cutoffUs: preview.cutoffUs,
        confirmation: typed.trim(),
        jobId,
      }),
    onMutate: () => onRunning(true),
    onSettled: () => onRunning(false),
    onSuccess: onDone,
  });
  const cutoff = formatMomentWithOffset(preview.cutoffUs, zone, 'microsecond');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    run.mutate();
  };
  if (preview.entries === 0) {
    return (
      <p role="status">
        Nothing to clean up: no entry is from {cutoff} or before. All {formatCountOf(preview.kept, 'entry', 'entries')}{' '}
        stay.
      </p>
    );
  }
  const complete = preview.coverage.state === 'complete';
  return (
    <form onSubmit={onSubmit}>
      <p className={styles.summary} role="status">
        <strong>{formatCountOf(preview.entries, 'entry', 'entries')}</strong> from {cutoff} or before would be deleted
        from{' '}
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        for good; {formatCount(preview.kept)} would stay.
      </p>
      <PreviewTables preview={preview} />
      {run.error !== null && <Failure error={run.error} title="The cleanup failed" />}
      {run.isPending ? (
        <Running jobId={jobId} />
      ) : (
        <>
          <TextInput
            label={
              <>
                Type <code>{preview.confirmation}</code> to confirm
              </>
            }
            aria-label={`Type ${preview.confirmation} to confirm`}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            disabled={!complete}
            error={complete ? null : 'The log was not read to its end. Let it be read, then preview again.'}
            autoComplete="off"
            spellCheck={false}
          />
          <div className={styles.foot}>
            <Button onClick={onCancel}>Cancel</Button>
            <Button
              type="submit"
              variant="filled"
              color="red"
              disabled={!complete || typed.trim() !== preview.confirmation}
            >
              Delete {formatCountOf(preview.entries, 'entry', 'entries')}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

function Running({ jobId }: { readonly jobId: string }) {
  const desk = useDesk();
  const progress = useJobProgress(jobId);
  const stop = useMutation({
    mutationFn: () => desk.call('jobs.stop', { jobId }),
    onError: (error) => reportFailure('The cleanup could not be stopped', error),
  });
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  return (
    <div className={styles.running}>
      <Progress.Root size={8}>
        <Progress.Section value={share * 100} aria-label="Cleaning up" />
      </Progress.Root>
      <div className={styles.foot}>
        <span role="status">
          {progress === null
            ? 'Beginning'
            : `${formatCount(progress.done)} of ${formatCount(progress.total)} ${progress.unit}`}
        </span>
        <Button loading={stop.isPending || stop.isSuccess} onClick={() => stop.mutate()}>
          Stop
        </Button>
      </div>
    </div>
  );
}
