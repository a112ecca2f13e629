import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CLOSED_FIELDS,
  closedValues,
  entryFilterSchema,
  NO_FILTER,
  NUMBER_FIELDS,
  TERM_FIELDS,
  type TermField,
} from '../../../../src/shared/query.ts';
import { parseQuery, type QueryFilter } from '../../../../src/shared/query-language/parse-query.ts';
import { printQuery } from '../../../../src/shared/query-language/print-query.ts';

// Any UTF-16, and what is likely to be mistaken for a part of the language.
const awkward = fc.constantFrom(
  'none',
  'None',
  '"',
  '\\',
  '\\"',
  'C:\\new\\table\\u{41}',
  'a b',
  'a,b',
  'a:b',
  '-a',
  '-',
  '',
  '*',
  '>5',
  '//x',
  'https://example.com',
  'مرحبا بالعالم',
  'עברית, כאן',
  '👨‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'line\nend\r\n\ttab',
  '\u202eturned',
  '\u00a0',
  '\ufeff',
  '\ud800',
  '日本語',
);
const text = fc.oneof(
  awkward,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const key = text.filter((name) => name !== '').map((name) => `metadata.${name}` as const);
const field: fc.Arbitrary<TermField> = fc.oneof(
  fc.constantFrom(...TERM_FIELDS),
  key,
  fc.constantFrom('metadata.model', 'metadata.id', 'metadata.a.b', 'metadata.metadata.x'),
);
const term = field.chain((name) =>
  fc.record({
    field: fc.constant(name),
    values: fc.array(valuesOfField(name), { minLength: 1, maxLength: 4 }),
    exclude: fc.boolean(),
  }),
);
const end = fc.option(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), { nil: null });
const number = fc
  .record({ field: fc.constantFrom(...NUMBER_FIELDS), min: end, max: end })
  .filter(({ min, max }) => min === null || max === null || min <= max);
const filter: fc.Arbitrary<QueryFilter> = fc.record({
  terms: fc.array(term, { maxLength: 5 }),
  numbers: fc.array(number, { maxLength: 3 }),
  text: fc.array(
    text.filter((word) => word !== ''),
    { maxLength: 4 },
  ),
  contentHash: fc.option(fc.constantFrom('a1'.repeat(32), '0'.repeat(64)), { nil: null }),
});

function valuesOfField(name: TermField): fc.Arbitrary<string | null> {
  const closed = closedValues(name);
  return closed === null ? fc.option(text, { nil: null }) : fc.constantFrom(...closed);
}

test('every filter that the desk takes comes back from its text, and its text never changes', () => {
  fc.assert(
    fc.property(filter, (asked) => {
      expect(entryFilterSchema.safeParse({ ...NO_FILTER, ...asked }).success).toBe(true);
      const printed = printQuery(asked);
      const parsed = parseQuery(printed);
      expect(parsed.filter).toEqual(asked);
      expect(printQuery(parsed.filter ?? asked)).toBe(printed);
    }),
    { numRuns: 3000 },
  );
});

test('what is printed can be seen and pasted: one line, no hidden characters, no half characters', () => {
  fc.assert(
    fc.property(filter, (asked) => {
      const printed = printQuery(asked);
      expect(printed.isWellFormed()).toBe(true);
      expect(printed).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 1000 },
  );
});

test('any text at all is read without failing: as a filter the desk takes, or with the place of what is wrong', () => {
  const pieces = fc.constantFrom(
    'model',
    'metadata.',
    ':',
    ',',
    '"',
    '-',
    ' ',
    '\\',
    '>',
    '..',
    'none',
    'latency',
    '5',
    'x',
    'hash',
    '//',
  );
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(typed, (query) => {
      const { filter: parsed, diagnostics } = parseQuery(query);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(parsed === null).toBe(errors.length > 0);
      if (parsed !== null) expect(entryFilterSchema.safeParse({ ...NO_FILTER, ...parsed }).success).toBe(true);
      for (const { start, end: to, message } of diagnostics) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThan(start);
        expect(to).toBeLessThanOrEqual(query.length);
        expect(message).toMatch(/[.]$/);
      }
    }),
    { numRuns: 5000 },
  );
});

test('fields with few values are closed in the schema too', () => {
  for (const [name, values] of Object.entries(CLOSED_FIELDS)) {
    for (const value of values) expect(accepts(name as TermField, value)).toBe(true);
    expect(accepts(name as TermField, 'other')).toBe(false);
    expect(accepts(name as TermField, null)).toBe(false);
  }
  expect(accepts('model', 'other')).toBe(true);
  expect(accepts('model', null)).toBe(true);
});

function accepts(name: TermField, value: string | null): boolean {
  const terms = [{ field: name, values: [value], exclude: false }];
  return entryFilterSchema.safeParse({ ...NO_FILTER, terms }).success;
}
