/** A range of time as a person types it, and how a range is named, shown and shifted. */
import { ALL_TIME, type DateRange } from '../../shared/query.ts';
import { parseTimestamp, US_PER_DAY } from '../../shared/timestamp.ts';
import { daysToRange, formatMoment, formatOffset, fromWallUs, toWallUs, zoneOffsetSeconds } from './time-zone.ts';

const US_PER_SECOND = 1_000_000;

/** A range and, where it was asked for by a name, that name. */
export interface NamedRange {
  readonly range: DateRange;
  readonly name: string | null;
}

/** A range that is always offered. */
export interface RangePreset {
  readonly name: string;
  /** What {@link parseRange} is asked for it. */
  readonly text: string;
}

/** Presets in the order in which they are offered. */
export const RANGE_PRESETS: readonly RangePreset[] = [
  { name: 'All time', text: 'all' },
  { name: 'Last hour', text: 'last 1 hour' },
  { name: 'Last 24 hours', text: 'last 24 hours' },
  { name: 'Today', text: 'today' },
  { name: 'Yesterday', text: 'yesterday' },
  { name: 'Last 7 days', text: 'last 7 days' },
  { name: 'Last 30 days', text: 'last 30 days' },
  { name: 'Last 90 days', text: 'last 90 days' },
];

