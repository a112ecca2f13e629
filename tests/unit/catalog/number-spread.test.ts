import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binEdges } from '../../../src/main/catalog/number-spread.ts';

test('bins grow with numbers that lie far apart', () => {
  expect(binEdges(0, 30_000)).toEqual([
    0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000,
  ]);
  expect(binEdges(80, 9000)).toEqual([50, 100, 200, 500, 1000, 2000, 5000, 10_000]);
});

test('bins of one width tell numbers apart that lie close together, below zero, or below one', () => {
  expect(binEdges(100, 130)).toEqual([
    100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120, 122, 124, 126, 128, 130, 132,
  ]);
  expect(binEdges(-5, 4)[0]).toBe(-5);
  expect(binEdges(0, 0.9).at(-1)).toBe(0.95);
});

test('edges rise, enclose all numbers, and are few', () => {
  const number = fc.oneof(
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.double({ noNaN: true, min: -1e300, max: 1e300 }),
    fc.nat(20),
  );
  fc.assert(
    fc.property(number, number, (one, other) => {
      const [least, largest] = [Math.min(one, other), Math.max(one, other)];
      const edges = binEdges(least, largest);
      expect(edges.length).toBeGreaterThan(1);
      expect(edges.length).toBeLessThan(25);
      expect(edges[0]).toBeLessThanOrEqual(least);
      expect(edges.at(-1)).toBeGreaterThan(largest);
      for (const [index, edge] of edges.entries())
        if (index > 0) expect(edge).toBeGreaterThan(edges[index - 1] as number);
    }),
  );
});
