import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { S3Storage } from '../../../src/main/audit/storage/s3-storage.ts';
import type { ScannedLine } from '../../../src/main/audit/storage/storage-backend.ts';
import { entryOf, objectOf } from '../../support/s3/s3-entries.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/python-reference');

let server: S3TestServer;
let buckets = 0;

beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.stop());

async function newBucket(): Promise<string> {
  buckets += 1;
  const bucket = `bucket-${buckets}`;
  await server.createBucket(bucket);
  return bucket;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('a bucket that the Python original wrote', () => {
  let storage: S3Storage;
  let expected: {
    readonly count: number;
    readonly entries: readonly { readonly id: string; readonly timestamp: string }[];
  };

  beforeAll(async () => {
    await server.createBucket('audit-bucket');
    await server.uploadFolder('audit-bucket', join(FIXTURES, 's3/audit-bucket'));
    expected = JSON.parse(await readFile(join(FIXTURES, 's3-objects.expected.json'), 'utf8'));
    storage = new S3Storage(server.options('audit-bucket', 'prod/audit'));
  });
  afterAll(() => storage.close());

  test('lists every entry by time', async () => {
    const { entries, unreadable } = await storage.listEntries();
    expect(unreadable).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(expected.entries.map(({ id }) => id));
    expect(await storage.count()).toBe(expected.count);
  });

  test('lists the 29th, 30th and 31st of a month like any other day', async () => {
    const { entries } = await storage.listEntries({ start: '2026-01-29', end: '2026-01-31' });
    const wanted = expected.entries.filter(({ timestamp }) => /^2026-01-(29|30|31)/.test(timestamp));
    expect(wanted.length).toBeGreaterThan(20);
    expect(entries.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
  });

  test('takes both ends of a range in, to the microsecond', async () => {
    const { timestamp, id } = expected.entries[1] ?? { timestamp: '', id: '' };
    expect(timestamp).toMatch(/\.\d{6}$/);
    expect((await storage.listEntries({ start: timestamp, end: timestamp })).entries.map((found) => found.id)).toEqual([
      id,
    ]);
    const before = `${timestamp.slice(0, -1)}${Number(timestamp.at(-1)) - 1}`;
    expect((await storage.listEntries({ start: before, end: before })).entries).toEqual([]);
  });

  test('finds an entry by its id without knowing its day, and says null where there is none', async () => {
    const fresh = new S3Storage(server.options('audit-bucket', 'prod/audit'));
    for (const { id, timestamp } of expected.entries.slice(40, 43)) {
      expect(await fresh.read(id)).toMatchObject({ id, timestamp });
      expect(await fresh.read(id)).toMatchObject({ id, timestamp });
    }
    expect(await fresh.read('00000000-0000-4000-8000-000000000000')).toBeNull();
    await fresh.close();
  });

  test('is read from the root of the bucket too', async () => {
    const root = new S3Storage(server.options('audit-bucket', ''));
    expect((await root.listEntries()).entries).toHaveLength(expected.count);
    expect((await root.listEntries({ start: '2026-01-29', end: '2026-01-29' })).entries.length).toBeGreaterThan(0);
    const id = expected.entries[7]?.id ?? '';
    expect(await root.read(id)).toMatchObject({ id });
    await root.close();
  });

  test('is scanned in the order of keys, each with its bytes, which can be read again', async () => {
    const keys = await server.keys('audit-bucket');
    const seen: string[] = [];
    for await (const line of storage.scan()) {
      if (line.kind !== 'entry') throw new Error(line.reason);
      seen.push(line.location.file);
      if (seen.length % 30 !== 0) continue;
      const raw = Buffer.from(line.raw);
      expect(JSON.parse(raw.toString())).toMatchObject({ id: line.entry.id });
      expect(Buffer.from(await storage.readLine(line.location)).equals(raw)).toBe(true);
    }
    expect(seen).toEqual(keys);
  });

  test('tells its objects without reading them', async () => {
    const objects = await all(storage.listObjects());
    expect(objects.map(({ key }) => key)).toEqual(await server.keys('audit-bucket'));
    const [first] = objects;
    if (first === undefined) throw new Error('no objects');
    expect(first.etag).toMatch(/^[0-9a-f]{32}$/);
    expect((await storage.getObject(first.key)).byteLength).toBe(first.size);
    expect(await storage.probe()).toBe(1);
  });
});

describe('a bucket that is written here', () => {
  test('has the key of the original, its content type and its bytes', async () => {
    const bucket = await newBucket();
    const storage = new S3Storage(server.options(bucket));
    const written = entryOf('a-1', '2026-01-31T23:59:59.999999', { metadata: { big: 2n ** 70n, text: 'ä' } });
    expect(await storage.write(written)).toBe('a-1');
    expect(await server.keys(bucket)).toEqual(['audit/2026-01-31/a-1.json']);
    const answer = await fetch(`${server.endpoint}/${bucket}/audit/2026-01-31/a-1.json`);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toMatch(
      /^\{"id": "a-1", .*"metadata": \{"big": 1180591620717411303424, "text": "\\u00e4"\}\}$/,
    );
    expect(await storage.read('a-1')).toEqual(written);
    await storage.close();
  });

  test('takes the same entry again, and refuses another one under its key', async () => {
    const storage = new S3Storage(server.options(await newBucket()));
    const first = entryOf('a-1', '2026-01-31T10:00:00');
    await storage.write(first);
    await storage.write(first);
    await expect(storage.write({ ...first, provider: 'other' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await storage.read('a-1')).toEqual(first);
    await storage.close();
  });

  test('takes an entry of some megabytes', async () => {
    const storage = new S3Storage(server.options(await newBucket()));
    const large = entryOf('large', '2026-01-31T10:00:00', { input_content: 'ä'.repeat(1_000_000) });
    await storage.write(large);
    expect(await storage.read('large')).toEqual(large);
    await storage.close();
  });

  test('with an id on two days reads the one written last, and deletes both', async () => {
    const bucket = await newBucket();
    const storage = new S3Storage(server.options(bucket));
    await storage.write(entryOf('twice', '2026-02-02T10:00:00'));
    await storage.write(entryOf('twice', '2026-01-01T10:00:00'));
    await storage.write(entryOf('other', '2026-01-01T10:00:00'));
    expect(await storage.read('twice')).toMatchObject({ timestamp: '2026-01-01T10:00:00' });
    expect(await storage.delete('twice')).toBe(true);
    expect(await server.keys(bucket)).toEqual(['audit/2026-01-01/other.json']);
    await storage.close();
  });

  test('removes one entry by id, and says false where there is none', async () => {
    const bucket = await newBucket();
    const storage = new S3Storage(server.options(bucket, ''));
    await storage.write(entryOf('a-1', '2026-01-31T10:00:00'));
    await storage.write(entryOf('a-2', '2026-01-31T10:00:00'));
    expect(await storage.delete('a-1')).toBe(true);
    expect(await storage.delete('a-1')).toBe(false);
    expect(await storage.read('a-1')).toBeNull();
    expect(await server.keys(bucket)).toEqual(['2026-01-31/a-2.json']);
    await storage.close();
  });

  test('answers a range that ends before it begins, and an end that is no time, with their codes', async () => {
    const storage = new S3Storage(server.options(await newBucket()));
    await expect(storage.listEntries({ start: '2026-02-01', end: '2026-01-01' })).rejects.toMatchObject({
      code: 'invalid_range',
    });
    await expect(storage.listEntries({ start: 'yesterday' })).rejects.toMatchObject({ code: 'invalid_argument' });
    await storage.close();
    await storage.close();
    await expect(storage.count()).rejects.toMatchObject({ code: 'source_not_open' });
  });
});

describe('objects that another program left', () => {
  let storage: S3Storage;
  let bucket: string;

  beforeAll(async () => {
    bucket = await newBucket();
    const put = (key: string, body: string | Uint8Array) => server.putObject(bucket, key, body);
    await put('audit/2026-03-01/good.json', `${objectOf('good', '2026-03-01T10:00:00')}\r\n`);
    await put('audit/2026-03-01/marked.json', `\ufeff${objectOf('marked', '2026-03-01T11:00:00')}`);
    await put('audit/2026-03-01/offset.json', objectOf('offset', '2026-03-02T01:00:00+02:00'));
    await put('audit/2026-03-01/broken.json', '{"id": "broken"');
    await put('audit/2026-03-01/empty.json', '');
    await put('audit/2026-03-01/binary.json', new Uint8Array([0x7b, 0xff, 0xfe]));
    await put('audit/2026-03-01/README.txt', 'not part of the log');
    await put('audit/2026-03-01/', '');
    await put('audit/loose.json', objectOf('loose', '2026-03-05T10:00:00'));
    await put('audit/imported/deep/er.json', objectOf('imported', '2025-12-31T10:00:00'));
    await put('other/2026-03-01/outside.json', objectOf('outside', '2026-03-01T10:00:00'));
    storage = new S3Storage(server.options(bucket));
  });
  afterAll(() => storage.close());

  test('are read where they can be, and named with their reason where they cannot', async () => {
    const { entries, unreadable } = await storage.listEntries();
    expect(entries.map(({ id }) => id)).toEqual(['imported', 'good', 'marked', 'offset', 'loose']);
    expect(unreadable.map(({ file }) => file)).toEqual([
      'audit/2026-03-01/binary.json',
      'audit/2026-03-01/broken.json',
      'audit/2026-03-01/empty.json',
    ]);
    for (const { reason, line } of unreadable) {
      expect(reason).toMatch(/^[A-Z].{10,}\.$/);
      expect(line).toBeNull();
    }
    expect(await storage.count()).toBe(5);
  });

  test('count by their own time, wherever their key lies', async () => {
    const ids = async (start: string, end: string) =>
      (await storage.listEntries({ start, end })).entries.map(({ id }) => id);
    expect(await ids('2025-12-31', '2025-12-31')).toEqual(['imported']);
    expect(await ids('2026-03-05', '2026-03-05')).toEqual(['loose']);
    expect(await ids('2026-03-01T23:00:00', '2026-03-01T23:00:00')).toEqual(['offset']);
    expect(await ids('2026-03-01', '2026-03-01')).toEqual(['good', 'marked', 'offset']);
  });

  test('are found by id', async () => {
    expect(await storage.read('loose')).toMatchObject({ timestamp: '2026-03-05T10:00:00' });
    expect(await storage.read('imported')).toMatchObject({ timestamp: '2025-12-31T10:00:00' });
    expect(await storage.read('broken')).toBeNull();
    expect(await storage.read('outside')).toBeNull();
  });

  test('have their place without byte order mark and line end', async () => {
    const lines = (await all(storage.scan())).filter((line) => line.kind === 'entry');
    const places = new Map(lines.map(({ location }) => [location.file, location]));
    expect(places.get('audit/2026-03-01/marked.json')?.byteOffset).toBe(3);
    for (const place of places.values()) {
      const text = Buffer.from(await storage.readLine(place)).toString();
      expect(text).toMatch(/^\{.*\}$/);
    }
  });

  test('outside the prefix cannot be reached by their key', async () => {
    const place = { file: 'other/2026-03-01/outside.json', byteOffset: 0, byteLength: 5 };
    await expect(storage.readLine(place)).rejects.toMatchObject({ code: 'invalid_argument' });
    await expect(storage.getObject(place.file)).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  test('that changed or went since they were read are said to have', async () => {
    const file = 'audit/2026-03-01/good.json';
    const grown = { file, byteOffset: 0, byteLength: 5 };
    await expect(storage.readLine(grown)).rejects.toMatchObject({ code: 'entry_changed' });
    await expect(storage.readLine({ ...grown, byteLength: 10_000 })).rejects.toMatchObject({ code: 'entry_changed' });
    await expect(storage.readLine({ ...grown, file: 'audit/gone.json' })).rejects.toMatchObject({
      code: 'entry_changed',
    });
    await expect(storage.getObject('audit/gone.json')).rejects.toMatchObject({ code: 'entry_not_found' });
  });
});

describe('a cleanup', () => {
  async function filled(): Promise<{ bucket: string; storage: S3Storage; keys: string[] }> {
    const bucket = await newBucket();
    await server.putObject(bucket, 'audit/2026-03-01/a.json', objectOf('a', '2026-03-01T10:00:00'));
    await server.putObject(bucket, 'audit/2026-03-02/b.json', objectOf('b', '2026-03-02T10:00:00.000000'));
    await server.putObject(bucket, 'audit/2026-03-02/c.json', objectOf('c', '2026-03-02T10:00:00.000001'));
    await server.putObject(bucket, 'audit/2026-03-02/bad.json', '{');
    await server.putObject(bucket, 'audit/2026-03-09/d.json', objectOf('d', '2026-03-09T10:00:00'));
    await server.putObject(bucket, 'audit/old.json', objectOf('old', '2020-01-01T00:00:00'));
    await server.putObject(bucket, 'audit/notes.txt', 'kept');
    return { bucket, storage: new S3Storage(server.options(bucket)), keys: await server.keys(bucket) };
  }
  const upToUs = Date.UTC(2026, 2, 2, 10) * 1000;
  const files = [
    { file: 'audit/2026-03-01/', removed: 1, kept: 0, unreadable: 0, outcome: 'removed' },
    { file: 'audit/2026-03-02/', removed: 1, kept: 1, unreadable: 1, outcome: 'rewritten' },
    { file: 'audit/2026-03-09/', removed: 0, kept: 1, unreadable: 0, outcome: 'untouched' },
    { file: 'audit/', removed: 1, kept: 0, unreadable: 0, outcome: 'removed' },
  ];

  test('removes what is at or before the cutoff to the microsecond, and nothing that it cannot read', async () => {
    const { bucket, storage } = await filled();
    const progress: number[] = [];
    const report = await storage.deleteMany(
      { upToUs },
      { onProgress: ({ done, total }) => progress.push(done / total) },
    );
    expect(report).toMatchObject({ removed: 3, kept: 2, unreadableKept: 1, stopped: false });
    expect(report.files).toHaveLength(4);
    for (const file of files) expect(report.files).toContainEqual(file);
    expect(progress.at(-1)).toBe(1);
    expect(await server.keys(bucket)).toEqual([
      'audit/2026-03-02/bad.json',
      'audit/2026-03-02/c.json',
      'audit/2026-03-09/d.json',
      'audit/notes.txt',
    ]);
    await storage.close();
  });

  test('that is only rehearsed tells the same and removes nothing', async () => {
    const { bucket, storage, keys } = await filled();
    const report = await storage.deleteMany({ upToUs }, { dryRun: true });
    expect(report).toMatchObject({ removed: 3, kept: 2, unreadableKept: 1 });
    expect(await server.keys(bucket)).toEqual(keys);
    await storage.close();
  });

  test('that was stopped before it began removes nothing and says so', async () => {
    const { bucket, storage, keys } = await filled();
    const report = await storage.deleteMany({ upToUs }, { signal: AbortSignal.abort() });
    expect(report).toEqual({ removed: 0, kept: 0, unreadableKept: 0, files: [], stopped: true });
    expect(await server.keys(bucket)).toEqual(keys);
    await storage.close();
  });

  test('by ids takes every object that holds one of them, and refuses an id with a path in it', async () => {
    const { bucket, storage, keys } = await filled();
    await server.putObject(bucket, 'audit/2026-03-05/a.json', objectOf('a', '2026-03-05T10:00:00'));
    await expect(storage.deleteMany({ ids: new Set(['a', '../b']) })).rejects.toMatchObject({ code: 'invalid_id' });
    expect((await storage.deleteMany({ ids: new Set(['a', 'old', 'bad', 'nobody']) })).removed).toBe(3);
    expect(await server.keys(bucket)).toEqual(keys.filter((key) => !/\/(a|old)\.json$/.test(key)));
    await storage.close();
  });
});

test('a scan stops when its signal fires', async () => {
  const bucket = await newBucket();
  for (let n = 0; n < 5; n += 1)
    await server.putObject(bucket, `audit/2026-03-01/${n}.json`, objectOf(String(n), '2026-03-01T10:00:00'));
  const storage = new S3Storage({ ...server.options(bucket), concurrency: 1 });
  const stop = new AbortController();
  const seen: ScannedLine[] = [];
  const scan = async () => {
    for await (const line of storage.scan({ signal: stop.signal })) {
      seen.push(line);
      stop.abort();
    }
  };
  await expect(scan()).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen).toHaveLength(1);
  await storage.close();
});
