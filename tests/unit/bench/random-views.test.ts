import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../scripts/bench/random.ts';
import { type LogFacts, randomQuery } from '../../../scripts/bench/random-views.ts';
import { entryQuerySchema } from '../../../src/shared/query.ts';

const FACTS: LogFacts = {
  fromUs: 1_780_000_000_000_000,
  toUs: 1_787_776_000_000_000,
  facets: [
    { field: 'status', values: [{ value: 'passed', count: 9 }], distinct: 1 },
    { field: 'model', values: [{ value: null, count: 1 }], distinct: 1 },
    { field: 'alerts', values: [], distinct: 0 },
  ],
  ids: ['0b5e1a52-7384-4855-a475-c1ef2e73277f', 'a'],
};

function draw(seed: number, count: number) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => randomQuery(random, FACTS));
}

describe('views drawn by chance', () => {
  test('are queries of the contract, within the span of the log', () => {
    for (const query of draw(5, 500)) {
      expect(() => entryQuerySchema.parse(query)).not.toThrow();
      const { fromUs, toUs } = query.filter.range;
      if (fromUs === null || toUs === null) continue;
      expect(fromUs).toBeGreaterThanOrEqual(FACTS.fromUs);
      expect(toUs).toBeLessThanOrEqual(FACTS.toUs);
      expect(toUs).toBeGreaterThan(fromUs);
    }
  });

  test('use every part of a filter, and none at all', () => {
    const filters = draw(6, 300).map((query) => query.filter);
    expect(filters.some((filter) => filter.range.fromUs !== null)).toBe(true);
    expect(filters.some((filter) => filter.terms.some((term) => term.values[0] === null))).toBe(true);
    expect(filters.some((filter) => filter.numbers.length > 0)).toBe(true);
    expect(filters.some((filter) => filter.text.length > 0)).toBe(true);
    const empty = (filter: (typeof filters)[number]) =>
      filter.range.fromUs === null && [filter.terms, filter.numbers, filter.text].every((part) => part.length === 0);
    expect(filters.some(empty)).toBe(true);
  });

  test('come out the same for the same seed, and not for another', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50));
    expect(draw(7, 50)).not.toEqual(draw(8, 50));
  });
});
