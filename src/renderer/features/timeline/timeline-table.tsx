/** The numbers behind the bars. */
import type { Histogram } from '../../../shared/contract.ts';
import { spanText } from '../../time/span-text.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import styles from './timeline.module.css';

interface TimelineTableProps {
  readonly histogram: Histogram;
  readonly zone: string;
  /** false keeps it for those who cannot see the bars. */
  readonly shown: boolean;
}

/** A row for each span that has entries. */
export function TimelineTable({ histogram, zone, shown }: TimelineTableProps) {
  const filled = histogram.buckets.filter(({ passed, blocked }) => passed + blocked > 0);
  const table = (
    <table className={styles.table}>
      <caption>
        Entries over time, {formatCountOf(filled.length, 'span', 'spans')} with entries, each{' '}
        {spanText(histogram.bucketUs)} long
      </caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Passed</th>
          <th scope="col">Blocked</th>
        </tr>
      </thead>
      <tbody>
        {filled.map((bucket) => (
          <tr key={bucket.startUs}>
            <th scope="row">{formatMomentWithOffset(bucket.startUs, zone, 'second')}</th>
            <td>{formatCount(bucket.passed)}</td>
            <td>{formatCount(bucket.blocked)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!shown) return <div className="visually-hidden">{table}</div>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.tableFrame} aria-label="Entries over time as a table" tabIndex={0}>
      {table}
    </section>
  );
}
