/** What S3Storage makes of a server that fails. Tests run side by side, each behind a proxy of its own. */
import { setTimeout as wait } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditErrorCode, isAuditError, S3Storage, type S3StorageOptions } from '../../../src/main/audit/index.ts';
import { type FaultEffect, type FaultyProxy, startFaultyProxy } from '../../support/s3/faulty-proxy.ts';
import { batchSizes, imagineBucket } from '../../support/s3/imagined-bucket.ts';
import { entryOf, objectOf } from '../../support/s3/s3-entries.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';

/** No failure may take longer to be told. */
const LONGEST_MS = 30_000;

let server: S3TestServer;
let buckets = 0;
const stages: Stage[] = [];

beforeAll(async () => {
  server = await startS3Server();
});
afterAll(async () => {
  for (const { proxy, storage } of stages) {
    await proxy.stop();
    await storage.close();
  }
  await server.stop();
});

interface Stage {
  readonly bucket: string;
  readonly proxy: FaultyProxy;
  readonly storage: S3Storage;
}

/** A bucket with these objects, a proxy before it and a storage that goes through the proxy. */
async function stage(
  objects: Readonly<Record<string, string>> = {},
  options: Partial<S3StorageOptions> & { readonly conditionalWrites?: boolean } = {},
): Promise<Stage> {
  buckets += 1;
  const bucket = `fault-${buckets}`;
  await server.createBucket(bucket);
  const waiting = Object.entries(objects);
  const upload = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      await server.putObject(bucket, next[0], next[1]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, upload));
  const { conditionalWrites = true, ...storageOptions } = options;
  const proxy = await startFaultyProxy(server, { conditionalWrites });
  const storage = new S3Storage({ ...server.options(bucket), endpoint: proxy.endpoint, ...storageOptions });
  stages.push({ bucket, proxy, storage });
  return { bucket, proxy, storage };
}

interface Failure {
  readonly code: AuditErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** Everything that a log or a debugger would show of it. */
  readonly shown: string;
  readonly elapsedMs: number;
}

/** The AuditError that a promise ends with. */
async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const startedMs = performance.now();
  try {
    await work;
  } catch (error) {
    if (!isAuditError(error)) throw error;
    const elapsedMs = performance.now() - startedMs;
    const shown = inspect(error, { depth: 20, showHidden: true });
    return { code: error.code, message: error.message, details: error.details, shown, elapsedMs };
  }
  throw new Error('it did not fail');
}

const DAY = 'audit/2026-03-01';
const ENTRY = entryOf('a-1', '2026-03-01T10:00:00');
const ONE = { [`${DAY}/a-1.json`]: objectOf('a-1', '2026-03-01T10:00:00') };

