import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDay, formatTimestamp, parseTimestamp } from '../../../src/shared/timestamp.ts';

describe('parseTimestamp', () => {
  it.each([
    ['1970-01-01T00:00:00', 0],
    ['1970-01-01 00:00', 0],
    ['2026-01-28T10:00:00.123456', 1769594400123456],
    ['2026-01-28T10:00:00.123456789', 1769594400123456],
    ['2026-01-28T10:00:00,5', 1769594400500000],
    ['2026-01-28T10:00:00.1Z', 1769594400100000],
    ['2026-01-28T12:00:00+02:00', 1769594400000000],
    ['2026-01-28T12:00:00+0200', 1769594400000000],
    ['2026-01-28T04:30:00-05:30', 1769594400000000],
    ['2024-02-29T00:00:00', 1709164800000000],
    ['1969-12-31T23:59:59.999999', -1],
  ])('reads %s', (text, epochUs) => {
    expect(parseTimestamp(text)).toBe(epochUs);
  });

  it.each([
    '',
    'yesterday',
    '2026-01-28',
    '2026-02-29T00:00:00',
    '2026-13-01T00:00:00',
    '2026-00-01T00:00:00',
    '2026-01-32T00:00:00',
    '2026-01-28T24:00:00',
    '2026-01-28T10:60:00',
    '2026-01-28T10:00:60',
    '2026-01-28T10:00:00.',
    '2026-01-28T10:00:00.1234567890',
    '2026-01-28T10:00:00+25:00',
    ' 2026-01-28T10:00:00',
    '2026-01-28T10:00:00\n',
    '2026-02-30T10:00:00.123456',
    '2026-01-28T10:00:00.12345a',
    '2026-01-28T10:00:00:123456',
    '2026-01-28T1a:00:00',
    '2026-01-28T25:00:00.123456',
    '1500-01-01T00:00:00',
    '9999-12-31T23:59:59',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('reads back what formatTimestamp wrote, over all it can hold', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (epochUs) => {
        expect(parseTimestamp(formatTimestamp(epochUs))).toBe(epochUs);
      }),
    );
  });

  it('agrees with Date about days', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1700-01-01'), max: new Date('2250-01-01'), noInvalidDate: true }),
        (date) => {
          expect(formatDay(date.getTime() * 1000)).toBe(date.toISOString().slice(0, 10));
          expect(parseTimestamp(date.toISOString())).toBe(date.getTime() * 1000);
        },
      ),
    );
  });
});

describe('formatTimestamp', () => {
  it('leaves out a fraction that is zero and writes six digits of any other', () => {
    expect(formatTimestamp(1769594400000000)).toBe('2026-01-28T10:00:00');
    expect(formatTimestamp(1769594400000001)).toBe('2026-01-28T10:00:00.000001');
  });
});
