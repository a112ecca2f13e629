/** The recorded fields of an entry, by their stored names. */
import type { ReactNode } from 'react';
import type { EntryDetail, EntryRow } from '../../../shared/contract.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { formatRecordedNumber } from '../../ui/number-text.ts';
import styles from './detail.module.css';

interface FieldProps {
  readonly name: string;
  readonly children: ReactNode;
  /** What the copy button takes; left out where there is nothing to copy. */
  readonly copy?: string;
}

/** One field: name, value, copy button. */
export function Field({ name, children, copy }: FieldProps) {
  return (
    <div className={styles.field}>
      <dt>{name}</dt>
      <dd>
        <div className={styles.fieldValue}>{children}</div>
        <span className={styles.fieldCopy}>
          {copy !== undefined && <CopyAction label={`Copy ${name}`} text={copy} />}
        </span>
      </dd>
    </div>
  );
}

function Text({ value, mono = false }: { readonly value: string | null; readonly mono?: boolean }) {
  if (value === null) return <span className={styles.dim}>not recorded</span>;
  if (value === '') return <span className={styles.dim}>(empty)</span>;
  return <bdi className={mono ? styles.mono : undefined}>{value}</bdi>;
}

function textField(name: string, value: string | null, mono = false): ReactNode {
  return (
    <Field name={name} {...(value === null || value === '' ? {} : { copy: value })}>
      <Text value={value} mono={mono} />
    </Field>
  );
}

function listField(name: string, values: readonly string[]): ReactNode {
  return (
    <Field name={name} {...(values.length === 0 ? {} : { copy: values.join('\n') })}>
      {values.length === 0 ? (
        <span className={styles.dim}>none</span>
      ) : (
        <ul className={styles.values}>
          {values.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a recorded list never changes, and may hold a value twice
            <li key={index}>
              <bdi>{value}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Field>
  );
}

function numberField(name: string, value: number | string | null, unit: string): ReactNode {
  const text = value === null ? null : `${formatRecordedNumber(value)}${unit}`;
  return (
    <Field name={name} {...(value === null ? {} : { copy: String(value) })}>
      <Text value={text} />
    </Field>
  );
}

/** Every field but content and metadata, which have sections of their own. Hashes follow once the entry is fetched. */
export function FieldList({ row, detail }: { readonly row: EntryRow; readonly detail: EntryDetail | undefined }) {
  return (
    <section className={styles.section} aria-labelledby="detail-fields">
      <div className={styles.sectionHead}>
        <h3 id="detail-fields">Fields</h3>
      </div>
      <dl className={styles.fields}>
        <Field name="id" copy={row.id}>
          <Text value={row.id} mono />
          {row.duplicateId && <div className={styles.note}>Another entry of this log has the same id.</div>}
        </Field>
        {textField('timestamp', row.timestamp, true)}
        {textField('provider', row.provider)}
        {textField('model', row.model)}
        {textField('conversation_id', row.conversation_id, true)}
        <Field name="safety_passed">
          {row.safety_passed ? 'true (passed)' : <span className={styles.bad}>false (blocked)</span>}
        </Field>
        {listField('detectors_triggered', row.detectors_triggered)}
        {textField('block_reason', row.block_reason)}
        {listField('alerts', row.alerts)}
        {numberField('latency_ms', row.latency_ms, ' ms')}
        {numberField('input_tokens', row.input_tokens, '')}
        {numberField('output_tokens', row.output_tokens, '')}
        {textField('input_hash', detail?.input_hash ?? '…', true)}
        {textField('output_hash', detail?.output_hash ?? '…', true)}
      </dl>
    </section>
  );
}
