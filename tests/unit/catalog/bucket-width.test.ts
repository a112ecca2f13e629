import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketWidth } from '../../../src/main/catalog/bucket-width.ts';
import { US_PER_DAY } from '../../../src/shared/timestamp.ts';

const FIRST_US = Date.UTC(2026, 0, 1) * 1000;

test.each([
  ['an hour', 3_600e6 - 1, 60, 60e6],
  ['a day', US_PER_DAY - 1, 24, 3_600e6],
  ['ninety days', 90 * US_PER_DAY - 1, 90, US_PER_DAY],
  ['a moment', 0, 100, 1_000],
])('%s has buckets that people know', (_what, spanUs, most, width) => {
  expect(bucketWidth(FIRST_US, FIRST_US + spanUs, most)).toBe(width);
});

test('never more buckets than asked for', () => {
  const time = fc.integer({ min: -9e15, max: 9e15 });
  fc.assert(
    fc.property(time, time, fc.integer({ min: 2, max: 2000 }), (one, other, most) => {
      const [first, last] = one < other ? [one, other] : [other, one];
      const width = bucketWidth(first, last, most);
      expect(Math.floor(last / width) - Math.floor(first / width) + 1).toBeLessThanOrEqual(most);
    }),
  );
});
