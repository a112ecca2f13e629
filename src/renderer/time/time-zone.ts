/** Times for people: microseconds since the epoch as wall-clock text of one zone, with the offset written out, and back. */
import { formatTimestamp, parseTimestamp, US_PER_DAY } from '../../shared/timestamp.ts';
import { zoneOffsetSeconds } from '../../shared/zone-offset.ts';

export { zoneOffsetSeconds } from '../../shared/zone-offset.ts';

const US_PER_SECOND = 1_000_000;

/** How much of the fraction of a second is written. */
export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond' | 'microsecond';

const LENGTH: Readonly<Record<TimePrecision, number>> = {
  day: 10,
  minute: 16,
  second: 19,
  millisecond: 23,
  microsecond: 26,
};

/** IANA name of a setting: `local` is the zone of the machine that shows the window. An unknown name becomes UTC. */
export function resolveTimeZone(setting: string): string {
  if (setting === 'UTC') return 'UTC';
  const name = setting === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : setting;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** `UTC` or `UTC+05:30`: an offset as people write it. */
export function formatOffset(offsetSeconds: number): string {
  if (offsetSeconds === 0) return 'UTC';
  const size = Math.abs(offsetSeconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `UTC${offsetSeconds < 0 ? '−' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
}

/** The wall clock of a zone at a moment, as microseconds: what a clock there shows, read as if it were UTC. */
export function toWallUs(epochUs: number, zone: string): number {
  return epochUs + zoneOffsetSeconds(epochUs, zone) * US_PER_SECOND;
}

/** The moment at which a zone's wall clock shows this; of two such moments (clocks set back) the earlier. */
export function fromWallUs(wallUs: number, zone: string): number {
  const before = wallUs - zoneOffsetSeconds(wallUs - US_PER_DAY, zone) * US_PER_SECOND;
  if (toWallUs(before, zone) === wallUs) return before;
  const after = wallUs - zoneOffsetSeconds(wallUs + US_PER_DAY, zone) * US_PER_SECOND;
  return after;
}

/** `2026-01-28 10:31:07.123456` in a zone, cut (not rounded) to the precision. The offset is not in it: see {@link formatOffset}. */
export function formatMoment(epochUs: number, zone: string, precision: TimePrecision): string {
  const text = formatTimestamp(toWallUs(epochUs, zone)).replace('T', ' ');
  return (text.length === 19 ? `${text}.000000` : text).slice(0, LENGTH[precision]);
}

/** {@link formatMoment} followed by the offset: `2026-01-28 10:31:07 UTC`. */
export function formatMomentWithOffset(epochUs: number, zone: string, precision: TimePrecision): string {
  return `${formatMoment(epochUs, zone, precision)} ${formatOffset(zoneOffsetSeconds(epochUs, zone))}`;
}

/** First and last microsecond of a span of days (`YYYY-MM-DD`, both inclusive) in a zone; null where a text is no date. */
export function daysToRange(
  firstDay: string,
  lastDay: string,
  zone: string,
): { readonly fromUs: number; readonly toUs: number } | null {
  const first = parseTimestamp(`${firstDay}T00:00:00`);
  const last = parseTimestamp(`${lastDay}T00:00:00`);
  if (first === null || last === null) return null;
  return { fromUs: fromWallUs(first, zone), toUs: fromWallUs(last + US_PER_DAY, zone) - 1 };
}
