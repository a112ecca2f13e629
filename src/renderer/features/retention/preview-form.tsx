/** How many days are kept; what is older is previewed. */
import { Alert, Button, NumberInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { RetentionPreview } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOpenSource } from '../../state/source.ts';
import { Failure } from '../../ui/failure.tsx';
import styles from './retention.module.css';

/** The library's own default. */
const DEFAULT_DAYS = 365;
/** Six months: what many rules ask for at the least. */
const SHORT_DAYS = 183;
const MOST_DAYS = 100_000;

interface PreviewFormProps {
  /** The preview; null as soon as the days are others than those previewed. */
  readonly onPreview: (preview: RetentionPreview | null) => void;
}

/** Days, and the button that rehearses. */
export function PreviewForm({ onPreview }: PreviewFormProps) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const [days, setDays] = useState<number | string>(DEFAULT_DAYS);
  const preview = useMutation({
    mutationFn: (retentionDays: number) => desk.call('retention.preview', { sourceId, retentionDays }),
    onSuccess: onPreview,
  });
  const valid = typeof days === 'number' && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) preview.mutate(days);
  };
  return (
    <form className={styles.form} onSubmit={onSubmit}>
      <div className={styles.days}>
        <NumberInput
          label="Days to keep"
          value={days}
          onChange={(next) => {
            setDays(next);
            preview.reset();
            onPreview(null);
          }}
          min={0}
          max={MOST_DAYS}
          allowDecimal={false}
          allowNegative={false}
          data-autofocus
        />
        <Button type="submit" variant="filled" disabled={!valid} loading={preview.isPending}>
          Preview
        </Button>
      </div>
      {valid && days < SHORT_DAYS && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={16} aria-hidden />}>
          Less than {SHORT_DAYS} days (six months) is kept. Rules such as the EU AI Act ask for logs to be kept at least
          six months: make sure that yours allows this.
        </Alert>
      )}
      {preview.error !== null && (
        <Failure error={preview.error} title="The cleanup could not be previewed" onDismiss={preview.reset} />
      )}
    </form>
  );
}
