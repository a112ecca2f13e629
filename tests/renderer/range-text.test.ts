import { describe, expect, test } from 'vitest';
import { formatRange, isBackwards, parseRange, RANGE_PRESETS, shiftRange } from '../../src/renderer/time/range-text.ts';
import { ALL_TIME } from '../../src/shared/query.ts';
import { parseTimestamp } from '../../src/shared/timestamp.ts';

const at = (text: string) => parseTimestamp(text) ?? Number.NaN;
const NOW = at('2026-01-28T10:41:09.5');
const range = (text: string, zone = 'UTC') => parseRange(text, NOW, zone)?.range ?? null;

describe('a range that is typed', () => {
  test.each([
    ['25m', 25 * 60],
    ['last 2 hours', 7200],
    ['past 7 days', 7 * 86_400],
    ['3w', 21 * 86_400],
    ['last hour', 3600],
    ['90 SECONDS', 90],
  ])('%s reaches that far back and is open at its end', (text, seconds) => {
    expect(range(text)).toEqual({ fromUs: NOW - seconds * 1_000_000, toUs: null });
  });

  test.each([
    ['2026-01-28', '2026-01-28T00:00:00', '2026-01-29T00:00:00'],
    ['2026-02', '2026-02-01T00:00:00', '2026-03-01T00:00:00'],
    ['2026-12', '2026-12-01T00:00:00', '2027-01-01T00:00:00'],
    ['2026-01-28 09:00', '2026-01-28T09:00:00', '2026-01-28T09:01:00'],
    ['2026-01-28T09:00:01.5', '2026-01-28T09:00:01.5', '2026-01-28T09:00:01.6'],
    ['2026-01-28 09:00 to 2026-01-28 12:30', '2026-01-28T09:00:00', '2026-01-28T12:31:00'],
    ['2026-01-01..2026-01-31', '2026-01-01T00:00:00', '2026-02-01T00:00:00'],
    ['2026-01-01 - 2026-01-02', '2026-01-01T00:00:00', '2026-01-03T00:00:00'],
    ['2026-01-28T09:00+02:00', '2026-01-28T07:00:00', '2026-01-28T07:01:00'],
    ['today', '2026-01-28T00:00:00', '2026-01-29T00:00:00'],
    ['Yesterday', '2026-01-27T00:00:00', '2026-01-28T00:00:00'],
  ])('%s covers all that it names', (text, from, next) => {
    expect(range(text)).toEqual({ fromUs: at(from), toUs: at(next) - 1 });
  });

  test('open ends, and all', () => {
    expect(range('since 2026-01-01')).toEqual({ fromUs: at('2026-01-01T00:00:00'), toUs: null });
    expect(range('until 2026-01-01')).toEqual({ fromUs: null, toUs: at('2026-01-02T00:00:00') - 1 });
    expect(range('all')).toEqual(ALL_TIME);
  });

  test('is of the zone that the window shows', () => {
    expect(range('2026-01-28', 'Europe/Vienna')).toEqual({
      fromUs: at('2026-01-27T23:00:00'),
      toUs: at('2026-01-28T23:00:00') - 1,
    });
  });

  test.each(['', 'h', '0h', 'soon', '2026-02-30', '2026-13', '1 fortnight', '2026-01-01 to', 'a to b to c'])(
    '"%s" is no range',
    (text) => {
      expect(range(text)).toBeNull();
    },
  );

  test('that ends before it begins is told from one that does not', () => {
    expect(isBackwards(range('2026-01-02 to 2026-01-01') ?? ALL_TIME)).toBe(true);
    expect(isBackwards(range('2026-01-01 to 2026-01-01') ?? ALL_TIME)).toBe(false);
    expect(isBackwards(ALL_TIME)).toBe(false);
  });

  test('every preset is understood and keeps its name', () => {
    for (const preset of RANGE_PRESETS) expect(parseRange(preset.text, NOW, 'UTC')?.name).toBe(preset.name);
  });
});

describe('a range as text', () => {
  test('is exact, with its offset', () => {
    expect(formatRange(ALL_TIME, 'UTC')).toBe('All time');
    expect(formatRange({ fromUs: at('2026-01-28T00:00:00'), toUs: at('2026-01-29T00:00:00') - 1 }, 'UTC')).toBe(
      '2026-01-28 UTC',
    );
    expect(formatRange({ fromUs: at('2026-01-28T00:00:01.000001'), toUs: null }, 'UTC')).toBe(
      'since 2026-01-28 00:00:01.000001 UTC',
    );
  });

  test('names both offsets where the clocks changed in between', () => {
    const days = { fromUs: at('2026-03-27T23:00:00'), toUs: at('2026-03-29T22:00:00') - 1 };
    expect(formatRange(days, 'Europe/Vienna')).toBe('2026-03-28 00:00 UTC+01:00 – 2026-03-30 00:00 UTC+02:00');
  });
});

describe('shifting', () => {
  test('moves by the own width, without a gap and without an overlap', () => {
    const day = { fromUs: at('2026-01-28T00:00:00'), toUs: at('2026-01-29T00:00:00') - 1 };
    const before = shiftRange(day, -1, NOW, 'UTC');
    expect(before).toEqual({ fromUs: at('2026-01-27T00:00:00'), toUs: day.fromUs - 1 });
    expect(shiftRange(before ?? ALL_TIME, 1, NOW, 'UTC')).toEqual(day);
  });

  test('keeps days whole when the clocks change', () => {
    const day = { fromUs: at('2026-03-28T23:00:00'), toUs: at('2026-03-29T22:00:00') - 1 };
    expect(shiftRange(day, 1, NOW, 'Europe/Vienna')).toEqual({
      fromUs: at('2026-03-29T22:00:00'),
      toUs: at('2026-03-30T22:00:00') - 1,
    });
  });

  test('has nothing to go by where the range has no beginning', () => {
    expect(shiftRange(ALL_TIME, 1, NOW, 'UTC')).toBeNull();
    expect(shiftRange({ fromUs: NOW + 10, toUs: null }, 1, NOW, 'UTC')).toBeNull();
  });
});