describe.concurrent('a write', { timeout: 60_000 }, () => {
  test('that meets 503 twice is tried again and stores one object', async () => {
    const { bucket, proxy, storage } = await stage();
    proxy.inject({ times: 2, effect: { kind: 'error', status: 503, code: 'SlowDown' } });
    expect(await storage.write(ENTRY)).toBe('a-1');
    expect(proxy.count('put')).toBe(3);
    expect(await server.keys(bucket)).toEqual([`${DAY}/a-1.json`]);
  });

  test('that meets 503 for ever says so within 30 seconds, and can be sent again', async () => {
    const { bucket, proxy, storage } = await stage();
    proxy.inject({ effect: { kind: 'error', status: 503, code: 'SlowDown' } });
    const failure = await failureOf(storage.write(ENTRY));
    expect(failure).toMatchObject({
      code: 'service_unavailable',
      details: { bucket, s3Code: 'SlowDown', status: 503 },
    });
    expect(failure.elapsedMs).toBeLessThan(LONGEST_MS);
    proxy.clear();
    await storage.write(ENTRY);
    expect(await server.keys(bucket)).toHaveLength(1);
  });

  test('whose connection breaks after the object was stored counts once, and never overwrites, in 200 of 200', async () => {
    const { bucket, proxy, storage } = await stage();
    const entries = Array.from({ length: 200 }, (_, n) => entryOf(`e-${n}`, '2026-03-01T10:00:00', { latency_ms: n }));
    const taken = entries.filter((_, n) => n % 10 === 0);
    for (const { id } of taken) await server.putObject(bucket, `${DAY}/${id}.json`, 'of another writer');
    const broken = new Set<string>();
    proxy.inject({
      when: ({ operation, key }) => operation === 'put' && !broken.has(key) && broken.add(key) !== undefined,
      effect: { kind: 'break', after: true },
    });
    const outcomes = await Promise.allSettled(entries.map((entry) => storage.write(entry)));
    expect(broken.size).toBe(200);
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []));
    expect(failed).toEqual(taken.map(() => 'conflict'));
    const listing = await storage.listEntries();
    expect(listing.entries.map(({ id }) => id).toSorted()).toEqual(
      entries
        .filter((entry) => !taken.includes(entry))
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(listing.unreadable).toHaveLength(taken.length);
    expect(await server.keys(bucket)).toHaveLength(200);
  });

  test('works on a server that refuses the condition, and does not overwrite there either', async () => {
    const { proxy, storage } = await stage(ONE);
    proxy.inject({
      when: ({ headers }) => headers['if-none-match'] !== undefined,
      effect: { kind: 'error', status: 501, code: 'NotImplemented' },
    });
    await storage.write(entryOf('a-2', '2026-03-01T10:00:00'));
    expect(await failureOf(storage.write(ENTRY))).toMatchObject({ code: 'conflict' });
    await storage.write(entryOf('a-3', '2026-03-01T10:00:00'));
    expect(proxy.requests.filter(({ headers }) => headers['if-none-match'] !== undefined)).toHaveLength(1);
    expect(await storage.read('a-1')).toMatchObject({ input_hash: 'a' });
    expect(await storage.count()).toBe(3);
  });

  test('that races with another writer of the same key is tried again', async () => {
    const { proxy, storage } = await stage();
    proxy.inject({ times: 1, effect: { kind: 'error', status: 409, code: 'ConditionalRequestConflict' } });
    await storage.write(ENTRY);
    expect(await storage.count()).toBe(1);
  });

  test('of an id that is no plain name makes no request', async () => {
    const { proxy, storage } = await stage();
    for (const id of ['../x', '%2e%2e', 'a\\b', 'nul\0', 'x'.repeat(1025)]) {
      expect(await failureOf(storage.write({ ...ENTRY, id }))).toMatchObject({ code: 'invalid_id' });
      expect(await failureOf(storage.read(id))).toMatchObject({ code: 'invalid_id' });
      expect(await failureOf(storage.delete(id))).toMatchObject({ code: 'invalid_id' });
    }
    expect(proxy.requests).toEqual([]);
  });
});