const UNITS: readonly { readonly pattern: RegExp; readonly us: number; readonly name: string }[] = [
  { pattern: /^(?:s|sec|secs|second|seconds)$/, us: US_PER_SECOND, name: 'second' },
  { pattern: /^(?:m|min|mins|minute|minutes)$/, us: 60 * US_PER_SECOND, name: 'minute' },
  { pattern: /^(?:h|hr|hrs|hour|hours)$/, us: 3600 * US_PER_SECOND, name: 'hour' },
  { pattern: /^(?:d|day|days)$/, us: US_PER_DAY, name: 'day' },
  { pattern: /^(?:w|week|weeks)$/, us: 7 * US_PER_DAY, name: 'week' },
];

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${count} ${noun}s`;
}

/** "last 2 hours", "25m", "7d": open at its end, so that what arrives meanwhile belongs to it. */
function parseSpan(text: string, nowUs: number): NamedRange | null {
  const match = /^(?:last|past)?\s*(\d{1,6})?\s*([a-z]+)$/.exec(text);
  if (match === null) return null;
  const unit = UNITS.find(({ pattern }) => pattern.test(match[2] ?? ''));
  const count = Number(match[1] ?? '1');
  if (unit === undefined || count === 0) return null;
  if (match[1] === undefined && !/^(?:last|past)\s/.test(text)) return null;
  return { range: { fromUs: nowUs - count * unit.us, toUs: null }, name: `Last ${plural(count, unit.name)}` };
}

function parseDayName(text: string, nowUs: number, zone: string): NamedRange | null {
  if (text !== 'today' && text !== 'yesterday') return null;
  const day = formatMoment(nowUs, zone, 'day');
  const ofToday = parseTimestamp(`${day}T00:00:00`) ?? 0;
  const asked = text === 'today' ? day : formatMoment(ofToday - 1, 'UTC', 'day');
  return { range: daysToRange(asked, asked, zone) ?? ALL_TIME, name: text === 'today' ? 'Today' : 'Yesterday' };
}

/** The first and last microsecond that a written time stands for: a month, a day, a minute, a second or one microsecond. */
function parseMoment(text: string, zone: string): { readonly fromUs: number; readonly toUs: number } | null {
  const month = /^(\d{4})-(\d\d)$/.exec(text);
  if (month !== null) return monthRange(Number(month[1]), Number(month[2]), zone);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return daysToRange(text, text, zone);
  const parsed = parseTimestamp(text);
  if (parsed === null) return null;
  const zoned = /(?:[Zz]|[+-]\d\d:?\d\d(?::?\d\d)?)$/.test(text);
  const fromUs = zoned ? parsed : fromWallUs(parsed, zone);
  const clock = /[T ]\d\d:\d\d(:\d\d)?(?:[.,](\d+))?/.exec(text);
  const widthUs = clock?.[1] === undefined ? 60 * US_PER_SECOND : 10 ** Math.max(0, 6 - (clock[2]?.length ?? 0));
  return { fromUs, toUs: fromUs + widthUs - 1 };
}

function monthRange(year: number, month: number, zone: string) {
  const two = (value: number) => String(value).padStart(2, '0');
  const first = parseTimestamp(`${String(year).padStart(4, '0')}-${two(month)}-01T00:00:00`);
  const nextYear = month === 12 ? year + 1 : year;
  const next = parseTimestamp(`${String(nextYear).padStart(4, '0')}-${two((month % 12) + 1)}-01T00:00:00`);
  if (first === null || next === null) return null;
  return { fromUs: fromWallUs(first, zone), toUs: fromWallUs(next, zone) - 1 };
}

function parseBetween(text: string, zone: string): NamedRange | null {
  const since = /^(?:since|from|after)\s+(.+)$/.exec(text);
  if (since !== null) {
    const moment = parseMoment(since[1] ?? '', zone);
    return moment && { range: { fromUs: moment.fromUs, toUs: null }, name: null };
  }
  const until = /^(?:until|to|before)\s+(.+)$/.exec(text);
  if (until !== null) {
    const moment = parseMoment(until[1] ?? '', zone);
    return moment && { range: { fromUs: null, toUs: moment.toUs }, name: null };
  }
  const [first = '', last = first, more] = text.split(/\s*(?:\.\.|\bto\b|\bund\b|–|—|\/)\s*|\s+-\s+/);
  const from = parseMoment(first.trim(), zone);
  const to = parseMoment(last.trim(), zone);
  if (from === null || to === null || more !== undefined) return null;
  return { range: { fromUs: from.fromUs, toUs: to.toUs }, name: null };
}

/**
 * Reads what a person typed: `all`, `today`, `25m`, `last 2 hours`, `2026-01`, `2026-01-28`, `2026-01-28 10:00 - 2026-01-28 12:00`,
 * `since 2026-01-28`. A time without a zone is of `zone`. null where the text is no range; a range that ends before it begins is
 * returned as it was asked, for the caller to refuse.
 */
export function parseRange(text: string, nowUs: number, zone: string): NamedRange | null {
  const asked = text.trim();
  const lower = asked.toLowerCase();
  if (lower === 'all' || lower === 'all time') return { range: ALL_TIME, name: 'All time' };
  return parseDayName(lower, nowUs, zone) ?? parseSpan(lower, nowUs) ?? parseBetween(asked, zone);
}

/** True for a range whose end lies before its beginning. */
export function isBackwards(range: DateRange): boolean {
  return range.fromUs !== null && range.toUs !== null && range.toUs < range.fromUs;
}

/** Shortest exact text of a moment: without the parts that are zero, or (for an end) full. */
function shortMoment(epochUs: number, zone: string, end: boolean): string {
  const shown = end ? epochUs + 1 : epochUs;
  const usOfMinute = ((toWallUs(shown, zone) % 60_000_000) + 60_000_000) % 60_000_000;
  if (usOfMinute === 0) return formatMoment(shown, zone, 'minute');
  return formatMoment(epochUs, zone, epochUs % US_PER_SECOND === 0 ? 'second' : 'microsecond');
}

/** `2026-01-21 – 2026-01-28`, both days included, or one day; null where an end lies within a day. */
function wholeDays(fromUs: number, toUs: number, zone: string): string | null {
  if (toWallUs(fromUs, zone) % US_PER_DAY !== 0 || toWallUs(toUs + 1, zone) % US_PER_DAY !== 0) return null;
  const [first, last] = [formatMoment(fromUs, zone, 'day'), formatMoment(toUs, zone, 'day')];
  return first === last ? first : `${first} – ${last}`;
}

/** A range as it is shown: both ends exact, the offset written out (twice where it differs). */
export function formatRange(range: DateRange, zone: string): string {
  const { fromUs, toUs } = range;
  const offset = (epochUs: number) => formatOffset(zoneOffsetSeconds(epochUs, zone));
  if (fromUs === null && toUs === null) return 'All time';
  if (fromUs !== null && toUs !== null) {
    const days = wholeDays(fromUs, toUs, zone);
    if (days !== null && offset(fromUs) === offset(toUs)) return `${days} ${offset(toUs)}`;
    const from = shortMoment(fromUs, zone, false);
    const to = shortMoment(toUs, zone, true);
    const sameOffset = offset(fromUs) === offset(toUs);
    return `${from}${sameOffset ? '' : ` ${offset(fromUs)}`} – ${to} ${offset(toUs)}`;
  }
  if (fromUs !== null) return `since ${shortMoment(fromUs, zone, false)} ${offset(fromUs)}`;
  return `until ${shortMoment(toUs ?? 0, zone, true)} ${offset(toUs ?? 0)}`;
}

/**
 * The range of the same width before (-1) or after (1) this one, on the zone's wall clock, so that days stay days when clocks
 * change. An open end is taken as now. null where there is no width to shift by.
 */
export function shiftRange(range: DateRange, direction: -1 | 1, nowUs: number, zone: string): DateRange | null {
  if (range.fromUs === null) return null;
  const from = toWallUs(range.fromUs, zone);
  const end = toWallUs((range.toUs ?? nowUs) + 1, zone);
  const width = end - from;
  if (width <= 0) return null;
  return {
    fromUs: fromWallUs(from + direction * width, zone),
    toUs: fromWallUs(end + direction * width, zone) - 1,
  };
}
