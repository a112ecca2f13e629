/** What a cleanup did. */
import { Button } from '@mantine/core';
import type { RetentionPreview, RetentionReceipt } from '../../../shared/contract.ts';
import { useOpenSource } from '../../state/source.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import { receiptLines, receiptText } from './receipt-text.ts';
import styles from './retention.module.css';

interface ReceiptProps {
  readonly receipt: RetentionReceipt;
  readonly preview: RetentionPreview;
  readonly onClose: () => void;
}

/** The receipt, to be read and copied. */
export function Receipt({ receipt, preview, onClose }: ReceiptProps) {
  const { name } = useOpenSource();
  const lines = receiptLines(receipt, preview, name);
  return (
    <section aria-label="Receipt">
      <div className={styles.receiptHead}>
        <h3 role="status">{receipt.stopped ? 'The cleanup was stopped' : 'The cleanup is done'}</h3>
        <CopyAction label="Copy the receipt" text={receiptText(lines)} />
      </div>
      <dl className={styles.receipt}>
        {lines.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.foot}>
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
      </div>
    </section>
  );
}
