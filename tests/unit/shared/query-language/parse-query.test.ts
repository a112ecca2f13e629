import { describe, expect, test } from 'vitest';
import { FILTER_LIMITS } from '../../../../src/shared/query.ts';
import { nextDown, nextUp } from '../../../../src/shared/query-language/number-bounds.ts';
import { parseQuery, type QueryFilter } from '../../../../src/shared/query-language/parse-query.ts';
import { printQuery } from '../../../../src/shared/query-language/print-query.ts';

const NOTHING: QueryFilter = { terms: [], numbers: [], text: [], contentHash: null };
const HASH = 'ab'.repeat(32);

function filterOf(text: string): QueryFilter {
  const { filter, diagnostics } = parseQuery(text);
  expect(diagnostics).toEqual([]);
  if (filter === null) throw new Error(`${text} is no filter.`);
  return filter;
}

/** The part of the text that each diagnostic points at, and its sentence. */
function remarks(text: string): readonly (readonly [string, string])[] {
  return parseQuery(text).diagnostics.map(({ start, end, message }) => [text.slice(start, end), message]);
}

const kept = (field: string, ...values: (string | null)[]) => ({ field, values, exclude: false });
const left = (field: string, ...values: (string | null)[]) => ({ field, values, exclude: true });

describe('a query', () => {
  test('of every form at once', () => {
    const text =
      'model:gpt-4,gpt-4o -status:blocked latency:>=2000 "refund" department:claims metadata.user_id:user-3 detectors:pii provider:none tokens_in:100..200';
    expect(filterOf(text)).toEqual({
      terms: [
        kept('model', 'gpt-4', 'gpt-4o'),
        left('status', 'blocked'),
        kept('metadata.department', 'claims'),
        kept('metadata.user_id', 'user-3'),
        kept('detectors_triggered', 'pii'),
        kept('provider', null),
      ],
      numbers: [
        { field: 'latency_ms', min: 2000, max: null },
        { field: 'input_tokens', min: 100, max: 200 },
      ],
      text: ['refund'],
      contentHash: null,
    });
  });

  test('of nothing asks for nothing', () => {
    expect(filterOf('  \t ')).toEqual(NOTHING);
    expect(printQuery(NOTHING)).toBe('');
  });

  test('is printed in one way, however it was written', () => {
    expect(
      printQuery(filterOf(`Conversation_ID:c-1 "plain" reason:"x y" user_id:7 sha256:${HASH.toUpperCase()}`)),
    ).toBe(`conversation:c-1 block_reason:"x y" metadata.user_id:7 plain hash:${HASH}`);
  });
});

describe('names', () => {
  test('of the log are known in any case; others are metadata keys, letter for letter', () => {
    expect(filterOf('MODEL:a Team:b').terms).toEqual([kept('model', 'a'), kept('metadata.Team', 'b')]);
  });

  test('of the log can be metadata keys too, and keys can be any text', () => {
    const { terms } = filterOf('metadata.model:a metadata."a b:c \\"d\\"":x metadata.a.b:y metadata.ключ:z');
    expect(terms.map(({ field }) => field)).toEqual([
      'metadata.model',
      'metadata.a b:c "d"',
      'metadata.a.b',
      'metadata.ключ',
    ]);
  });

  test('that cannot be asked for say what to write instead', () => {
    expect(remarks('id:e-1')).toEqual([['id:', expect.stringContaining('without “id:”')]]);
    expect(remarks('safety_passed:false')).toEqual([['safety_passed:', expect.stringContaining('status:blocked')]]);
    expect(remarks('metadata:x')).toEqual([['metadata:', expect.stringContaining('metadata.KEY')]]);
    expect(parseQuery('id:e-1').filter).toBeNull();
  });
});

describe('values', () => {
  test('none stands for what was not recorded; in quotes it is the word', () => {
    expect(filterOf('model:none,"none"').terms).toEqual([kept('model', null, 'none')]);
    expect(filterOf('input_kind:none').terms).toEqual([kept('input_kind', 'none')]);
  });

  test('keep spaces, commas, quotes, colons and backslashes in quotes', () => {
    expect(filterOf('model:"a b, \\"c\\": \\\\","" block_reason:C:\\new').terms).toEqual([
      kept('model', 'a b, "c": \\', ''),
      kept('block_reason', 'C:\\new'),
    ]);
    expect(filterOf('"C:\\new\\u{41}"').text).toEqual(['C:\\newA']);
  });

  test('of a closed field are those there are', () => {
    expect(filterOf('status:Blocked').terms).toEqual([kept('status', 'blocked')]);
    expect(remarks('status:blocked,open')).toEqual([['open', 'A status is passed or blocked.']]);
    expect(remarks('status:none')).toEqual([['none', 'A status is passed or blocked.']]);
    expect(remarks('output_kind:none,secret')).toEqual([
      ['secret', expect.stringContaining('none, plain or encrypted')],
    ]);
  });

  test('have no wildcards and no order, and say so', () => {
    expect(remarks('model:gpt-*')).toEqual([['gpt-*', expect.stringContaining('*')]]);
    expect(remarks('model:>4')).toEqual([['>4', expect.stringContaining('latency')]]);
    expect(filterOf('model:"gpt-*",">4"').terms).toEqual([kept('model', 'gpt-*', '>4')]);
  });

  test('that are missing are pointed at', () => {
    expect(remarks('x model: y')).toEqual([['model:', expect.stringContaining('model')]]);
    expect(remarks('model:a,')).toEqual([[',', expect.stringContaining('comma')]]);
    expect(remarks('model:,a')).toEqual([[':', expect.stringContaining('comma')]]);
  });

  test('of one field in two places contradict each other, unless an entry can have both', () => {
    const { filter, diagnostics } = parseQuery('model:a model:b');
    expect(filter?.terms).toHaveLength(2);
    expect(diagnostics).toEqual([
      { start: 8, end: 15, severity: 'warning', message: expect.stringContaining('model:A,B') },
    ]);
    expect(remarks('detectors:a detectors:b')).toEqual([]);
    expect(remarks('model:a -model:b')).toEqual([]);
    expect(remarks('model:a,b model:b,c')).toEqual([]);
  });
});

