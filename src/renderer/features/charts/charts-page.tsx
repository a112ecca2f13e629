/** Charts of the view: they follow its range and filter, and say what they speak of. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Statistics } from '../../../shared/statistics.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useTimeZone } from '../../state/settings.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { spanText } from '../../time/span-text.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './charts.module.css';
import { DetectorsCard, TokensCard } from './ranked-cards.tsx';
import { BlockRateCard, LatencyCard, VolumeCard } from './time-cards.tsx';

const SPANS = 60;
const TWO_COLUMNS_PX = 880;
/** What a card's frame takes from its column. */
const CARD_FRAME_PX = 26;
const GAP_PX = 12;

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

/** The page. */
export function ChartsPage() {
  const desk = useDesk();
  const zone = useTimeZone();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('statistics');
  const { element, width } = useWidth();
  const statistics = useQuery({
    queryKey: ['entries', 'statistics', sourceId, filter, revision],
    queryFn: () => paced('statistics', () => desk.call('entries.statistics', { sourceId, filter, buckets: SPANS })),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  const columns = width >= TWO_COLUMNS_PX ? 2 : 1;
  const chartWidth = Math.max(0, Math.floor((width - GAP_PX * (columns - 1)) / columns) - CARD_FRAME_PX);
  const { data } = statistics;
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={styles.page} aria-label="Charts" aria-busy={statistics.isFetching} tabIndex={0}>
      {statistics.error !== null && (
        <Failure
          error={statistics.error}
          title="The charts could not be fetched"
          onRetry={() => void statistics.refetch()}
        />
      )}
      <p className={styles.about}>{data !== undefined && <About statistics={data} zone={zone} />}</p>
      <div ref={element} className={styles.cards} data-columns={columns}>
        {data !== undefined && chartWidth > 0 && (
          <>
            <VolumeCard statistics={data} width={chartWidth} zone={zone} />
            <BlockRateCard statistics={data} width={chartWidth} zone={zone} />
            <LatencyCard statistics={data} width={chartWidth} zone={zone} />
            <DetectorsCard statistics={data} />
            <TokensCard statistics={data} />
          </>
        )}
      </div>
    </section>
  );
}

/** What the charts speak of: how many entries, from when to when, in which zone, and whether the index is complete. */
function About({ statistics, zone }: { readonly statistics: Statistics; readonly zone: string }) {
  const { entries, buckets, bucketUs, coverage } = statistics;
  const first = buckets[0];
  const last = buckets.at(-1);
  const parts = [
    `Charts of ${formatCountOf(entries, 'entry', 'entries')} that match`,
    ...(first === undefined || last === undefined
      ? []
      : [
          `${formatMomentWithOffset(first.startUs, zone, 'minute')} to ${formatMomentWithOffset(last.startUs + bucketUs, zone, 'minute')}`,
          `one span is ${spanText(bucketUs)}`,
        ]),
    ...(coverage.state === 'complete' ? [] : ['the log is not read completely yet']),
  ];
  return parts.join(' · ');
}
