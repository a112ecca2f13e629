/** How the entries of the view lie in time: one bar a span, what was blocked in red, and a table behind it. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Histogram, HistogramBucket } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useTimeZone } from '../../state/settings.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { spanText } from '../../time/span-text.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { barHeights } from './bars.ts';
import styles from './timeline.module.css';

const HEIGHT_PX = 44;
const PX_PER_BAR = 6;

function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

/** The histogram of the view. */
export function Timeline() {
  const desk = useDesk();
  const zone = useTimeZone();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('histogram');
  const { element, width } = useWidth();
  // In steps, so that a width dragged pixel by pixel does not ask each time.
  const bars = Math.max(20, Math.floor(width / PX_PER_BAR / 20) * 20);
  const histogram = useQuery({
    queryKey: ['entries', 'histogram', sourceId, filter, bars, revision],
    queryFn: () => paced('histogram', () => desk.call('entries.histogram', { sourceId, filter, buckets: bars })),
    placeholderData: (before) => before,
    enabled: width > 0,
    gcTime: 10_000,
  });
  return (
    <section className={styles.timeline} aria-label="Entries over time" aria-busy={histogram.isFetching}>
      <div ref={element} className={styles.chart}>
        {histogram.data !== undefined && <Bars histogram={histogram.data} width={width} zone={zone} />}
      </div>
      {histogram.error !== null && (
        <Failure
          error={histogram.error}
          title="The timeline could not be fetched"
          onRetry={() => void histogram.refetch()}
        />
      )}
      <TimelineCaption histogram={histogram.data} zone={zone} />
    </section>
  );
}

interface BarsProps {
  readonly histogram: Histogram;
  readonly width: number;
  readonly zone: string;
}

function Bars({ histogram, width, zone }: BarsProps) {
  const { buckets, bucketUs } = histogram;
  const first = buckets[0];
  const last = buckets.at(-1);
  if (first === undefined || last === undefined) return null;
  const spans = Math.round((last.startUs - first.startUs) / bucketUs) + 1;
  const step = width / spans;
  const most = Math.max(...buckets.map(({ passed, blocked }) => passed + blocked));
  return (
    <>
      <svg className={styles.bars} width={width} height={HEIGHT_PX} aria-hidden>
        {buckets.map((bucket) => {
          const x = Math.round((bucket.startUs - first.startUs) / bucketUs) * step;
          return (
            <Bar
              key={bucket.startUs}
              bucket={bucket}
              most={most}
              x={x}
              step={step}
              title={titleOf(bucket, bucketUs, zone)}
            />
          );
        })}
      </svg>
      <TimelineTable histogram={histogram} zone={zone} />
    </>
  );
}

function titleOf(bucket: HistogramBucket, bucketUs: number, zone: string): string {
  const from = formatMomentWithOffset(bucket.startUs, zone, 'second');
  return `${from}, ${spanText(bucketUs)}\n${formatCount(bucket.passed)} passed, ${formatCount(bucket.blocked)} blocked`;
}

interface BarProps {
  readonly bucket: HistogramBucket;
  readonly most: number;
  readonly x: number;
  readonly step: number;
  readonly title: string;
}

function Bar({ bucket, most, x, step, title }: BarProps) {
  const { passed, blocked } = barHeights(bucket, most, HEIGHT_PX);
  const width = Math.max(1, step - (step > 3 ? 1 : 0));
  return (
    <g className={styles.bar}>
      <title>{title}</title>
      <rect className={styles.hit} x={x} y={0} width={step} height={HEIGHT_PX} />
      <rect className={styles.passed} x={x} y={HEIGHT_PX - passed - blocked} width={width} height={passed} />
      <rect className={styles.blocked} x={x} y={HEIGHT_PX - blocked} width={width} height={blocked} />
    </g>
  );
}

function TimelineCaption({ histogram, zone }: { readonly histogram: Histogram | undefined; readonly zone: string }) {
  const first = histogram?.buckets[0];
  const last = histogram?.buckets.at(-1);
  if (histogram === undefined || first === undefined || last === undefined)
    return <div className={styles.caption}> </div>;
  return (
    <div className={styles.caption}>
      <span>{formatMomentWithOffset(first.startUs, zone, 'minute')}</span>
      <span>
        one bar: {spanText(histogram.bucketUs)} · <span className={styles.legendBlocked}>■</span> blocked
      </span>
      <span>{formatMomentWithOffset(last.startUs + histogram.bucketUs, zone, 'minute')}</span>
    </div>
  );
}

/** The same numbers for those who cannot see the bars; spans without entries are left out. */
function TimelineTable({ histogram, zone }: { readonly histogram: Histogram; readonly zone: string }) {
  const filled = histogram.buckets.filter(({ passed, blocked }) => passed + blocked > 0);
  return (
    <table className="visually-hidden">
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
}
