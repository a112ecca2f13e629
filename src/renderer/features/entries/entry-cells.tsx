/** Cells of the table: what an entry's values look like, foreign text always as text. */
import { IconBan, IconCopyMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EntryRow } from '../../../shared/contract.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatRecordedNumber } from '../../ui/number-text.ts';
import styles from './entries-table.module.css';

function NotRecorded() {
  return (
    <span className={styles.absent} title="Not recorded">
      <span aria-hidden>–</span>
      <span className="visually-hidden">not recorded</span>
    </span>
  );
}

/** A text, or that none was recorded. */
export function recordedText(value: string | null, mono = false): ReactNode {
  if (value === null) return <NotRecorded />;
  return value === '' ? <span className={styles.absent}>(empty)</span> : <CutText text={value} mono={mono} />;
}

/** A list on one line; nothing where it is empty. */
export function recordedList(values: readonly string[]): ReactNode {
  return values.length === 0 ? null : <CutText text={values.join(', ')} />;
}

/** A number with every digit recorded. */
export function recordedNumber(value: number | string | null): ReactNode {
  return value === null ? <NotRecorded /> : <CutText text={formatRecordedNumber(value)} />;
}

/** Passed, or blocked with its reason on hover. */
export function StatusCell({ row }: { readonly row: EntryRow }) {
  if (row.safety_passed) return <span>passed</span>;
  return (
    <span className={styles.blocked} title={row.block_reason ?? 'blocked, no reason recorded'}>
      <IconBan size={13} aria-hidden /> blocked
    </span>
  );
}

/** The id, marked where another entry has the same. */
export function IdCell({ row }: { readonly row: EntryRow }) {
  return (
    <span className={styles.idCell}>
      {row.duplicateId && (
        <span className={styles.duplicate} title="Another entry of this log has the same id">
          <IconCopyMinus size={14} aria-hidden />
          <span className="visually-hidden">duplicate id</span>
        </span>
      )}
      <CutText text={row.id} mono />
    </span>
  );
}