describe('numbers', () => {
  const boundsOf = (text: string) => filterOf(`latency:${text}`).numbers.map(({ min, max }) => [min, max])[0];

  test('are compared exactly', () => {
    expect(boundsOf('2000')).toEqual([2000, 2000]);
    expect(boundsOf('=-1.5e3')).toEqual([-1500, -1500]);
    expect(boundsOf('>=2000')).toEqual([2000, null]);
    expect(boundsOf('<=2000')).toEqual([null, 2000]);
    expect(boundsOf('>2000')).toEqual([nextUp(2000), null]);
    expect(boundsOf('<2000')).toEqual([null, nextDown(2000)]);
    expect(boundsOf('100..200')).toEqual([100, 200]);
    expect(boundsOf('100..')).toEqual([100, null]);
    expect(boundsOf('..200')).toEqual([null, 200]);
    expect(boundsOf('>100..<200')).toEqual([nextUp(100), nextDown(200)]);
    expect(boundsOf('*')).toEqual([null, null]);
  });

  test('are printed as they were asked', () => {
    for (const text of ['>2000', '<0', '>=0.1', '>100..<200', '100..<200', '-5..5', '*', '7']) {
      expect(printQuery(filterOf(`tokens_out:${text}`))).toBe(`tokens_out:${text}`);
    }
  });

  test('of time take units', () => {
    expect(boundsOf('>=2s')).toEqual([2000, null]);
    expect(boundsOf('250ms..1.5min')).toEqual([250, 90_000]);
    expect(remarks('tokens_in:>2s')).toEqual([['>2s', expect.stringContaining('no number')]]);
  });

  test('that are none, too many, backwards or left out are refused', () => {
    expect(remarks('latency:fast')).toEqual([['fast', expect.stringContaining('“fast” is no number')]]);
    expect(remarks('latency:1,000')).toEqual([['latency:1,000', expect.stringContaining('comma')]]);
    expect(remarks('latency:5..1')).toEqual([['5..1', expect.stringContaining('larger')]]);
    expect(remarks('latency:..')).toHaveLength(1);
    expect(remarks('latency:>1e999')).toHaveLength(1);
    expect(remarks('latency:none')).toEqual([['none', expect.stringContaining('not recorded')]]);
    expect(remarks('-latency:>5')).toEqual([['-', expect.stringContaining('left out')]]);
  });

  test('neighbours of a double are the next ones', () => {
    expect(nextUp(1)).toBe(1 + Number.EPSILON);
    expect(nextDown(1)).toBe(1 - Number.EPSILON / 2);
    expect([nextUp(0), nextUp(-0), nextDown(0)]).toEqual([5e-324, 5e-324, -5e-324]);
    expect(nextDown(5e-324)).toBe(0);
    expect(nextUp(-1)).toBeGreaterThan(-1);
  });
});

describe('texts', () => {
  test('are words or quoted phrases; an address is one', () => {
    expect(filterOf('refund "two  words" https://example.com/a?b=c 10:30 it"s').text).toEqual([
      'refund',
      'two  words',
      'https://example.com/a?b=c',
      '10:30',
      'it"s',
    ]);
    expect(filterOf('-').text).toEqual(['-']);
  });

  test('cannot be left out, be empty, or have an open quote', () => {
    expect(remarks('-refund')).toEqual([['-refund', expect.stringContaining('"-refund"')]]);
    expect(remarks('a ""')).toEqual([['""', expect.stringContaining('Nothing')]]);
    expect(remarks('a "open b')).toEqual([['"open b', expect.stringContaining('not closed')]]);
    expect(remarks('model:"a')).toEqual([['"a', expect.stringContaining('not closed')]]);
    expect(remarks('"a"b c')).toEqual([['b', expect.stringContaining('space')]]);
  });
});

describe('a hash', () => {
  test('is one SHA-256, of an input or an output', () => {
    expect(filterOf(`hash:${HASH}`).contentHash).toBe(HASH);
    expect(remarks('hash:abc')).toEqual([['hash:abc', expect.stringContaining('64 digits')]]);
    expect(remarks(`hash:${HASH} hash:${HASH}`)).toEqual([[`hash:${HASH}`, expect.stringContaining('one hash')]]);
    expect(remarks(`-hash:${HASH}`)).toHaveLength(1);
  });
});

describe('limits', () => {
  test('are said, never kept to by cutting', () => {
    expect(remarks('x '.repeat(FILTER_LIMITS.texts + 1))).toHaveLength(1);
    expect(remarks('x'.repeat(FILTER_LIMITS.textLength + 1))).toHaveLength(1);
    expect(remarks('model:a '.repeat(FILTER_LIMITS.terms + 1))).toHaveLength(1);
    expect(
      remarks(
        `model:${Array(FILTER_LIMITS.values + 1)
          .fill('a')
          .join()}`,
      ),
    ).toHaveLength(1);
    expect(remarks(`model:${'x'.repeat(FILTER_LIMITS.valueLength + 1)}`)).toHaveLength(1);
    expect(remarks(`${'k'.repeat(FILTER_LIMITS.keyLength + 1)}:a`)).toHaveLength(1);
    expect(remarks('latency:1 '.repeat(FILTER_LIMITS.numbers + 1))).toHaveLength(1);
  });
});
