/**
 * Scrolls through more rows than a browser's element can be high. Browsers cap an element's height near 33 million px; past
 * {@link MAX_SCROLL_HEIGHT_PX} the scroll area is kept at that height and its offset is mapped onto the rows' own.
 *
 * Small steps (wheel, keys) move the rows pixel by pixel; far ones (the thumb dragged, a jump) move them in proportion. What the two
 * drift apart is mended when scrolling rests.
 */

/** Height that no scroll area exceeds, in CSS pixels. */
export const MAX_SCROLL_HEIGHT_PX = 15_000_000;

/** Where the rows stand, and where the browser thinks they do. */
export interface ScrollPosition {
  /** Offset within all rows, in pixels. */
  readonly logicalTop: number;
  /** Offset of the scroll area, in pixels. */
  readonly realTop: number;
}

/** Sizes that a position belongs to. */
export interface ScrollExtent {
  /** Height of all rows. */
  readonly contentHeight: number;
  readonly viewportHeight: number;
}

/** Height to give to the scroll area's content. */
export function scrollAreaHeight(contentHeight: number): number {
  return Math.min(contentHeight, MAX_SCROLL_HEIGHT_PX);
}

function scrollable(extent: ScrollExtent): { readonly logical: number; readonly real: number } {
  return {
    logical: Math.max(0, extent.contentHeight - extent.viewportHeight),
    real: Math.max(0, scrollAreaHeight(extent.contentHeight) - extent.viewportHeight),
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}

/** The offset that the scroll area should have for rows at `logicalTop`. */
export function realTopOf(logicalTop: number, extent: ScrollExtent): number {
  const { logical, real } = scrollable(extent);
  if (logical === real) return clamp(logicalTop, real);
  return logical === 0 ? 0 : Math.round((clamp(logicalTop, logical) / logical) * real);
}

/** Where the rows stand after the browser scrolled to `realTop`. */
export function followScroll(before: ScrollPosition, realTop: number, extent: ScrollExtent): ScrollPosition {
  const { logical, real } = scrollable(extent);
  if (logical === real) return { logicalTop: clamp(realTop, real), realTop };
  if (realTop <= 0) return { logicalTop: 0, realTop };
  if (realTop >= real) return { logicalTop: logical, realTop };
  const step = realTop - before.realTop;
  const far = Math.abs(step) > extent.viewportHeight * 2;
  const logicalTop = far ? (realTop / real) * logical : clamp(before.logicalTop + step, logical);
  return { logicalTop: Math.round(logicalTop), realTop };
}

/** The position that shows the rows at `logicalTop`, both offsets in step. */
export function jumpTo(logicalTop: number, extent: ScrollExtent): ScrollPosition {
  const top = clamp(logicalTop, scrollable(extent).logical);
  return { logicalTop: top, realTop: realTopOf(top, extent) };
}