describe.concurrent('a failure is told by its code', { timeout: 60_000 }, () => {
  const answers: readonly [AuditErrorCode, number, string, RegExp, Partial<FaultEffect & { kind: 'error' }>?][] = [
    ['access_denied', 403, 'AccessDenied', /s3:ListBucket/],
    ['credentials_invalid', 403, 'InvalidAccessKeyId', /access key/],
    [
      'credentials_invalid',
      403,
      'SignatureDoesNotMatch',
      /secret/,
      { xml: '<AWSAccessKeyId>AKIACANARY</AWSAccessKeyId><StringToSign>canary-string</StringToSign>' },
    ],
    ['credentials_expired', 400, 'ExpiredToken', /expired/],
    ['clock_skewed', 403, 'RequestTimeTooSkewed', /clock/],
    ['wrong_region', 301, 'PermanentRedirect', /eu-west-1/, { headers: { 'x-amz-bucket-region': 'eu-west-1' } }],
    ['wrong_region', 400, 'AuthorizationHeaderMalformed', /eu-central-1/, { xml: '<Region>eu-central-1</Region>' }],
    ['bucket_not_found', 404, 'NoSuchBucket', /no bucket/],
    ['service_unavailable', 500, 'InternalError', /later/],
    ['io_error', 400, 'InvalidRequest', /HTTP 400/],
  ];

  test.each(answers)('%s for %i %s', async (code, status, s3Code, says, more = {}) => {
    const credentials = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary-secret', sessionToken: 'canary-session' };
    const { bucket, proxy, storage } = await stage({}, { credentials });
    proxy.inject({ effect: { kind: 'error', status, code: s3Code, ...more } });
    const work = [storage.listEntries(), storage.probe(), storage.count()];
    for (const failure of await Promise.all(work.map(failureOf))) {
      expect(failure).toMatchObject({ code, details: { bucket, endpoint: proxy.endpoint, s3Code, status } });
      expect(failure.message).toMatch(says);
      expect(failure.shown).not.toMatch(/canary/i);
      expect(failure.elapsedMs).toBeLessThan(LONGEST_MS);
    }
  });

  test('with the permission that is missing', async () => {
    const { proxy, storage } = await stage(ONE);
    proxy.inject({
      when: ({ operation }) => operation !== 'list',
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    });
    expect((await failureOf(storage.listEntries())).details).toMatchObject({ permission: 's3:GetObject' });
    expect((await failureOf(storage.write(ENTRY))).details).toMatchObject({ permission: 's3:PutObject' });
    proxy.clear();
    proxy.inject({
      when: ({ operation }) => operation.startsWith('delete'),
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    });
    expect((await failureOf(storage.delete('a-1'))).details).toMatchObject({ permission: 's3:DeleteObject' });
    expect(await failureOf(storage.deleteMany({ ids: new Set(['a-1']) }))).toMatchObject({
      code: 'access_denied',
      details: { permission: 's3:DeleteObject' },
    });
    expect(await storage.count()).toBe(1);
  });

  test('network_unreachable where nobody listens, or not with TLS', async () => {
    const { proxy } = await stage();
    const refused = new S3Storage({ ...server.options('any'), endpoint: 'http://127.0.0.1:1' });
    const failure = await failureOf(refused.count());
    expect(failure).toMatchObject({ code: 'network_unreachable' });
    expect(failure.message).toContain('http://127.0.0.1:1');
    const tls = new S3Storage({ ...server.options('any'), endpoint: proxy.endpoint.replace('http:', 'https:') });
    expect(await failureOf(tls.count())).toMatchObject({ code: 'network_unreachable' });
  });

  test('timeout where the server stays silent, within 30 seconds', async () => {
    const { proxy, storage } = await stage();
    proxy.inject({ effect: { kind: 'silent' } });
    const [read, write] = await Promise.all([failureOf(storage.count()), failureOf(storage.write(ENTRY))]);
    for (const failure of [read, write]) {
      expect(failure).toMatchObject({ code: 'timeout' });
      expect(failure.elapsedMs).toBeLessThan(LONGEST_MS);
    }
  });

  test('cancelled at once where its caller stops it, also in the middle of silence', async () => {
    const { proxy, storage } = await stage();
    proxy.inject({ effect: { kind: 'silent' } });
    const stop = new AbortController();
    const failing = failureOf(storage.probe({ signal: stop.signal }));
    await wait(300);
    stop.abort();
    const failure = await failing;
    expect(failure.code).toBe('cancelled');
    expect(failure.elapsedMs).toBeLessThan(5_000);
  });

  test.each([
    ['a truncated body', { kind: 'truncate', bytes: 20 }],
    [
      'a changed body',
      { kind: 'damage', change: (body: Buffer) => Buffer.from(body.toString().replace('a-1', 'b-1')) },
    ],
  ] satisfies [string, FaultEffect][])(
    'damaged_object for %s that stays so, and nothing at all for one that does not',
    async (_, effect) => {
      const { proxy, storage } = await stage({ ...ONE, [`${DAY}/a-2.json`]: objectOf('a-2', '2026-03-01T11:00:00') });
      const when = ({ operation, key }: { operation: string; key: string }) =>
        operation === 'get' && key.includes('a-1');
      proxy.inject({ when, times: 2, effect });
      expect((await storage.listEntries()).entries).toHaveLength(2);
      proxy.clear();
      proxy.inject({ when, effect });
      expect(await failureOf(storage.getObject(`${DAY}/a-1.json`))).toMatchObject({ code: 'damaged_object' });
      const { entries, unreadable } = await storage.listEntries();
      expect(entries.map(({ id }) => id)).toEqual(['a-2']);
      expect(unreadable).toMatchObject([{ file: `${DAY}/a-1.json`, reason: expect.stringContaining('damaged') }]);
    },
  );
});

test('an object that is archived is named, and the others are read', async () => {
  const { proxy, storage } = await stage({
    ...ONE,
    [`${DAY}/a-2.json`]: objectOf('a-2', '2026-03-01T11:00:00'),
  });
  proxy.inject({
    when: ({ operation, key }) => operation === 'get' && key.includes('a-1'),
    effect: { kind: 'error', status: 403, code: 'InvalidObjectState' },
  });
  const { entries, unreadable } = await storage.listEntries();
  expect(entries.map(({ id }) => id)).toEqual(['a-2']);
  expect(unreadable).toMatchObject([{ file: `${DAY}/a-1.json`, reason: expect.stringContaining('archived') }]);
});

