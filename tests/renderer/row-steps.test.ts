import { describe, expect, test } from 'vitest';
import { PAGE_ROWS, pagesFor, placeOf } from '../../src/renderer/features/entries/page-window.ts';
import { rowStepOf, stepFrom } from '../../src/renderer/features/entries/row-steps.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false };

describe('keys', () => {
  test('arrows and j, k are the same; with a modifier they are somebody else’s', () => {
    expect(rowStepOf({ ...plain, key: 'j' })).toBe(rowStepOf({ ...plain, key: 'ArrowDown' }));
    expect(rowStepOf({ ...plain, key: 'k' })).toBe('previous');
    expect(rowStepOf({ ...plain, key: 'j', ctrlKey: true })).toBeNull();
    expect(rowStepOf({ ...plain, key: 'x' })).toBeNull();
  });
});

describe('steps', () => {
  test('stay within the rows', () => {
    expect(stepFrom(0, 'previous', 10, 5)).toBe(0);
    expect(stepFrom(9, 'next', 10, 5)).toBe(9);
    expect(stepFrom(3, 'pageDown', 10, 5)).toBe(8);
    expect(stepFrom(3, 'pageUp', 10, 5)).toBe(0);
    expect(stepFrom(3, 'last', 10, 5)).toBe(9);
    expect(stepFrom(3, 'first', 10, 5)).toBe(0);
  });

  test('begin at an end where nothing is chosen, and lead nowhere without rows', () => {
    expect(stepFrom(null, 'next', 10, 5)).toBe(0);
    expect(stepFrom(null, 'previous', 10, 5)).toBe(9);
    expect(stepFrom(null, 'next', 0, 5)).toBeNull();
  });
});

describe('pages', () => {
  test('cover what is in sight, and the next one before it is', () => {
    expect(pagesFor(0, 40, 100_000)).toEqual([0]);
    expect(pagesFor(100, 150, 100_000)).toEqual([0, 1]);
    expect(pagesFor(390, 430, 100_000)).toEqual([1, 2]);
    expect(pagesFor(250, 290, 100_000)).toEqual([0, 1]);
  });

  test('none beyond the last row, and one where nothing is known yet', () => {
    expect(pagesFor(150, 199, 200)).toEqual([0]);
    expect(pagesFor(0, 0, null)).toEqual([0]);
    expect(pagesFor(0, 0, 0)).toEqual([0]);
  });

  test('hold each row once', () => {
    expect(placeOf(PAGE_ROWS)).toEqual({ page: 1, row: 0 });
    expect(placeOf(PAGE_ROWS - 1)).toEqual({ page: 0, row: PAGE_ROWS - 1 });
  });
});
