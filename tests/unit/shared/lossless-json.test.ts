import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, memberTexts, parseJson, readJson, writeJson } from '../../../src/shared/lossless-json.ts';

describe('parseJson', () => {
  it('reads NaN and the infinities', () => {
    expect(parseJson('[NaN, Infinity, -Infinity]')).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it('keeps every digit of integers past 2^53, also negative ones', () => {
    expect(parseJson('{"a": 9007199254740993, "b": -123456789012345678901234567890}')).toEqual({
      a: 9007199254740993n,
      b: -123456789012345678901234567890n,
    });
    expect(parseJson('9007199254740991')).toBe(9007199254740991);
    expect(parseJson('9007199254740992')).toBe(9007199254740992n);
  });

  it('lets the last of two equal keys win, on both paths', () => {
    expect(parseJson('{"a": 1, "a": 2}')).toEqual({ a: 2 });
    expect(parseJson('{"a": NaN, "a": 2}')).toEqual({ a: 2 });
  });

  it.each(['{"__proto__": {"polluted": true}}', '{"__proto__": {"polluted": true}, "n": NaN}'])(
    'keeps __proto__ as a plain key: %s',
    (text) => {
      const value = parseJson(text);
      expect(Object.keys(value as object)).toContain('__proto__');
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );

  it('keeps half a surrogate pair as it is escaped', () => {
    expect(parseJson('["\\ud83d", NaN]')).toEqual(['\ud83d', Number.NaN]);
  });

  it.each([
    ['', /cut off/],
    ['{"a": ', /cut off/],
    ['{"a": "b', /cut off/],
    ['{"a" 1}', /character 6/],
    ['[1, 2', /cut off/],
    ['[1 2]', /character 4/],
    ['[01]', /character 3/],
    ['[1.]', /character 4/],
    ['[-]', /character 3/],
    ['nope', /character 1/],
    ['"\\x"', /character 3/],
    ['"\n"', /character 2/],
    ['{} {}', /character 4/],
    ['{"a": 1,}', /character 9/],
    ["{'a': 1}", /character 2/],
  ])('refuses %j with the place', (text, reason) => {
    expect(() => parseJson(text)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
    expect(() => parseJson(text)).toThrow(reason);
  });

  it('reads 1,000 levels and reports 1,001 by reason, on both paths', () => {
    const nested = (levels: number, core: string) => '['.repeat(levels) + core + ']'.repeat(levels);
    for (const core of ['1', 'NaN']) {
      expect(readJson(nested(1000, core)).ok).toBe(true);
      expect(readJson(nested(1001, core))).toEqual({ ok: false, reason: 'It is nested deeper than 1000 levels.' });
    }
  });

  it('reports 5,000,000 levels at once', () => {
    const started = performance.now();
    expect(readJson('['.repeat(5_000_000)).ok).toBe(false);
    expect(readJson(`{"a":${'['.repeat(5_000_000)}`).ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('is not misled by brackets in texts', () => {
    const text = JSON.stringify({ a: `${'['.repeat(5000)}\\"${'{'.repeat(5000)}\\`, b: 1 });
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('reports an integer of 100,001 digits instead of working on it for minutes', () => {
    expect(readJson('9'.repeat(100_001)).ok).toBe(false);
    expect(readJson('9'.repeat(100_000)).ok).toBe(true);
  });

  it('agrees with JSON.parse on everything JSON.parse reads without loss', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
        expect(parseJson(`[NaN, ${text}]`)).toEqual([Number.NaN, JSON.parse(text)]);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what JSON.parse refuses, but for what Python writes', () => {
    const mutated = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '-', ' ', '\u0001'),
    );
    fc.assert(
      fc.property(mutated, ([json, seed, inserted]) => {
        const at = seed % (json.length + 1);
        const text = json.slice(0, at) + inserted + json.slice(at + 1);
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        expect(readJson(text).ok).toBe(accepted);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('writeJson', () => {
  it("writes as Python's json.dumps does", () => {
    const value: JsonValue = {
      a: [1, 2.5, true, null],
      ü: 'é\u007f\n"\\/ \ud83d\udd10 \ud83d',
      n: Number.NaN,
      big: 2n ** 70n,
    };
    expect(writeJson(value)).toBe(
      '{"a": [1, 2.5, true, null], "\\u00fc": "\\u00e9\\u007f\\n\\"\\\\/ \\ud83d\\udd10 \\ud83d", "n": NaN, "big": 1180591620717411303424}',
    );
  });

  it.each([
    [1e16, '1e+16'],
    [9007199254740994, '9007199254740994.0'],
    [1.5e300, '1.5e+300'],
    [0.00001, '1e-05'],
    [0.0001, '0.0001'],
    [-0, '-0.0'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('writes the number %d as Python does', (value, text) => {
    expect(writeJson(value)).toBe(text);
    expect(parseJson(text)).toBe(value);
  });

  it('reads back as the same value, always', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.bigInt(), fc.string({ unit: 'binary' }), (value, big, text) => {
        const written = writeJson([value as JsonValue, big, text]);
        const expected = Number.isSafeInteger(Number(big)) ? Number(big) : big;
        expect(parseJson(written)).toEqual([value, expected, text]);
        expect(/^[ -~]*$/.test(written)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what JSON cannot hold', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const value of [undefined, () => 1, new Date(), Symbol('x'), circle, { a: undefined }]) {
      expect(() => writeJson(value as JsonValue)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
    }
  });
});

describe('memberTexts', () => {
  it('gives every member with its source text', () => {
    expect(memberTexts(' {"a": 1.50, "b": {"x": [NaN, 9007199254740993]} , "a": "\\u00e9"} ')).toEqual([
      { name: 'a', json: '1.50' },
      { name: 'b', json: '{"x": [NaN, 9007199254740993]}' },
      { name: 'a', json: '"\\u00e9"' },
    ]);
    expect(memberTexts('{}')).toEqual([]);
    expect(memberTexts('{"a":{},"b":[]}')).toEqual([
      { name: 'a', json: '{}' },
      { name: 'b', json: '[]' },
    ]);
  });

  it('refuses what is no object', () => {
    for (const text of ['[1]', 'null', '{"a": ', '"x"']) {
      expect(() => memberTexts(text)).toThrowError(expect.objectContaining({ code: 'invalid_argument' }));
    }
  });
});
