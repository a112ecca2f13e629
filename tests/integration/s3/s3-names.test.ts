import { describe, expect, test } from 'vitest';
import {
  dayMayHold,
  dayOfFolder,
  keyOf,
  normalizePrefix,
  partsOfKey,
} from '../../../src/main/audit/storage/s3-keys.ts';
import { formatS3Url, parseS3Url } from '../../../src/main/audit/storage/s3-url.ts';
import { AuditError } from '../../../src/shared/errors.ts';
import { parseTimestamp } from '../../../src/shared/timestamp.ts';

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof AuditError ? error.code : String(error);
  }
  return 'no error';
}

function microseconds(text: string): number {
  const epochUs = parseTimestamp(text);
  if (epochUs === null) throw new Error(`${text} is no time`);
  return epochUs;
}

describe('keys', () => {
  test('name an entry by the day of its timestamp, also the last days of a month', () => {
    expect(keyOf('audit/', 'a-1', microseconds('2026-01-31T23:59:59.999999'))).toBe('audit/2026-01-31/a-1.json');
    expect(keyOf('', 'a-1', microseconds('2026-02-01T00:00:00'))).toBe('2026-02-01/a-1.json');
  });

  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/../b',
    'a\\b',
    'a/b',
    '%2e%2e',
    'a%2Fb',
    'nul\0',
    'line\nbreak',
    'del\u007f',
    'half\ud800',
    'x'.repeat(1025),
    'ä'.repeat(510),
  ])('refuse the id %j', (id) => {
    expect(codeOf(() => keyOf('audit/', id, 0))).toBe('invalid_id');
  });

  test.each(['3f0c9a52', 'a.b-c_d', 'ärger & co', '100%', 'x'.repeat(1002)])('take the id %j', (id) => {
    expect(partsOfKey('audit/', keyOf('audit/', id, 0))).toEqual({ day: '1970-01-01', id });
  });

  test('of another form have neither day nor id', () => {
    for (const key of ['p/x.json', 'p/2026-01-01/sub/x.json', 'p/2026-01-01/.json', 'p/2026-1-1/x.json']) {
      expect(partsOfKey('p/', key)).toEqual({ day: null, id: null });
    }
    expect(dayOfFolder('p/', 'p/2026-01-29/')).toBe('2026-01-29');
    expect(dayOfFolder('p/', 'p/archive/')).toBeNull();
  });

  test('may hold an entry of a range from a day before it to a day after it', () => {
    const fromUs = microseconds('2026-01-30T00:00:00');
    const toUs = microseconds('2026-01-31T12:00:00');
    const days = ['2026-01-28', '2026-01-29', '2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'];
    expect(days.filter((day) => dayMayHold(day, { fromUs, toUs }))).toEqual(days.slice(1, 5));
    expect(
      days.filter((day) => dayMayHold(day, { fromUs: Number.NEGATIVE_INFINITY, toUs: Number.POSITIVE_INFINITY })),
    ).toEqual(days);
  });

  test.each([
    ['', ''],
    ['/', ''],
    ['audit', 'audit/'],
    ['audit/', 'audit/'],
    ['audit//', 'audit/'],
    ['prod/audit', 'prod/audit/'],
  ])('begin with the prefix %j as %j', (prefix, normalized) => {
    expect(normalizePrefix(prefix)).toBe(normalized);
  });
});

describe('addresses', () => {
  test('name bucket, prefix and how it is reached', () => {
    expect(
      parseS3Url(
        's3://logs/prod/audit?region=eu-west-1&endpoint=http%3A%2F%2F127.0.0.1%3A9000&pathStyle=false&profile=ops',
      ),
    ).toEqual({
      bucket: 'logs',
      prefix: 'prod/audit/',
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:9000',
      pathStyle: false,
      profile: 'ops',
    });
    expect(parseS3Url('s3://logs?endpoint=http://127.0.0.1:9000')).toMatchObject({ endpoint: 'http://127.0.0.1:9000' });
  });

  test('without a path have the empty prefix', () => {
    expect(parseS3Url('s3://logs')).toEqual({ bucket: 'logs', prefix: '' });
    expect(parseS3Url('s3://logs/?region=us-east-1')).toEqual({ bucket: 'logs', prefix: '', region: 'us-east-1' });
  });

  test.each([
    { bucket: 'logs', prefix: '' },
    { bucket: 'logs', prefix: 'größe 100%?/a#b/' },
    {
      bucket: 'my.logs',
      prefix: 'audit/',
      region: 'eu-central-1',
      endpoint: 'https://s3.example.org:9000',
      pathStyle: true,
      profile: 'a b',
    },
  ])('are read back as they were written: $bucket/$prefix', (options) => {
    expect(parseS3Url(formatS3Url(options))).toEqual(options);
  });

  test.each([
    's3://',
    's3:///audit',
    'http://logs/audit',
    's3://key:secret@logs/audit',
    's3://logs/%zz',
    's3://logs?regoin=x',
    's3://logs?region=a&region=b',
    's3://logs?pathStyle=maybe',
    's3://logs?endpoint=ftp://x',
    's3://logs?endpoint=http://user:pw@x',
    's3://logs#x',
  ])('are refused with invalid_argument: %s', (url) => {
    expect(codeOf(() => parseS3Url(url))).toBe('invalid_argument');
  });

  test('with credentials in them are refused without repeating them', () => {
    expect(() => parseS3Url('s3://AKIA:topsecret@logs')).toThrow(/^(?!.*topsecret)/);
  });
});
