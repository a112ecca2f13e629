/** Spans of time in words. */

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
