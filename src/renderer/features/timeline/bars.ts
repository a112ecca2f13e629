/** Geometry of the timeline's bars. */
import type { HistogramBucket } from '../../../shared/contract.ts';

/** Height of a part that is there but would be too small to see, in pixels. */
const LEAST_PX = 2;

/** Heights of both parts of a bar in pixels. What is there is seen: one blocked entry among a million is not rounded away. */
export function barHeights(
  { passed, blocked }: HistogramBucket,
  most: number,
  height: number,
): { readonly passed: number; readonly blocked: number } {
  if (most === 0) return { passed: 0, blocked: 0 };
  const part = (count: number) => (count === 0 ? 0 : Math.max(LEAST_PX, (count / most) * height));
  const blockedPx = part(blocked);
  return { blocked: blockedPx, passed: Math.min(part(passed), height - blockedPx) };
}
