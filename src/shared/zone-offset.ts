/**
 * How far a time zone's clocks are ahead of UTC. Intl is asked only for the offset: the digits never go through Date, which knows
 * milliseconds only.
 */
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const US_PER_SECOND = 1_000_000;
const OFFSET_STEP_US = 900 * US_PER_SECOND;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

function askOffsetSeconds(epochS: number, zone: string): number {
  const parts = new Map<string, string>();
  for (const part of formatterOf(zone).formatToParts(epochS * 1000)) parts.set(part.type, part.value);
  const two = (type: string) => (parts.get(type) ?? '00').padStart(2, '0');
  const year = (parts.get('year') ?? '1970').padStart(4, '0');
  const wall = parseTimestamp(`${year}-${two('month')}-${two('day')}T${two('hour')}:${two('minute')}:${two('second')}`);
  return wall === null ? 0 : Math.round(wall / US_PER_SECOND) - epochS;
}

/** Seconds that a zone's clocks are ahead of UTC at a moment. Zones change on quarters of an hour, so answers are kept by those. */
export function zoneOffsetSeconds(epochUs: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const step = Math.floor(epochUs / OFFSET_STEP_US);
  const key = `${zone} ${step}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = askOffsetSeconds((step * OFFSET_STEP_US) / US_PER_SECOND, zone);
  if (offsets.size > 5000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** `2026-01-28 11:31:07.123456+01:00`: a moment in a zone to the microsecond, with its offset, as ISO 8601 but for the blank. */
export function formatZoned(epochUs: number, zone: string): string {
  const offset = zoneOffsetSeconds(epochUs, zone);
  const text = formatTimestamp(epochUs + offset * US_PER_SECOND).replace('T', ' ');
  const size = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  const sign = offset < 0 ? '-' : '+';
  return `${text.length === 19 ? `${text}.000000` : text}${sign}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
}
