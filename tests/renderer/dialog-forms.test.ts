import { describe, expect, test } from 'vitest';
import { EMPTY_RECORD_FIELDS, readRecordFields } from '../../src/renderer/features/record/record-form.ts';
import { EMPTY_BUCKET_FIELDS, readBucketFields } from '../../src/renderer/features/sources/bucket-form.ts';
import { contract } from '../../src/shared/contract.ts';

describe('the record form', () => {
  const filled = {
    ...EMPTY_RECORD_FIELDS,
    input: 'What is a premium?',
    output: 'A price.',
    model: ' gpt-4 ',
    blocked: true,
    blockReason: 'pii',
    detectors: ['pii'],
    latencyMs: 12.5,
    inputTokens: 3,
    metadata: '{"department": "claims", "n": [1, 2.5]}',
  };

  test('means an interaction that the desk takes', () => {
    const reading = readRecordFields(filled);
    if (!reading.ok) throw new Error('not ok');
    const call = { sourceId: 's', interaction: reading.interaction, content: reading.content };
    const taken = contract['entries.record'].input.parse(JSON.parse(JSON.stringify(call)));
    expect(taken.interaction).toMatchObject({
      model: 'gpt-4',
      provider: null,
      safety_passed: false,
      block_reason: 'pii',
      latency_ms: 12.5,
      input_tokens: 3,
      output_tokens: null,
      metadata: { department: 'claims', n: [1, 2.5] },
    });
    expect(taken.content).toEqual({ store: 'hash_only' });
  });

  test('keeps texts as they are typed, white space too', () => {
    const reading = readRecordFields({ ...filled, input: ' a ' });
    expect(reading.ok && reading.interaction.input).toBe(' a ');
  });

  test.each([
    ['{"n": 9007199254740993}', /2\^53/],
    ['{"n": [NaN]}', /NaN/],
    ['[1]', /JSON object/],
    ['{"a"', /no JSON/],
  ])('metadata %s is not let through', (metadata, problem) => {
    const reading = readRecordFields({ ...filled, metadata });
    expect(reading.ok ? '' : reading.problems.metadata).toMatch(problem);
  });

  test('asks for an input, for whole characters, and for a key to encrypt with', () => {
    const reading = readRecordFields({ ...EMPTY_RECORD_FIELDS, output: '\ud800', store: 'encrypted' });
    expect(reading.ok ? [] : Object.keys(reading.problems).sort()).toEqual(['fingerprint', 'input', 'output']);
  });

  test('a block reason typed before the tick was taken out is not recorded', () => {
    const reading = readRecordFields({ ...filled, blocked: false });
    expect(reading.ok && reading.interaction.block_reason).toBeNull();
  });
});

describe('the bucket form', () => {
  const named = { ...EMPTY_BUCKET_FIELDS, bucket: ' audit-logs ' };

  test('means a location without credentials by default', () => {
    expect(readBucketFields(named)).toEqual({
      ok: true,
      location: {
        kind: 'bucket',
        bucket: 'audit-logs',
        prefix: 'audit/',
        region: null,
        endpoint: null,
        pathStyle: false,
        profile: null,
      },
      credentials: null,
    });
  });

  test('typed credentials are beside the location, never in it', () => {
    const request = readBucketFields({
      ...named,
      credentials: 'typed',
      profile: 'left over',
      accessKeyId: 'AKIA',
      secretAccessKey: 'secret ',
    });
    if (!request.ok) throw new Error('not ok');
    expect(request.credentials).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 'secret ', sessionToken: null });
    expect(JSON.stringify(request.location)).not.toMatch(/secret|AKIA|left over/);
  });

  test('names the field that cannot stay', () => {
    const problems = (fields: Partial<typeof named>) => {
      const request = readBucketFields({ ...named, ...fields });
      return request.ok ? [] : Object.keys(request.problems);
    };
    expect(problems({ bucket: ' ' })).toEqual(['bucket']);
    expect(problems({ endpoint: 'minio:9000' })).toEqual(['endpoint']);
    expect(problems({ endpoint: 'ftp://minio' })).toEqual(['endpoint']);
    expect(problems({ credentials: 'profile' })).toEqual(['profile']);
    expect(problems({ credentials: 'typed' })).toEqual(['accessKeyId', 'secretAccessKey']);
  });
});
