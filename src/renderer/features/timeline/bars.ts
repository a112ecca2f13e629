/** Geometry and words of the timeline's bars. */
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

const UNITS: readonly (readonly [number, string])[] = [
  [7 * 86_400_000_000, 'week'],
  [86_400_000_000, 'day'],
  [3_600_000_000, 'hour'],
  [60_000_000, 'minute'],
  [1_000_000, 'second'],
  [1000, 'millisecond'],
  [1, 'microsecond'],
];

/** A span in words: `1 hour`, `15 minutes`, `1.5 days`. */
export function spanText(us: number): string {
  const exact = UNITS.find(([unit]) => us >= unit && us % unit === 0);
  const [unit, name] = exact ?? UNITS.find(([size]) => us >= size) ?? [1, 'microsecond'];
  const count = us / unit;
  const text = Number.isInteger(count) ? String(count) : count.toFixed(1);
  return `${text} ${name}${count === 1 ? '' : 's'}`;
}
