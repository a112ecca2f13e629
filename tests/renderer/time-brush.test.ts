import { describe, expect, test } from 'vitest';
import { barPaths } from '../../src/renderer/features/timeline/bar-paths.ts';
import { barAt, brushedRange, extentOf, shownSpan, widened } from '../../src/renderer/features/timeline/time-brush.ts';
import type { Histogram } from '../../src/shared/contract.ts';
import { ALL_TIME } from '../../src/shared/query.ts';

const histogram: Histogram = {
  bucketUs: 100,
  buckets: [
    { startUs: 1000, passed: 2, blocked: 0 },
    { startUs: 1100, passed: 0, blocked: 0 },
    { startUs: 1200, passed: 1, blocked: 3 },
  ],
  coverage: {
    state: 'complete',
    entries: 6,
    unreadable: 0,
    filesRead: 1,
    filesTotal: 1,
    bytesRead: 1,
    bytesTotal: 1,
    checkedAtMs: null,
    problem: null,
  },
};

describe('a choice of bars', () => {
  test('is the range from the first to the last microsecond of its bars, whichever came first', () => {
    expect(brushedRange(histogram, 1, 2, ALL_TIME)).toEqual({ fromUs: 1100, toUs: 1299 });
    expect(brushedRange(histogram, 2, 1, ALL_TIME)).toEqual({ fromUs: 1100, toUs: 1299 });
  });

  test('never reaches beyond the range that is shown', () => {
    expect(brushedRange(histogram, 0, 2, { fromUs: 1050, toUs: 1250 })).toEqual({ fromUs: 1050, toUs: 1250 });
    expect(brushedRange(histogram, 5, 6, { fromUs: 1050, toUs: null })).toEqual({ fromUs: 1050, toUs: null });
  });

  test('finds the bar of a moment, and the nearest of one beside them', () => {
    expect([999, 1000, 1199, 1200, 9999].map((us) => barAt(histogram, us))).toEqual([0, 0, 1, 2, 2]);
  });
});

describe('widening', () => {
  test('doubles what is shown around its middle', () => {
    const shown = shownSpan(histogram, { fromUs: 1050, toUs: null });
    expect(shown).toEqual({ fromUs: 1050, toUs: 1299 });
    expect(widened({ fromUs: 1000, toUs: 1099 }, null)).toEqual({ fromUs: 950, toUs: 1149 });
  });

  test('always grows, by a microsecond at least', () => {
    expect(widened({ fromUs: 5, toUs: 5 }, null)).toEqual({ fromUs: 5, toUs: 6 });
  });

  test('ends at all time once the whole log is in it', () => {
    const extent = extentOf([
      { day: '2026-01-28', entries: 1 },
      { day: '2026-01-29', entries: 4 },
    ]);
    const day = 86_400_000_000;
    const first = Date.UTC(2026, 0, 28) * 1000;
    expect(extent).toEqual({ fromUs: first, toUs: first + 2 * day - 1 });
    expect(widened({ fromUs: first, toUs: first + day - 1 }, extent)).toMatchObject({ fromUs: first - day / 2 });
    expect(widened({ fromUs: first + day / 2, toUs: first + 1.5 * day - 1 }, extent)).toEqual(ALL_TIME);
    expect(extentOf([])).toBeNull();
  });

  test('knows nothing of a histogram without bars', () => {
    expect(shownSpan({ ...histogram, buckets: [] }, ALL_TIME)).toBeNull();
  });
});

test('bars are drawn for what is there, blocked below passed, and nothing for nothing', () => {
  const { passed, blocked } = barPaths(histogram, 300, 40);
  expect(passed).toBe('M0 20h99v20h-99zM200 0h99v10h-99z');
  expect(blocked).toBe('M200 10h99v30h-99z');
  expect(barPaths({ ...histogram, buckets: [] }, 300, 40)).toEqual({ passed: '', blocked: '' });
});
