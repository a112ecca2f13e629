import { describe, expect, test } from 'vitest';
import {
  excludingParts,
  filterParts,
  isNarrowed,
  joinSearchText,
  splitSearchText,
  termMode,
  withoutField,
  withoutNarrowing,
  withSearchText,
  withTerm,
} from '../../src/renderer/state/filter-edits.ts';
import { entryFilterSchema, NO_FILTER } from '../../src/shared/query.ts';

describe('terms', () => {
  test('values of one field stand together, and go one by one', () => {
    const one = withTerm(NO_FILTER, 'model', 'gpt-4', 'include');
    const two = withTerm(one, 'model', null, 'include');
    expect(two.terms).toEqual([{ field: 'model', values: ['gpt-4', null], exclude: false }]);
    expect(withTerm(two, 'model', 'gpt-4', 'off').terms).toEqual([{ field: 'model', values: [null], exclude: false }]);
    expect(withTerm(one, 'model', 'gpt-4', 'off').terms).toEqual([]);
  });

  test('a value is kept or left out, never both', () => {
    const kept = withTerm(NO_FILTER, 'provider', 'openai', 'include');
    const left = withTerm(kept, 'provider', 'openai', 'exclude');
    expect(left.terms).toEqual([{ field: 'provider', values: ['openai'], exclude: true }]);
    expect(termMode(left, 'provider', 'openai')).toBe('exclude');
    expect(termMode(kept, 'provider', 'openai')).toBe('include');
    expect(termMode(kept, 'model', 'openai')).toBe('off');
  });

  test('every edit is a filter that the desk takes', () => {
    const filter = withSearchText(withTerm(NO_FILTER, 'metadata.team', 'a', 'exclude'), 'x "y z"');
    expect(entryFilterSchema.parse(filter)).toEqual(filter);
  });

  test('a field is cleared whole, and the range survives clearing all', () => {
    const range = { fromUs: 1, toUs: 2 };
    const filter = withTerm(withTerm({ ...NO_FILTER, range }, 'model', 'a', 'include'), 'status', 'blocked', 'exclude');
    expect(withoutField(filter, 'model').terms.map((term) => term.field)).toEqual(['status']);
    expect(isNarrowed(filter)).toBe(true);
    expect(withoutNarrowing(filter)).toEqual({ ...NO_FILTER, range });
    expect(isNarrowed(withoutNarrowing(filter))).toBe(false);
  });
});

describe('search text', () => {
  test('splits at white space and keeps quoted words together', () => {
    expect(splitSearchText('  refund "two  words" x')).toEqual(['refund', 'two  words', 'x']);
    expect(splitSearchText('"open')).toEqual(['open']);
    expect(splitSearchText('""   ')).toEqual([]);
  });

  test('is put together again as it was split', () => {
    const words = ['a', 'b c', 'ü'];
    expect(splitSearchText(joinSearchText(words))).toEqual(words);
  });

  test('never asks for more than the desk takes', () => {
    const words = splitSearchText(`${'w '.repeat(40)}`);
    expect(words).toHaveLength(16);
    expect(splitSearchText('x'.repeat(5000))[0]).toHaveLength(1024);
  });
});

describe('parts', () => {
  const filter = {
    ...withTerm(withTerm(NO_FILTER, 'status', 'blocked', 'include'), 'detectors_triggered', null, 'exclude'),
    numbers: [{ field: 'latency_ms' as const, min: 2000, max: null }],
    text: ['refund'],
    contentHash: 'a'.repeat(64),
  };

  test('name every part, and taking each out in turn leaves nothing', () => {
    expect(filterParts(filter).map(({ label, value, excludes }) => [label, value, excludes])).toEqual([
      ['Status', 'blocked', false],
      ['Detector', 'none', true],
      ['Latency', 'at least 2000 ms', false],
      ['Text', 'refund', false],
      ['Exact text, SHA-256', 'a'.repeat(64), false],
    ]);
    let rest: typeof NO_FILTER = filter;
    for (let part = filterParts(rest)[0]; part !== undefined; part = filterParts(rest)[0]) rest = part.without;
    expect(rest).toEqual(NO_FILTER);
  });

  test('the range counts as a part only where it excludes something', () => {
    expect(excludingParts(NO_FILTER, 'All time')).toEqual([]);
    const ranged = excludingParts({ ...NO_FILTER, range: { fromUs: 1, toUs: null } }, 'since then');
    expect(ranged.map(({ label, value }) => [label, value])).toEqual([['Range', 'since then']]);
    expect(ranged[0]?.without).toEqual(NO_FILTER);
  });
});
