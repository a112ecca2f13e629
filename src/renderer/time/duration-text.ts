/** Spans of time as text. */

const UNITS = [
  { name: 'day', plural: 'days', us: 86_400_000_000 },
  { name: 'h', plural: 'h', us: 3_600_000_000 },
  { name: 'min', plural: 'min', us: 60_000_000 },
  { name: 's', plural: 's', us: 1_000_000 },
] as const;

/** `3 days 4 h`, `2 min 5 s`, `40 s`, `0.250 s`: the two largest units, cut, never rounded up. The sign is left out. */
export function formatSpan(spanUs: number): string {
  const us = Math.abs(spanUs);
  if (us < 1_000_000) return us === 0 ? '0 s' : `${(Math.floor(us / 1000) / 1000).toFixed(3)} s`;
  const first = UNITS.findIndex((unit) => us >= unit.us);
  let left = us;
  const parts: string[] = [];
  for (const unit of UNITS.slice(first, first + 2)) {
    const count = Math.floor(left / unit.us);
    left -= count * unit.us;
    if (count > 0) parts.push(`${count} ${count === 1 ? unit.name : unit.plural}`);
  }
  return parts.join(' ');
}
