import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowKeys } from '../../../src/main/catalog/radix-order.ts';

const key = fc.option(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, -0, Number.NaN)), {
  nil: null,
});

/** NaN is the greatest number; what has no key comes behind it. */
function compare(first: number | null, second: number | null): number {
  if (first === null || second === null) return Number(first === null) - Number(second === null);
  if (Number.isNaN(first) || Number.isNaN(second)) return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
  return first < second ? -1 : first > second ? 1 : 0;
}

test('rows are sorted by their keys, and rows of the same key stay as they came', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const rowKeys = new RowKeys(keys.length);
      for (const [row, value] of keys.entries()) if (value !== null) rowKeys.set(row, value);
      const rows = Int32Array.from(keys.keys()).reverse();
      const expected = Array.from(rows).sort((first, second) => compare(keys[first] ?? null, keys[second] ?? null));
      expect(Array.from(rowKeys.sorted(rows))).toEqual(expected);
    }),
  );
});

test('keys are told apart as numbers are', () => {
  const keys = new RowKeys(4);
  keys.set(0, 0);
  keys.set(1, -0);
  keys.set(2, 5e-324);
  expect(keys.isSame(0, 1)).toBe(true);
  expect(keys.isSame(0, 2)).toBe(false);
  expect(keys.has(2)).toBe(true);
  expect(keys.has(3)).toBe(false);
});
