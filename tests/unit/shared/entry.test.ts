import { describe, expect, it } from 'vitest';
import { type AuditEntry, contentKind, ENTRY_FIELDS, entryFromJson, entryToJson } from '../../../src/shared/entry.ts';

const ENTRY: AuditEntry = {
  id: 'e-1',
  timestamp: '2026-01-28T10:00:00.123456',
  input_hash: 'aa',
  output_hash: 'bb',
  input_content: 'schön',
  output_content: null,
  provider: 'openai',
  model: null,
  conversation_id: null,
  safety_passed: false,
  detectors_triggered: ['pii'],
  block_reason: 'pii',
  alerts: [],
  latency_ms: 1.5,
  input_tokens: 9007199254740993n,
  output_tokens: 2,
  metadata: { score: Number.NaN },
};

describe('entryToJson', () => {
  it('writes exactly the 17 fields in their order, in the style of Python', () => {
    expect(entryToJson(ENTRY)).toBe(
      '{"id": "e-1", "timestamp": "2026-01-28T10:00:00.123456", "input_hash": "aa", "output_hash": "bb", ' +
        '"input_content": "sch\\u00f6n", "output_content": null, "provider": "openai", "model": null, "conversation_id": null, ' +
        '"safety_passed": false, "detectors_triggered": ["pii"], "block_reason": "pii", "alerts": [], "latency_ms": 1.5, ' +
        '"input_tokens": 9007199254740993, "output_tokens": 2, "metadata": {"score": NaN}}',
    );
  });

  it('leaves out fields the format does not know', () => {
    const more = { reviewer: 'A. N.', ...ENTRY };
    expect(Object.keys(entryFromJson(entryToJson(more)))).toEqual([...ENTRY_FIELDS]);
  });

  it('refuses an entry that could not be read again', () => {
    for (const wrong of [
      { id: '' },
      { timestamp: 'now' },
      { alerts: [1] },
      { safety_passed: 'yes' },
      { metadata: [] },
    ]) {
      const entry = { ...ENTRY, ...wrong } as unknown as AuditEntry;
      expect(() => entryToJson(entry)).toThrowError(expect.objectContaining({ code: 'invalid_entry' }));
    }
  });
});

describe('entryFromJson', () => {
  it('reads back what entryToJson wrote', () => {
    expect(entryFromJson(entryToJson(ENTRY))).toEqual(ENTRY);
  });

  it('fills in defaults', () => {
    const least = { id: 'x', timestamp: '2026-01-28T10:00:00', input_hash: 'a', output_hash: 'b' };
    expect(entryFromJson(least)).toMatchObject({
      safety_passed: true,
      alerts: [],
      latency_ms: 0,
      metadata: {},
      model: null,
    });
  });

  it('refuses what is no entry', () => {
    for (const text of ['', 'null', '{}', '{"id": "SECRET"}']) {
      expect(() => entryFromJson(text)).toThrowError(expect.objectContaining({ code: 'invalid_entry' }));
    }
  });
});

describe('contentKind', () => {
  it.each([
    [null, 'none'],
    ['', 'plain'],
    ['hello', 'plain'],
    ['gAAAAA', 'plain'],
    ['gAAAAABlx_-=', 'encrypted'],
    ['Z0FBQUFBQmw=', 'encrypted'],
    ['Z0FBQUFBQmw= and more', 'plain'],
    ['gAAAAABlx\n', 'plain'],
  ] as const)('tells %j as %s', (stored, kind) => {
    expect(contentKind(stored)).toBe(kind);
  });

  it('is quick on 64 million characters', () => {
    const started = performance.now();
    expect(contentKind(`Z0FBQUFB${'A'.repeat(64_000_000)}`)).toBe('encrypted');
    expect(contentKind(`Z0FBQUFB${'A'.repeat(64_000_000)} `)).toBe('plain');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
