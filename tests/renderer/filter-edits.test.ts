import { describe, expect, test } from 'vitest';
import {
  boundsOf,
  excludingParts,
  filterParts,
  isNarrowed,
  termMode,
  withBounds,
  withoutField,
  withoutNarrowing,
  withTerm,
} from '../../src/renderer/state/filter-edits.ts';
import { entryFilterSchema, NO_FILTER } from '../../src/shared/query.ts';
import { parseQuery } from '../../src/shared/query-language/parse-query.ts';

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
    const filter = withTerm(withTerm(NO_FILTER, 'metadata.team', 'a', 'exclude'), 'model', null, 'include');
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

describe('numbers', () => {
  test('of one field have one pair of bounds, the narrowest', () => {
    const filter = withBounds(NO_FILTER, 'latency_ms', { min: 10, max: null });
    expect(boundsOf(filter, 'latency_ms')).toEqual({ min: 10, max: null });
    const twice = { ...filter, numbers: [...filter.numbers, { field: 'latency_ms' as const, min: 5, max: 20 }] };
    expect(boundsOf(twice, 'latency_ms')).toEqual({ min: 10, max: 20 });
    expect(boundsOf(twice, 'input_tokens')).toBeNull();
  });

  test('are set and cleared whole, beside those of other fields', () => {
    const both = withBounds(withBounds(NO_FILTER, 'input_tokens', { min: 1, max: 2 }), 'latency_ms', {
      min: 3,
      max: 4,
    });
    expect(withBounds(both, 'latency_ms', { min: null, max: 9 }).numbers).toEqual([
      { field: 'input_tokens', min: 1, max: 2 },
      { field: 'latency_ms', min: null, max: 9 },
    ]);
    expect(withBounds(both, 'latency_ms', null).numbers).toEqual([{ field: 'input_tokens', min: 1, max: 2 }]);
  });

  test('are said as they were asked, exact ends included', () => {
    const said = (query: string) =>
      filterParts({ ...NO_FILTER, ...parseQuery(query).filter }).map(({ value }) => value);
    expect(said('latency:>2000 latency:<=5 tokens_in:100..200 tokens_in:7 tokens_out:*')).toEqual([
      'more than 2000 ms',
      'at most 5 ms',
      '100 to 200',
      '7',
      'recorded',
    ]);
    expect(said('latency:100..<200')).toEqual(['at least 100, less than 200 ms']);
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
