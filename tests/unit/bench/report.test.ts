import { describe, expect, test } from 'vitest';
import { type Figure, percentile, verdict } from '../../../scripts/bench/measure.ts';
import { growthTable, markdownTable } from '../../../scripts/bench/report.ts';

const FIGURE: Figure = { name: 'a page', value: 20, unit: 'ms', better: 'lower', must: 50, aim: 20 };

describe('the verdict on a figure', () => {
  test.each([
    [20, 'aim'],
    [20.1, 'must'],
    [50.1, 'short'],
  ])('%d ms of at most 50, better 20, is %s', (value, expected) => {
    expect(verdict({ ...FIGURE, value })).toBe(expected);
  });

  test.each([
    [20, 'short'],
    [50, 'must'],
    [80, 'aim'],
  ])('%d/s of at least 50, better 80, is %s', (value, expected) => {
    expect(verdict({ ...FIGURE, value, unit: '/s', better: 'higher', must: 50, aim: 80 })).toBe(expected);
  });

  test('a figure that is no number is short, one without bounds is only told', () => {
    expect(verdict({ ...FIGURE, value: Number.NaN })).toBe('short');
    expect(verdict({ ...FIGURE, must: null, aim: null })).toBe('told');
    expect(verdict({ name: 'a page', missing: 'no browser' })).toBe('missing');
  });
});

test('a percentile is one of the samples, by nearest rank', () => {
  const samples = [5, 1, 4, 2, 3];
  expect(percentile(samples, 0.5)).toBe(3);
  expect(percentile(samples, 0.95)).toBe(5);
  expect(percentile(samples, 1)).toBe(5);
  expect(percentile([], 0.5)).toBeNaN();
});

describe('tables', () => {
  test('tell a figure with its bounds, and why one is missing', () => {
    const table = markdownTable([FIGURE, { name: 'a search', missing: 'not there yet' }]);
    expect(table).toMatch(/\| a page +\| 20 ms +\| 50 ms +\| 20 ms +\| aim +\|/);
    expect(table).toMatch(/\| a search +\| +\| +\| +\| - +\| not there yet \|/);
  });

  test('show growth for what was taken at more than one size only', () => {
    const once: Figure = { ...FIGURE, name: 'an append' };
    const table = growthTable([
      { entries: 1000, results: [FIGURE] },
      { entries: 10_000, results: [{ ...FIGURE, value: 30 }, once] },
    ]);
    expect(table).toMatch(/\| what +\| 1,000 +\| 10,000 +\|/);
    expect(table).toMatch(/\| a page +\| 20 ms +\| 30 ms +\|/);
    expect(table).not.toContain('an append');
  });
});