test('an object that is too large is named and not fetched', async () => {
  const { proxy, storage } = await stage(ONE);
  const size = 65 * 1024 * 1024;
  proxy.inject({
    when: ({ operation }) => operation === 'list',
    times: 1,
    effect: {
      kind: 'reply',
      xml: () =>
        `<ListBucketResult><Contents><Key>${DAY}/a-1.json</Key><Size>${size}</Size></Contents></ListBucketResult>`,
    },
  });
  const { entries, unreadable } = await storage.listEntries();
  expect(entries).toEqual([]);
  expect(unreadable).toMatchObject([{ byteLength: size, reason: expect.stringContaining(String(size)) }]);
  expect(proxy.count('get')).toBe(0);
});

describe.concurrent('a listing', { timeout: 60_000 }, () => {
  /** Page `number` of 100, with ten keys. */
  const page = (number: number) => `<?xml version="1.0"?><ListBucketResult><IsTruncated>${number < 100}</IsTruncated>
    ${number < 100 ? `<NextContinuationToken>${number + 1}</NextContinuationToken>` : ''}
    ${Array.from({ length: 10 }, (_, n) => `<Contents><Key>${DAY}/${number}-${n}.json</Key><Size>2</Size><ETag>"x"</ETag></Contents>`).join('')}
    </ListBucketResult>`;
  const pageOf = ({ query }: { query: URLSearchParams }) => Number(query.get('continuation-token') ?? '1');
  const listed = {
    when: ({ operation }: { operation: string }) => operation === 'list',
    effect: { kind: 'reply', xml: (request: { query: URLSearchParams }) => page(pageOf(request)) },
  } as const;

  test('whose page 57 of 100 fails is incomplete, never short', async () => {
    const { proxy, storage } = await stage();
    proxy.inject({
      when: (request) => request.operation === 'list' && pageOf(request) === 57,
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    });
    proxy.inject(listed);
    const details = { pages: 56, objectsSeen: 560, causeCode: 'access_denied' };
    const work = [storage.count(), storage.listEntries(), storage.deleteMany({ upToUs: 0 })];
    for (const failure of await Promise.all(work.map(failureOf))) {
      expect(failure).toMatchObject({ code: 'incomplete_listing', details });
    }
    const keys: string[] = [];
    const list = async () => {
      for await (const { key } of storage.listObjects()) keys.push(key);
    };
    expect(await failureOf(list())).toMatchObject({ code: 'incomplete_listing', details });
    expect(keys).toHaveLength(560);
    proxy.clear();
    proxy.inject(listed);
    keys.length = 0;
    await list();
    expect(keys).toHaveLength(1000);
  });

  test('that says it goes on and not where, or always in the same place, is incomplete too', async () => {
    const endless = (token: string) =>
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated>${token}<Contents><Key>${DAY}/a.json</Key><Size>2</Size></Contents></ListBucketResult>`;
    for (const token of ['', '<NextContinuationToken>same</NextContinuationToken>']) {
      const { proxy, storage } = await stage();
      proxy.inject({
        when: ({ operation }) => operation === 'list',
        effect: { kind: 'reply', xml: () => endless(token) },
      });
      expect(await failureOf(storage.count())).toMatchObject({ code: 'incomplete_listing' });
    }
  });

  test('of one day that fails leaves a listing of days incomplete', async () => {
    const { proxy, storage } = await stage({ ...ONE, 'audit/2026-03-02/b.json': objectOf('b', '2026-03-02T10:00:00') });
    proxy.inject({
      when: ({ query }) => query.get('prefix') === 'audit/2026-03-02/',
      effect: { kind: 'error', status: 403, code: 'AccessDenied' },
    });
    expect(await failureOf(storage.listEntries({ start: '2026-03-01', end: '2026-03-02' }))).toMatchObject({
      code: 'incomplete_listing',
    });
  });

  test('over a range does not ask for days well outside it', async () => {
    const days = ['2026-01-28', '2026-01-29', '2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02'];
    const { proxy, storage } = await stage(
      Object.fromEntries(days.map((day) => [`audit/${day}/${day}.json`, objectOf(day, `${day}T10:00:00`)])),
    );
    const { entries } = await storage.listEntries({ start: '2026-01-30', end: '2026-01-31' });
    expect(entries.map(({ id }) => id)).toEqual(['2026-01-30', '2026-01-31']);
    expect(
      proxy.requests
        .filter(({ operation }) => operation === 'get')
        .map(({ key }) => key.slice(6, 16))
        .toSorted(),
    ).toEqual(days.slice(1, 5));
  });

  test('reads many objects at once, and no more than it was told', async () => {
    const objects = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`${DAY}/${n}.json`, objectOf(String(n), '2026-03-01T10:00:00')]),
    );
    const { proxy, storage } = await stage(objects, { concurrency: 4 });
    expect((await storage.listEntries()).entries).toHaveLength(40);
    expect(proxy.peak).toBeGreaterThan(1);
    expect(proxy.peak).toBeLessThanOrEqual(4);
    proxy.clear();
    expect(await storage.count()).toBe(40);
    expect(proxy.count('get')).toBe(0);
  });
});

describe.concurrent('a deletion', { timeout: 60_000 }, () => {
  const objects = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`${DAY}/${n}.json`, objectOf(String(n), '2026-03-01T10:00:00')]),
    );
  const everything = { upToUs: Date.UTC(2026, 3, 1) * 1000 };

  test('of 2,500 goes in batches of 1,000, and stops between two of them when told to', async () => {
    const keys = new Set(Array.from({ length: 2500 }, (_, n) => `${DAY}/${String(n).padStart(4, '0')}.json`));
    const { proxy, storage } = await stage();
    imagineBucket(proxy, { keys });
    const stop = new AbortController();
    const first = await storage.deleteMany(everything, {
      signal: stop.signal,
      onProgress: ({ done, total }) => done < total && total === 5000 && stop.abort(),
    });
    expect(first).toMatchObject({ removed: 1000, kept: 1500, stopped: true });
    expect(keys.size).toBe(1500);
    const second = await storage.deleteMany(everything);
    expect(second).toMatchObject({ removed: 1500, kept: 0, stopped: false, files: [{ outcome: 'removed' }] });
    expect(batchSizes(proxy)).toEqual([1000, 1000, 500]);
    expect(keys.size).toBe(0);
  });

  test('answered 200 with errors inside names the keys that stayed and counts none of them as gone', async () => {
    const { bucket, proxy, storage } = await stage(objects(10));
    const denied = [`${DAY}/3.json`, `${DAY}/7.json`];
    proxy.inject({
      when: ({ operation }) => operation === 'delete-many',
      effect: { kind: 'delete-errors', codeOf: (key) => (denied.includes(key) ? 'AccessDenied' : null) },
    });
    const failure = await failureOf(storage.deleteMany(everything));
    expect(failure).toMatchObject({
      code: 'incomplete_delete',
      details: { removed: 8, stayed: 2, keys: denied, reasons: ['AccessDenied'] },
    });
    expect(await server.keys(bucket)).toEqual(denied);
  });

  test('of keys that fail for a moment is tried again', async () => {
    const { bucket, proxy, storage } = await stage(objects(5));
    proxy.inject({
      when: ({ operation }) => operation === 'delete-many',
      times: 1,
      effect: { kind: 'delete-errors', codeOf: (key) => (key.endsWith('/2.json') ? 'InternalError' : null) },
    });
    expect(await storage.deleteMany(everything)).toMatchObject({ removed: 5 });
    expect(batchSizes(proxy)).toEqual([5, 1]);
    expect(await server.keys(bucket)).toEqual([]);
  });

  test('goes one by one where the server does not know batches, and where it does not say what went', async () => {
    const replies: readonly FaultEffect[] = [
      { kind: 'error', status: 501, code: 'NotImplemented' },
      { kind: 'reply', xml: () => '<?xml version="1.0"?><DeleteResult></DeleteResult>' },
    ];
    for (const effect of replies) {
      const { bucket, proxy, storage } = await stage(objects(5));
      proxy.inject({ when: ({ operation }) => operation === 'delete-many', effect });
      expect(await storage.deleteMany(everything)).toMatchObject({ removed: 5, kept: 0 });
      expect(proxy.count('delete')).toBe(5);
      expect(await server.keys(bucket)).toEqual([]);
    }
  });

  test('carries the checksum that older servers ask for', async () => {
    const { proxy, storage } = await stage(objects(1));
    await storage.deleteMany(everything);
    const [request] = proxy.requests.filter(({ operation }) => operation === 'delete-many');
    expect(request?.headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });

  test('keeps objects that cannot be fetched whole', async () => {
    const { bucket, proxy, storage } = await stage(objects(3));
    proxy.inject({
      when: ({ operation, key }) => operation === 'get' && key.endsWith('/1.json'),
      effect: { kind: 'truncate', bytes: 10 },
    });
    expect(await storage.deleteMany(everything)).toMatchObject({ removed: 2, unreadableKept: 1 });
    expect(await server.keys(bucket)).toEqual([`${DAY}/1.json`]);
  });
});
