/**
 * ISO 8601 text <-> microseconds since the epoch. Source: the timestamps that Python's `datetime.isoformat()` writes and
 * `fromisoformat()` reads. Nothing goes through Date: it knows milliseconds only.
 *
 * Microseconds are plain numbers: exact from 1684-07-28 to 2255-06-05. Times outside are refused, never rounded.
 */

const US_PER_SECOND = 1_000_000;
export const US_PER_DAY = 86_400 * US_PER_SECOND;

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d\d):?(\d\d)(?::?(\d\d))?)?$/;

const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar; NaN where there is no such date. */
export function daysFromDate(year: number, month: number, day: number): number {
  if (year < 1 || month < 1 || month > 12 || day < 1) return Number.NaN;
  const leapDay = month === 2 && isLeapYear(year) ? 1 : 0;
  if (day > (DAYS_IN_MONTH[month] ?? 0) + leapDay) return Number.NaN;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const afterLeapDay = month > 2 && isLeapYear(year) ? 1 : 0;
  return before * 365 + leapDays + (DAYS_BEFORE_MONTH[month] ?? 0) + afterLeapDay + day - 1 - 719_162;
}

const ZERO = 0x30;
const NO_TIME = Number.NaN;

/** The number that digits of a text stand for; NaN where one of them is none. */
function digitsAt(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return NO_TIME;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Reads the form that is written nearly everywhere, `2026-01-28T10:00:00.123456` or without the fraction, digit by digit: a fifth
 * of the pattern's time. NaN where the text is of another form, or no time.
 */
function parsePlainForm(text: string): number {
  if (text.length !== 26 && text.length !== 19) return NO_TIME;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':') return NO_TIME;
  if (text.length === 26 && text[19] !== '.') return NO_TIME;
  const days = daysFromDate(digitsAt(text, 0, 4), digitsAt(text, 5, 7), digitsAt(text, 8, 10));
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  if (hour > 23 || minute > 59 || second > 59) return NO_TIME;
  const fraction = text.length === 26 ? digitsAt(text, 20, 26) : 0;
  return (days * 86_400 + hour * 3600 + minute * 60 + second) * US_PER_SECOND + fraction;
}

/**
 * Microseconds since the epoch of an ISO 8601 time, or null where the text is none. Reads no fraction or 1 to 9 digits of it
 * (digits past the microsecond are cut), `Z` and offsets; a time without a zone is UTC.
 */
export function parseTimestamp(text: string): number | null {
  const plain = parsePlainForm(text);
  if (Number.isSafeInteger(plain)) return plain;
  const match = ISO.exec(text);
  if (match === null) return null;
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = '0',
    fraction = '',
    ,
    sign,
    zoneHour = '0',
    zoneMinute = '0',
    zoneSecond = '0',
  ] = match;
  const days = daysFromDate(Number(year), Number(month), Number(day));
  if (Number.isNaN(days)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59 || Number(zoneSecond) > 59) return null;
  const offsetS = (Number(zoneHour) * 3600 + Number(zoneMinute) * 60 + Number(zoneSecond)) * (sign === '-' ? -1 : 1);
  const seconds = days * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetS;
  const epochUs = seconds * US_PER_SECOND + Number(fraction.slice(0, 6).padEnd(6, '0'));
  return Number.isSafeInteger(epochUs) ? epochUs : null;
}

/** The date of a count of days since 1970-01-01, as `YYYY-MM-DD`. */
function dateFromDays(days: number): string {
  // Civil-from-days over eras of 400 years, counted from 0000-03-01.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** UTC date of a moment, `YYYY-MM-DD`. */
export function formatDay(epochUs: number): string {
  return dateFromDays(Math.floor(epochUs / US_PER_DAY));
}

/** The form the Python original writes: UTC without a zone mark, six digits of fraction or none. */
export function formatTimestamp(epochUs: number): string {
  const days = Math.floor(epochUs / US_PER_DAY);
  const usOfDay = epochUs - days * US_PER_DAY;
  const secondOfDay = Math.floor(usOfDay / US_PER_SECOND);
  const fraction = usOfDay - secondOfDay * US_PER_SECOND;
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(Math.floor(secondOfDay / 3600))}:${two(Math.floor(secondOfDay / 60) % 60)}:${two(secondOfDay % 60)}`;
  return `${dateFromDays(days)}T${time}${fraction === 0 ? '' : `.${String(fraction).padStart(6, '0')}`}`;
}
