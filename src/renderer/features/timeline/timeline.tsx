/** How the entries of the view lie in time: one bar a span, what was blocked in red. Drag to narrow, double-click to widen. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Histogram } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useFocusRequest } from '../../state/focus-requests.ts';
import { useTimeZone } from '../../state/settings.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { setRange, viewStore } from '../../state/view.ts';
import { spanText } from '../../time/span-text.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { Failure } from '../../ui/failure.tsx';
import { extentOf, shownSpan, widened } from './time-brush.ts';
import styles from './timeline.module.css';
import { TimelineChart } from './timeline-chart.tsx';
import { TimelineTable } from './timeline-table.tsx';

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

function useHistogram(width: number) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('histogram');
  // In steps, so that a width dragged pixel by pixel does not ask each time.
  const bars = Math.max(20, Math.floor(width / PX_PER_BAR / 20) * 20);
  return useQuery({
    queryKey: ['entries', 'histogram', sourceId, filter, bars, revision],
    queryFn: () => paced('histogram', () => desk.call('entries.histogram', { sourceId, filter, buckets: bars })),
    placeholderData: (before) => before,
    enabled: width > 0,
    gcTime: 10_000,
  });
}

/** Widens the range to twice what the bars show, at most to all time. Asks for the log's extent only then. */
function useWiden(histogram: Histogram | undefined): () => void {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  return () => {
    const { range } = viewStore.get().query.filter;
    const shown = histogram === undefined ? null : shownSpan(histogram, range);
    if (shown === null || (range.fromUs === null && range.toUs === null)) return;
    const widen = (extent: ReturnType<typeof extentOf>) => {
      const wider = widened(shown, extent);
      setRange(wider, wider.fromUs === null && wider.toUs === null ? 'All time' : null);
    };
    desk.call('entries.days', { sourceId }).then(
      (days) => widen(extentOf(days)),
      () => widen(null),
    );
  };
}

/** The histogram of the view. */
export function Timeline() {
  const zone = useTimeZone();
  const range = useStore(viewStore, (view) => view.query.filter.range);
  const { element, width } = useWidth();
  const histogram = useHistogram(width);
  const widen = useWiden(histogram.data);
  const [tableShown, setTableShown] = useState(false);
  const tableButton = useRef<HTMLButtonElement>(null);
  useFocusRequest('timelineTable', () => {
    setTableShown((shown) => !shown);
    tableButton.current?.focus();
  });
  const drawn = histogram.data !== undefined && histogram.data.buckets.length > 0 ? histogram.data : null;
  return (
    <section className={styles.timeline} aria-label="Entries over time" aria-busy={histogram.isFetching}>
      <div ref={element} className={styles.frame}>
        {drawn !== null && (
          <TimelineChart
            histogram={drawn}
            width={width}
            zone={zone}
            range={range}
            onNarrow={(narrowed) => setRange(narrowed, null)}
            onWiden={widen}
          />
        )}
      </div>
      {histogram.error !== null && (
        <Failure
          error={histogram.error}
          title="The timeline could not be fetched"
          onRetry={() => void histogram.refetch()}
        />
      )}
      <div className={styles.caption}>
        {drawn !== null && <CaptionTexts histogram={drawn} zone={zone} />}
        {drawn !== null && (
          <span className={styles.actions}>
            {(range.fromUs !== null || range.toUs !== null) && (
              <button
                type="button"
                className={styles.action}
                title="Double-click on the bars does the same"
                onClick={widen}
              >
                Widen
              </button>
            )}
            <button
              ref={tableButton}
              type="button"
              className={styles.action}
              aria-pressed={tableShown}
              onClick={() => setTableShown((shown) => !shown)}
            >
              {tableShown ? 'Hide table' : 'As table'}
            </button>
          </span>
        )}
      </div>
      {drawn !== null && <TimelineTable histogram={drawn} zone={zone} shown={tableShown} />}
    </section>
  );
}

function CaptionTexts({ histogram, zone }: { readonly histogram: Histogram; readonly zone: string }) {
  const first = histogram.buckets[0]?.startUs ?? 0;
  const end = (histogram.buckets.at(-1)?.startUs ?? 0) + histogram.bucketUs;
  return (
    <>
      <span>
        {formatMomentWithOffset(first, zone, 'minute')} – {formatMomentWithOffset(end, zone, 'minute')}
      </span>
      <span>
        one bar: {spanText(histogram.bucketUs)} · <span className={styles.legendPassed}>■</span> passed{' '}
        <span className={styles.legendBlocked}>■</span> blocked · drag to narrow
      </span>
    </>
  );
}
