import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  followScroll,
  jumpTo,
  MAX_SCROLL_HEIGHT_PX,
  realTopOf,
  scrollAreaHeight,
} from '../../src/renderer/features/entries/scroll-mapping.ts';

const ROW = 28;
const viewportHeight = 700;
const small = { contentHeight: 1000 * ROW, viewportHeight };
const huge = { contentHeight: 5_000_000 * ROW, viewportHeight };
const hugeEnd = huge.contentHeight - viewportHeight;

describe('a scroll area that fits the browser', () => {
  test('is followed pixel by pixel, however far the step', () => {
    expect(followScroll({ logicalTop: 0, realTop: 0 }, 20_000, small)).toEqual({ logicalTop: 20_000, realTop: 20_000 });
    expect(realTopOf(12_345, small)).toBe(12_345);
    expect(scrollAreaHeight(small.contentHeight)).toBe(small.contentHeight);
  });

  test('is never left', () => {
    expect(jumpTo(-5, small)).toEqual({ logicalTop: 0, realTop: 0 });
    const end = small.contentHeight - viewportHeight;
    expect(jumpTo(1e9, small)).toEqual({ logicalTop: end, realTop: end });
    expect(jumpTo(10, { contentHeight: 28, viewportHeight })).toEqual({ logicalTop: 0, realTop: 0 });
  });
});

describe('a scroll area that is too high', () => {
  test('is kept at the height that browsers can do', () => {
    expect(scrollAreaHeight(huge.contentHeight)).toBe(MAX_SCROLL_HEIGHT_PX);
  });

  test('moves its rows pixel by pixel for small steps', () => {
    const start = jumpTo(70_000_000, huge);
    const next = followScroll(start, start.realTop + 100, huge);
    expect(next.logicalTop).toBe(start.logicalTop + 100);
  });

  test('moves them in proportion for far ones', () => {
    const middle = (MAX_SCROLL_HEIGHT_PX - viewportHeight) / 2;
    expect(followScroll({ logicalTop: 0, realTop: 0 }, middle, huge).logicalTop).toBeCloseTo(hugeEnd / 2, -1);
  });

  test('reaches the first and the last row from anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: hugeEnd }), (logicalTop) => {
        const from = jumpTo(logicalTop, huge);
        expect(followScroll(from, 0, huge).logicalTop).toBe(0);
        expect(followScroll(from, MAX_SCROLL_HEIGHT_PX - viewportHeight, huge).logicalTop).toBe(hugeEnd);
      }),
    );
  });

  test('comes to every row by a jump, and back in step with the browser', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: hugeEnd }), (logicalTop) => {
        const place = jumpTo(logicalTop, huge);
        expect(place.logicalTop).toBe(logicalTop);
        expect(place.realTop).toBeGreaterThanOrEqual(0);
        expect(place.realTop).toBeLessThanOrEqual(MAX_SCROLL_HEIGHT_PX - viewportHeight);
      }),
    );
  });
});
