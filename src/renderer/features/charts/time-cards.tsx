/** The charts over time: volume, block rate, latency. */
import type { LatencyPercentiles, Statistics, StatisticsBucket } from '../../../shared/statistics.ts';
import { spanText } from '../../time/span-text.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import { linePath } from './axis.ts';
import { ChartCard } from './chart-card.tsx';
import { formatMs, formatShare } from './chart-text.ts';
import styles from './charts.module.css';
import { type ChartScale, TimeChart } from './time-chart.tsx';

interface TimeCardProps {
  readonly statistics: Statistics;
  readonly width: number;
  readonly zone: string;
}

const countOf = ({ passed, blocked }: StatisticsBucket) => passed + blocked;
const rateOf = (bucket: StatisticsBucket) => (countOf(bucket) === 0 ? null : bucket.blocked / countOf(bucket));
const LINES = ['p50', 'p95', 'p99'] as const satisfies readonly (keyof LatencyPercentiles)[];

function frameOf({ statistics, width, zone }: TimeCardProps) {
  const { buckets, bucketUs } = statistics;
  const moment = (bucket: StatisticsBucket) => formatMomentWithOffset(bucket.startUs, zone, 'second');
  return {
    buckets,
    moment,
    /** Spans without entries are left out of the tables. */
    filled: buckets.filter((bucket) => countOf(bucket) > 0),
    frame: { width, zone, bucketUs, starts: buckets.map(({ startUs }) => startUs) },
    titleAt: (index: number, tell: (bucket: StatisticsBucket) => string) => {
      const bucket = buckets[index];
      return bucket === undefined ? '' : `${moment(bucket)}, ${spanText(bucketUs)}\n${tell(bucket)}`;
    },
  };
}

/** How many entries there are. */
export function VolumeCard(props: TimeCardProps) {
  const { buckets, filled, frame, moment, titleAt } = frameOf(props);
  const { entries, blocked } = props.statistics;
  const most = Math.max(0, ...buckets.map(countOf));
  const told = ({ passed, blocked: stopped }: StatisticsBucket) =>
    `${formatCount(passed)} passed, ${formatCount(stopped)} blocked`;
  const summary = `${formatCountOf(entries, 'entry', 'entries')}, ${formatCount(blocked)} blocked`;
  return (
    <ChartCard
      title="Volume"
      note={
        <>
          {summary} <Legend className={styles.blocked} text="blocked" />
        </>
      }
      table={{
        head: ['From', 'Passed', 'Blocked'],
        rows: filled.map((bucket) => [moment(bucket), formatCount(bucket.passed), formatCount(bucket.blocked)]),
      }}
    >
      <TimeChart
        {...frame}
        label={`Volume over time: ${summary}, at most ${formatCount(most)} in one span`}
        most={most}
        whole
        markText={formatCount}
        spanTitle={(index) => titleAt(index, told)}
        draw={(scale) =>
          buckets.map((bucket, index) => <VolumeBar key={bucket.startUs} {...{ bucket, index, scale }} />)
        }
      />
    </ChartCard>
  );
}

interface VolumeBarProps {
  readonly bucket: StatisticsBucket;
  readonly index: number;
  readonly scale: ChartScale;
}

function VolumeBar({ bucket, index, scale }: VolumeBarProps) {
  const x = scale.left(index);
  const width = Math.max(1, scale.step - (scale.step > 3 ? 1 : 0));
  // One blocked entry among a million is not rounded away.
  const blocked = bucket.blocked === 0 ? 0 : Math.max(2, scale.height(bucket.blocked));
  const whole = Math.max(scale.height(countOf(bucket)), blocked);
  return (
    <>
      <rect className={styles.passed} x={x} y={scale.y(0) - whole} width={width} height={whole - blocked} />
      <rect className={styles.blocked} x={x} y={scale.y(0) - blocked} width={width} height={blocked} />
    </>
  );
}

