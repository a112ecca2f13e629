/** What an export wrote: where, how much, and the digest that proves the file later. */
import { Alert, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ExportReceipt } from '../../../shared/contract.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { formatBytes, formatCount } from '../../ui/number-text.ts';
import styles from './export.module.css';

interface ReceiptProps {
  readonly receipt: ExportReceipt;
  readonly onClose: () => void;
}

/** The receipt. */
export function Receipt({ receipt, onClose }: ReceiptProps) {
  const { path, aboutPath, entries, bytes, sha256, coverage, defusedCells, opened, notOpened } = receipt;
  return (
    <section aria-label="Receipt">
      <p role="status" className={styles.done}>
        {formatCount(entries)} {entries === 1 ? 'entry was' : 'entries were'} exported
      </p>
      {coverage.state !== 'complete' && (
        <Alert color="yellow" className={styles.warning ?? ''}>
          The log was not read to its end when the entries were chosen: some may be missing.
        </Alert>
      )}
      <dl className={styles.receipt}>
        <Fact name="File">
          <bdi className={styles.mono}>{path}</bdi> <CopyAction label="Copy the path" text={path} />
        </Fact>
        <Fact name="About it">
          <bdi className={styles.mono}>{aboutPath}</bdi>
        </Fact>
        <Fact name="Size">{formatBytes(bytes)}</Fact>
        <Fact name="SHA-256">
          <code className={styles.mono}>{sha256}</code> <CopyAction label="Copy the SHA-256" text={sha256} />
        </Fact>
        {defusedCells > 0 && <Fact name="Cells defused">{formatCount(defusedCells)}</Fact>}
        {opened + notOpened > 0 && (
          <>
            <Fact name="Texts decrypted">{formatCount(opened)}</Fact>
            <Fact name="Left encrypted">{formatCount(notOpened)}</Fact>
          </>
        )}
      </dl>
      <div className={styles.foot}>
        <Button variant="filled" onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
