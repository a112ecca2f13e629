import { describe, expect, test } from 'vitest';
import {
  coverageOf,
  indexText,
  matchingText,
  readFraction,
  unreadableText,
} from '../../src/renderer/features/completeness/completeness-text.ts';
import { layOutJson, stringOfJson } from '../../src/renderer/features/detail/json-display.ts';
import { receiptLines, receiptText } from '../../src/renderer/features/retention/receipt-text.ts';
import { barHeights } from '../../src/renderer/features/timeline/bars.ts';
import { spanText } from '../../src/renderer/time/span-text.ts';
import { formatBytes, formatRecordedNumber } from '../../src/renderer/ui/number-text.ts';
import type { Coverage } from '../../src/shared/coverage.ts';

const COVERAGE: Coverage = {
  state: 'complete',
  entries: 10,
  unreadable: 0,
  filesRead: 2,
  filesTotal: 2,
  bytesRead: 1000,
  bytesTotal: 1000,
  checkedAtMs: 0,
  problem: null,
};

describe('the completeness line', () => {
  test('says how many of how many, and where', () => {
    const counts = { matching: 9730, inRange: 1_000_214, coverage: null, revision: 1 };
    expect(matchingText(counts, false)).toBe('9,730 of 1,000,214 entries in range');
    expect(matchingText({ ...counts, matching: 1, inRange: 1 }, true)).toBe('1 entry');
    expect(matchingText({ ...counts, matching: 0, inRange: 0 }, false)).toBe('0 entries in range');
    expect(matchingText({ ...counts, matching: null }, true)).toBe('counting');
  });

  test('says complete only of what is complete', () => {
    const stopped: Coverage = { ...COVERAGE, state: 'stopped', bytesRead: 400 };
    expect(indexText(COVERAGE)).toBe('index complete');
    expect(indexText(stopped)).toBe('index incomplete: reading was stopped, 600 bytes not read');
    expect(indexText({ ...stopped, state: 'failed', problem: 'The disk went away.' })).toContain('The disk went away.');
    expect(readFraction({ ...COVERAGE, state: 'reading' })).toBeLessThan(1);
    expect(readFraction({ ...COVERAGE, state: 'reading', bytesRead: 0, bytesTotal: 0 })).toBe(0);
  });

  test('speaks of one state of the index: counts and coverage never contradict each other', () => {
    const reading: Coverage = { ...COVERAGE, state: 'reading', bytesRead: 420 };
    const counts = { matching: 10, inRange: 10, coverage: COVERAGE, revision: 5 };
    expect(coverageOf(counts, reading, 4), 'told before the counts').toBe(COVERAGE);
    expect(coverageOf(counts, reading, 5), 'the same state, told late').toBe(COVERAGE);
    expect(coverageOf(counts, reading, 6), 'new bytes came').toBe(reading);
    expect(coverageOf({ ...counts, coverage: reading }, COVERAGE, 6), 'not complete before the counts are').toBe(
      reading,
    );
    const stopped: Coverage = { ...reading, state: 'stopped' };
    expect(coverageOf({ ...counts, coverage: reading }, stopped, 6)).toBe(stopped);
    expect(coverageOf({ ...counts, coverage: null }, reading, 0)).toBe(reading);
    expect(coverageOf(counts, null, 0)).toBe(COVERAGE);
  });

  test('counts unreadable lines, and promises nothing about lines not read yet', () => {
    expect(unreadableText({ ...COVERAGE, unreadable: 1 })).toBe('1 line could not be read');
    expect(unreadableText({ ...COVERAGE, state: 'reading' })).toBe('every line so far could be read');
    expect(unreadableText(COVERAGE)).toBe('every line could be read');
  });
});

describe('numbers', () => {
  test('as recorded lose no digit and gain none', () => {
    expect(formatRecordedNumber(1234567.891)).toBe('1,234,567.891');
    expect(formatRecordedNumber('9007199254740993')).toBe('9007199254740993');
    expect(formatRecordedNumber('NaN')).toBe('NaN');
    expect(formatRecordedNumber(1e21)).toBe('1e+21');
    expect(formatRecordedNumber(-0.5)).toBe('-0.5');
    expect(formatRecordedNumber(null)).toBe('');
  });

  test('of bytes are exact while they are small', () => {
    expect(formatBytes(999)).toBe('999 bytes');
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(102_600)).toBe('102.6 kB');
    expect(formatBytes(999_999)).toBe('1.0 MB');
  });
});

describe('JSON for reading', () => {
  test('keeps every digit and unescapes what can be shown', () => {
    const stored = '{"n": 12345678901234567890.10, "a": [1, NaN, []], "t": "\\u0627\\ud83d\\ude00 \\ud800", "o": {}}';
    expect(layOutJson(stored)).toBe(
      '{\n  "n": 12345678901234567890.10,\n  "a": [\n    1,\n    NaN,\n    []\n  ],\n  "t": "ا😀 \\ud800",\n  "o": {}\n}',
    );
  });

  test('loses nothing of a text that is cut', () => {
    expect(layOutJson('{"a": "unfin')).toContain('unfin');
  });

  test('tells a text from other values', () => {
    expect(stringOfJson('"a\\nb"')).toBe('a\nb');
    expect(stringOfJson('12')).toBeNull();
    expect(stringOfJson('"cut')).toBeNull();
  });
});

describe('the timeline', () => {
  test('shows what is there, however little of it', () => {
    const { blocked, passed } = barHeights({ startUs: 0, passed: 1_000_000, blocked: 1 }, 1_000_001, 44);
    expect(blocked).toBeGreaterThanOrEqual(2);
    expect(passed + blocked).toBeLessThanOrEqual(44);
    expect(barHeights({ startUs: 0, passed: 0, blocked: 0 }, 0, 44)).toEqual({ passed: 0, blocked: 0 });
  });

  test('names the span of a bar', () => {
    expect(spanText(3_600_000_000)).toBe('1 hour');
    expect(spanText(900_000_000)).toBe('15 minutes');
    expect(spanText(14 * 86_400_000_000)).toBe('2 weeks');
    expect(spanText(1_500_000)).toBe('1500 milliseconds');
  });
});

test('a receipt says what was done, in UTC, and whether it was stopped', () => {
  const receipt = {
    cutoffUs: 1_772_323_200_000_001,
    removed: 183,
    kept: 17,
    filesRemoved: 4,
    filesRewritten: 1,
    unreadableKept: 2,
    startedAtMs: 1_772_323_200_000,
    endedAtMs: 1_772_323_201_000,
    stopped: true,
  };
  const preview = {
    retentionDays: 365,
    cutoffUs: receipt.cutoffUs,
    entries: 183,
    kept: 17,
    days: [],
    files: [],
    confirmation: '',
    coverage: COVERAGE,
  };
  const text = receiptText(receiptLines(receipt, preview, 'claims'));
  expect(text).toContain('Deleted up to: 2026-03-01 00:00:00.000001 UTC');
  expect(text).toContain('Entries deleted: 183');
  expect(text).toContain('stopped before its end');
  expect(receiptText(receiptLines({ ...receipt, stopped: false }, preview, 'claims'))).toContain('Outcome: done');
});