/** Which share of the entries was blocked. */
export function BlockRateCard(props: TimeCardProps) {
  const { buckets, filled, frame, moment, titleAt } = frameOf(props);
  const { entries, blocked } = props.statistics;
  const rates = buckets.map(rateOf);
  const summary = `${formatShare(entries === 0 ? 0 : blocked / entries)} of all were blocked`;
  return (
    <ChartCard
      title="Block rate"
      note={`${summary}; spans without entries are gaps`}
      table={{
        head: ['From', 'Blocked', 'Entries', 'Share'],
        rows: filled.map((bucket) => [
          moment(bucket),
          formatCount(bucket.blocked),
          formatCount(countOf(bucket)),
          formatShare(rateOf(bucket) ?? 0),
        ]),
      }}
    >
      <TimeChart
        {...frame}
        label={`Block rate over time: ${summary}`}
        most={Math.max(...rates.map((rate) => rate ?? 0))}
        whole={false}
        markText={formatShare}
        spanTitle={(index) =>
          titleAt(index, (bucket) =>
            countOf(bucket) === 0
              ? 'no entries'
              : `${formatShare(rateOf(bucket) ?? 0)}: ${formatCount(bucket.blocked)} of ${formatCount(countOf(bucket))}`,
          )
        }
        draw={(scale) => <Line className={styles.rate} values={rates} scale={scale} />}
      />
    </ChartCard>
  );
}

/** How long answers took. */
export function LatencyCard(props: TimeCardProps) {
  const { buckets, frame, moment, titleAt } = frameOf(props);
  const { latency, withoutLatency } = props.statistics;
  const measured = buckets.filter((bucket) => bucket.latency !== null);
  const most = Math.max(0, ...measured.map((bucket) => bucket.latency?.p99 ?? 0));
  const summary =
    latency === null ? 'no latency is recorded' : LINES.map((line) => `${line} ${formatMs(latency[line])}`).join(', ');
  const without =
    withoutLatency === 0
      ? ''
      : `; ${formatCountOf(withoutLatency, 'entry', 'entries')} without a usable number left out`;
  return (
    <ChartCard
      title="Latency"
      note={
        <>
          {summary}
          {without}{' '}
          {LINES.map((line) => (
            <Legend key={line} className={styles[line]} text={line} />
          ))}
        </>
      }
      table={{
        head: ['From', ...LINES],
        rows: measured.map((bucket) => [moment(bucket), ...LINES.map((line) => formatMs(bucket.latency?.[line] ?? 0))]),
      }}
    >
      <TimeChart
        {...frame}
        label={`Latency over time in milliseconds: ${summary}`}
        most={most}
        whole={false}
        markText={formatMs}
        spanTitle={(index) =>
          titleAt(index, (bucket) =>
            bucket.latency === null
              ? 'no latency recorded'
              : LINES.map((line) => `${line} ${formatMs(bucket.latency?.[line] ?? 0)}`).join(', '),
          )
        }
        draw={(scale) =>
          LINES.map((line) => (
            <Line
              key={line}
              className={styles[line]}
              values={buckets.map((bucket) => bucket.latency?.[line] ?? null)}
              scale={scale}
            />
          ))
        }
      />
    </ChartCard>
  );
}

interface LineProps {
  readonly className: string | undefined;
  readonly values: readonly (number | null)[];
  readonly scale: ChartScale;
}

function Line({ className, values, scale }: LineProps) {
  const points = values.map((value, index) =>
    value === null ? null : { x: scale.left(index) + scale.step / 2, y: scale.y(Math.max(0, value)) },
  );
  return <path className={`${styles.line ?? ''} ${className ?? ''}`} d={linePath(points)} />;
}

function Legend({ className, text }: { readonly className: string | undefined; readonly text: string }) {
  return (
    <span className={styles.legend}>
      <svg width={14} height={8} aria-hidden>
        {className === styles.blocked ? (
          <rect className={className} width={8} height={8} />
        ) : (
          <path className={`${styles.line ?? ''} ${className ?? ''}`} d="M0 4H14" />
        )}
      </svg>
      {text}
    </span>
  );
}
