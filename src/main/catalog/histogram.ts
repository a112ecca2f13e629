/** Entries over time. */
import type { Histogram, HistogramBucket } from '../../shared/contract.ts';
import type { EntryFilter } from '../../shared/query.ts';
import { US_PER_DAY } from '../../shared/timestamp.ts';
import { bucketWidth } from './bucket-width.ts';
import type { FieldCodes } from './field-codes.ts';
import type { IndexStore } from './index-store.ts';
import type { RowMasks } from './row-masks.ts';

/** Passed and blocked entries over time, in buckets of a width people know, at most `most` of them. */
export async function histogramOf(
  masks: RowMasks,
  fields: FieldCodes,
  { order }: IndexStore,
  filter: EntryFilter,
  most: number,
): Promise<Omit<Histogram, 'coverage'>> {
  const status = await fields.of('status');
  const mask = await masks.of(filter);
  const extent = order.extentOf(mask);
  const first = filter.range.fromUs ?? extent?.fromUs ?? null;
  const last = filter.range.toUs ?? extent?.toUs ?? null;
  if (status === null || first === null || last === null || first > last) return { bucketUs: US_PER_DAY, buckets: [] };
  const bucketUs = bucketWidth(first, last, most);
  const firstBucket = Math.floor(first / bucketUs);
  const count = Math.floor(last / bucketUs) - firstBucket + 1;
  const passed = new Float64Array(count);
  const blocked = new Float64Array(count);
  const blockedCode = status.values.indexOf('blocked');
  const length = Math.min(mask.length, status.codes.length);
  for (let row = 0; row < length; row += 1) {
    if (mask[row] !== 1) continue;
    const bucket = Math.floor(order.epochUsOf(row) / bucketUs) - firstBucket;
    const counts = status.codes[row] === blockedCode ? blocked : passed;
    counts[bucket] = (counts[bucket] as number) + 1;
  }
  const buckets = Array.from(passed, (passedHere, bucket): HistogramBucket => {
    return { startUs: (firstBucket + bucket) * bucketUs, passed: passedHere, blocked: blocked[bucket] as number };
  });
  return { bucketUs, buckets };
}
