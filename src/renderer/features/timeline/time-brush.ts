/** Narrowing and widening the range on the timeline. Pure. */
import type { Histogram, RetentionDay } from '../../../shared/contract.ts';
import { ALL_TIME, type DateRange } from '../../../shared/query.ts';
import { parseTimestamp, US_PER_DAY } from '../../../shared/timestamp.ts';

/** A span of time with both ends, inclusive, in microseconds since the epoch. */
export interface TimeSpan {
  readonly fromUs: number;
  readonly toUs: number;
}

/** Position of the bar that holds a moment; the first or the last one for a moment beside the bars. */
export function barAt({ buckets, bucketUs }: Histogram, epochUs: number): number {
  const first = buckets[0]?.startUs ?? 0;
  return Math.min(buckets.length - 1, Math.max(0, Math.floor((epochUs - first) / bucketUs)));
}

/**
 * The range from one bar to another, in whichever order. Bars begin at even times: where the outermost reach beyond the range that is
 * shown, the range keeps its ends, so that narrowing never adds an entry.
 */
export function brushedRange(histogram: Histogram, from: number, to: number, shown: DateRange): DateRange {
  const first = histogram.buckets[Math.min(from, to)];
  const last = histogram.buckets[Math.max(from, to)];
  if (first === undefined || last === undefined) return shown;
  return {
    fromUs: Math.max(first.startUs, shown.fromUs ?? first.startUs),
    toUs: Math.min(last.startUs + histogram.bucketUs - 1, shown.toUs ?? Number.MAX_SAFE_INTEGER),
  };
}

/** What the bars span, cut to the range. */
export function shownSpan(histogram: Histogram, range: DateRange): TimeSpan | null {
  if (histogram.buckets.length === 0) return null;
  const { fromUs, toUs } = brushedRange(histogram, 0, histogram.buckets.length - 1, range);
  return fromUs === null || toUs === null ? null : { fromUs, toUs };
}

/** From the first day that has entries to the last one, whole days; null for a log without any. */
export function extentOf(days: readonly RetentionDay[]): TimeSpan | null {
  const first = parseTimestamp(`${days[0]?.day}T00:00:00`);
  const last = parseTimestamp(`${days.at(-1)?.day}T00:00:00`);
  return first === null || last === null ? null : { fromUs: first, toUs: last + US_PER_DAY - 1 };
}

/** A span twice as wide around the same middle; all time where that takes in the whole log. */
export function widened(shown: TimeSpan, extent: TimeSpan | null): DateRange {
  const width = shown.toUs - shown.fromUs + 1;
  const fromUs = shown.fromUs - Math.floor(width / 2);
  const toUs = shown.toUs + Math.ceil(width / 2);
  if (extent !== null && fromUs <= extent.fromUs && toUs >= extent.toUs) return ALL_TIME;
  return { fromUs, toUs };
}
