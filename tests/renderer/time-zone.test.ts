import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  daysToRange,
  formatMoment,
  formatMomentWithOffset,
  formatOffset,
  fromWallUs,
  resolveTimeZone,
  toWallUs,
} from '../../src/renderer/time/time-zone.ts';
import { parseTimestamp } from '../../src/shared/timestamp.ts';

const at = (text: string) => parseTimestamp(text) ?? Number.NaN;

describe('a moment as text', () => {
  test('keeps every microsecond and never rounds', () => {
    expect(formatMoment(at('2026-01-28T10:31:07.999999'), 'UTC', 'microsecond')).toBe('2026-01-28 10:31:07.999999');
    expect(formatMoment(at('2026-01-28T10:31:07.999999'), 'UTC', 'millisecond')).toBe('2026-01-28 10:31:07.999');
    expect(formatMoment(at('2026-01-28T10:31:07'), 'UTC', 'microsecond')).toBe('2026-01-28 10:31:07.000000');
    expect(formatMoment(at('1969-12-31T23:59:59.000001'), 'UTC', 'microsecond')).toBe('1969-12-31 23:59:59.000001');
  });

  test('is written with the offset that holds at that moment', () => {
    expect(formatMomentWithOffset(at('2026-01-28T10:00:00'), 'Europe/Vienna', 'minute')).toBe(
      '2026-01-28 11:00 UTC+01:00',
    );
    expect(formatMomentWithOffset(at('2026-07-28T10:00:00'), 'Europe/Vienna', 'minute')).toBe(
      '2026-07-28 12:00 UTC+02:00',
    );
    expect(formatMomentWithOffset(at('2026-01-28T10:00:00'), 'America/St_Johns', 'minute')).toBe(
      '2026-01-28 06:30 UTC−03:30',
    );
    expect(formatMomentWithOffset(at('2026-01-28T10:00:00'), 'UTC', 'minute')).toBe('2026-01-28 10:00 UTC');
  });

  test('an offset with seconds is written with them', () => {
    expect(formatOffset(-(3600 + 23 * 60 + 5))).toBe('UTC−01:23:05');
  });

  test('a zone that nobody knows falls back to UTC', () => {
    expect(resolveTimeZone('Middle/Earth')).toBe('UTC');
    expect(resolveTimeZone('Asia/Kolkata')).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  });
});

describe('wall clocks', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Apia');
  const hours = fc.integer({ min: -200_000, max: 700_000 }).map((hour) => hour * 3_600_000_000);

  test('lead back to a moment at which the clock shows just this, outside of skipped hours', () => {
    fc.assert(
      fc.property(hours, zones, (epochUs, zone) => {
        const wall = toWallUs(epochUs, zone);
        expect(toWallUs(fromWallUs(wall, zone), zone)).toBe(wall);
      }),
    );
  });

  test('of an hour that comes twice, the first is meant', () => {
    const wall = at('2026-10-25T02:30:00');
    expect(fromWallUs(wall, 'Europe/Vienna')).toBe(at('2026-10-25T00:30:00'));
  });

  test('a day is as long as its clocks make it', () => {
    const short = daysToRange('2026-03-29', '2026-03-29', 'Europe/Vienna');
    expect(short).toEqual({ fromUs: at('2026-03-28T23:00:00'), toUs: at('2026-03-29T22:00:00') - 1 });
    expect(daysToRange('2026-02-30', '2026-03-01', 'UTC')).toBeNull();
  });
});
