/** Says what went wrong: the sentence, its code, and details that fold out. */
import { Alert, Button, Group } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { toWireError } from '../../shared/errors.ts';
import styles from './failure.module.css';

interface FailureProps {
  /** Whatever was thrown; what is no AuditError is shown as `internal` and keeps its text to itself. */
  readonly error: unknown;
  /** What was tried, as a heading: "The folder could not be opened". */
  readonly title?: string;
  readonly onRetry?: () => void;
  readonly onDismiss?: () => void;
  readonly children?: ReactNode;
}

/** A failure in place, announced to screen readers. Dismissing it is up to the owner; nothing else is lost by that. */
export function Failure({ error, title, onRetry, onDismiss, children }: FailureProps) {
  const wire = toWireError(error);
  const details = Object.entries(wire.details);
  return (
    <Alert
      role="alert"
      my="xs"
      variant="light"
      color="red"
      icon={<IconAlertTriangle size={16} aria-hidden />}
      title={title}
      withCloseButton={onDismiss !== undefined}
      closeButtonLabel="Dismiss"
      onClose={() => onDismiss?.()}
    >
      <div className={styles.message}>
        <bdi>{wire.message}</bdi>
      </div>
      <div className={styles.code}>
        Code <code>{wire.code}</code>
      </div>
      {children}
      {details.length > 0 && (
        <details className={styles.details}>
          <summary>Details</summary>
          <dl>
            {details.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{Array.isArray(value) ? value.join(', ') : String(value)}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {onRetry !== undefined && (
        <Group mt="xs">
          <Button onClick={onRetry}>Try again</Button>
        </Group>
      )}
    </Alert>
  );
}
