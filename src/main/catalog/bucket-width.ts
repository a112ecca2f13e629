/** Widths of histogram buckets that people know from clocks and calendars. */
import { US_PER_DAY } from '../../shared/timestamp.ts';

const US_PER_SECOND = 1_000_000;
const US_PER_MINUTE = 60 * US_PER_SECOND;
const US_PER_HOUR = 60 * US_PER_MINUTE;

const WIDTHS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((milliseconds) => milliseconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * US_PER_SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * US_PER_MINUTE),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * US_PER_HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * US_PER_DAY),
];

/**
 * The narrowest width, in microseconds, that covers a span (both ends included) with at most `most` buckets; with one bucket asked for,
 * two where the span lies on both sides of 1970.
 */
export function bucketWidth(firstUs: number, lastUs: number, most: number): number {
  const covers = (width: number): boolean => Math.floor(lastUs / width) - Math.floor(firstUs / width) + 1 <= most;
  const known = WIDTHS.find(covers);
  if (known !== undefined) return known;
  // Spans of centuries, or one bucket for a span across an edge: whole days, doubled until they suffice.
  let width = 728 * US_PER_DAY;
  while (!covers(width) && width < 2 * Number.MAX_SAFE_INTEGER) width *= 2;
  return width;
}
