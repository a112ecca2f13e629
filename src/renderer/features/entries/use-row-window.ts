/** The rows in sight of a scroll area that may hold millions of them. */
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { followScroll, jumpTo, realTopOf, type ScrollPosition, scrollAreaHeight } from './scroll-mapping.ts';

/** Height of a row in CSS pixels; the style sheet's `--row-height` says the same. */
export const ROW_HEIGHT_PX = 28;
/** Height of the header that stays at the top. */
const HEADER_HEIGHT_PX = 30;
const REST_MS = 140;
/** Drawn rows are counted in steps of this. */
const SLOT_STEP = 16;

/** What is in sight, and how to bring something else there. */
export interface RowWindow {
  /**
   * Positions of the rows to draw and their offset within the drawn layer. The slot says which drawn row becomes this one: elements of
   * rows that left are used again, for making them anew is most of what fast scrolling costs.
   */
  readonly items: readonly { readonly index: number; readonly top: number; readonly slot: number }[];
  readonly first: number;
  readonly last: number;
  /** Height to give to the element that holds the rows. */
  readonly areaHeight: number;
  /** Rows that fit into the viewport whole. */
  readonly pageRows: () => number;
  /** Scrolls as little as brings a row into sight. */
  readonly reveal: (index: number) => void;
  /** Scrolls to an offset within all rows. */
  readonly moveTo: (logicalTop: number) => void;
  /** Offset within all rows. */
  readonly logicalTop: () => number;
}

/** Follows the scrolling of `scroller`, which holds `count` rows under a header that stays. */
export function useRowWindow(scroller: RefObject<HTMLElement | null>, count: number): RowWindow {
  const position = useRef<ScrollPosition>({ logicalTop: 0, realTop: 0 });
  const contentHeight = useRef(count * ROW_HEIGHT_PX);
  const slots = useRef(SLOT_STEP);
  const report = useRef<((offset: number, isScrolling: boolean) => void) | null>(null);
  const [shift, setShift] = useState(0);
  contentHeight.current = count * ROW_HEIGHT_PX;

  const extent = useCallback(() => {
    const height = scroller.current?.clientHeight ?? 0;
    return { contentHeight: contentHeight.current, viewportHeight: Math.max(0, height - HEADER_HEIGHT_PX) };
  }, [scroller]);

  const place = useCallback((next: ScrollPosition, isScrolling: boolean) => {
    position.current = next;
    setShift(next.realTop - next.logicalTop);
    report.current?.(next.logicalTop, isScrolling);
  }, []);

  const observeOffset = useCallback(
    (instance: Virtualizer<HTMLElement, Element>, notify: (offset: number, isScrolling: boolean) => void) => {
      const element = instance.scrollElement;
      if (element === null) return;
      report.current = notify;
      let rest: ReturnType<typeof setTimeout> | undefined;
      const atRest = () => {
        const realTop = realTopOf(position.current.logicalTop, extent());
        position.current = { logicalTop: position.current.logicalTop, realTop };
        if (Math.abs(element.scrollTop - realTop) > 1) element.scrollTop = realTop;
        place(position.current, false);
      };
      const onScroll = () => {
        place(followScroll(position.current, element.scrollTop, extent()), true);
        clearTimeout(rest);
        rest = setTimeout(atRest, REST_MS);
      };
      element.addEventListener('scroll', onScroll, { passive: true });
      notify(position.current.logicalTop, false);
      return () => {
        clearTimeout(rest);
        element.removeEventListener('scroll', onScroll);
        report.current = null;
      };
    },
    [extent, place],
  );

  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: 10,
    observeElementOffset: observeOffset,
    // The offset is mapped, so scrolling is done here and never by the virtualizer.
    scrollToFn: () => {},
  });

  const moveTo = useCallback(
    (logicalTop: number) => {
      const next = jumpTo(logicalTop, extent());
      place(next, false);
      if (scroller.current !== null) scroller.current.scrollTop = next.realTop;
    },
    [extent, place, scroller],
  );

  const reveal = useCallback(
    (index: number) => {
      const { viewportHeight } = extent();
      const top = index * ROW_HEIGHT_PX;
      const { logicalTop } = position.current;
      if (top < logicalTop) moveTo(top);
      else if (top + ROW_HEIGHT_PX > logicalTop + viewportHeight) moveTo(top + ROW_HEIGHT_PX - viewportHeight);
    },
    [extent, moveTo],
  );

  // Fewer rows than before: the browser moves the scroll area without asking; the rows follow.
  useLayoutEffect(() => {
    if (position.current.logicalTop > Math.max(0, count * ROW_HEIGHT_PX - extent().viewportHeight)) {
      moveTo(position.current.logicalTop);
    }
  }, [count, extent, moveTo]);

  const virtual = virtualizer.getVirtualItems();
  // Never fewer than rows in sight, or two would share a slot; in steps, or a slot would change at every resize.
  slots.current = Math.max(slots.current, Math.ceil(virtual.length / SLOT_STEP) * SLOT_STEP);
  return {
    items: virtual.map((item) => ({ index: item.index, top: item.start + shift, slot: item.index % slots.current })),
    first: virtual[0]?.index ?? 0,
    last: virtual.at(-1)?.index ?? 0,
    areaHeight: scrollAreaHeight(count * ROW_HEIGHT_PX),
    pageRows: () => Math.max(1, Math.floor(extent().viewportHeight / ROW_HEIGHT_PX) - 1),
    reveal,
    moveTo,
    logicalTop: () => position.current.logicalTop,
  };
}
