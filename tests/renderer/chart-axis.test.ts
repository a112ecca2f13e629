import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisMarks, linePath, spreadPlaces } from '../../src/renderer/features/charts/axis.ts';
import { formatMs, formatShare } from '../../src/renderer/features/charts/chart-text.ts';

describe('an axis', () => {
  it('begins at zero and ends at or above the largest value, in few even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), fc.boolean(), (most, whole) => {
        const marks = axisMarks(most, whole);
        expect(marks[0]).toBe(0);
        expect(marks.at(-1)).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        expect(marks.length).toBeGreaterThanOrEqual(2);
        expect(marks.length).toBeLessThanOrEqual(6);
        if (whole) expect(marks.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  it('has marks that people know, and some where there is nothing', () => {
    expect(axisMarks(7, true)).toEqual([0, 2, 4, 6, 8]);
    expect(axisMarks(3, true)).toEqual([0, 1, 2, 3]);
    expect(axisMarks(0.25, false)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(axisMarks(0, true)).toEqual([0, 1]);
    expect(axisMarks(Number.NaN, false)).toEqual([0, 1]);
  });

  it('puts no more marks than there is room for', () => {
    expect(spreadPlaces(60, 4)).toEqual([0, 15, 30, 45]);
    expect(spreadPlaces(2, 10)).toEqual([0, 1]);
    expect(spreadPlaces(5, 0)).toEqual([]);
  });
});

describe('a line', () => {
  it('breaks off at gaps, and shows a lone point', () => {
    const point = (x: number) => ({ x, y: 1 });
    expect(linePath([point(0), point(1), null, point(3), null])).toBe('M0 1L1 1M3 1h0.01');
    expect(linePath([])).toBe('');
  });
});

describe('numbers of a chart', () => {
  it('never round something away to nothing', () => {
    expect(formatShare(0)).toBe('0 %');
    expect(formatShare(0.03214)).toBe('3.21 %');
    expect(formatShare(1e-9)).toBe('< 0.001 %');
    expect(formatMs(1240.4)).toBe('1,240 ms');
    expect(formatMs(0.853)).toBe('0.853 ms');
  });
});
