import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { allIds, lineOf } from '../../support/catalog/log-lines.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/s3/faulty-proxy.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/python-reference');

let server: S3TestServer;
let proxy: FaultyProxy;
let cacheFolder: string;
let catalog: Catalog | null = null;

beforeAll(async () => {
  server = await startS3Server();
  proxy = await startFaultyProxy(server);
});

afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
});

afterEach(async () => {
  await catalog?.close();
  catalog = null;
  await rm(cacheFolder, { recursive: true });
});

async function openBucket(bucket: string, prefix: string): Promise<Catalog> {
  const options = { ...server.options(bucket, prefix), endpoint: proxy.endpoint };
  catalog = await openCatalog({ source: { kind: 'bucket', options }, cacheFolder });
  return catalog;
}

const gets = () => proxy.requests.filter((request) => request.operation === 'get').length;

test('a bucket has the entries expected, and costs no GET when it is opened again unchanged', async () => {
  await server.createBucket('whole');
  await server.uploadFolder('whole', join(FIXTURES, 's3/audit-bucket'));
  const text = await readFile(join(FIXTURES, 's3-objects.expected.json'), 'utf8');
  const expected = JSON.parse(text) as { readonly entries: readonly { readonly id: string }[] };
  const first = await openBucket('whole', 'prod/audit/');
  expect(await first.complete()).toMatchObject({ state: 'complete', entries: expected.entries.length, unreadable: 0 });
  expect(await allIds(first)).toEqual(expected.entries.map((entry) => entry.id));
  await first.close();
  const before = gets();
  const second = await openBucket('whole', 'prod/audit/');
  expect(await second.complete()).toMatchObject({ state: 'complete', entries: expected.entries.length });
  expect(gets()).toBe(before);
});

test('objects that come, change and go are noticed on refresh; one that holds no entry is reported', async () => {
  await server.createBucket('moving');
  const put = (id: string, body: string) => server.putObject('moving', `audit/2026-01-01/${id}.json`, body);
  await put('one', lineOf('one', '2026-01-01T00:00:01'));
  await put('two', lineOf('two', '2026-01-01T00:00:02'));
  await put('bad', '{"id": 5}');
  const opened = await openBucket('moving', 'audit/');
  expect(await opened.complete()).toMatchObject({ entries: 2, unreadable: 1 });
  const { lines } = await opened.unreadable({ offset: 0, limit: 10 });
  expect(lines).toMatchObject([{ file: 'audit/2026-01-01/bad.json', byteOffset: 0, line: null }]);
  await put('bad', lineOf('good', '2026-01-01T00:00:03'));
  await put('three', lineOf('three', '2026-01-01T00:00:04'));
  const before = gets();
  await opened.refresh();
  expect(await opened.complete()).toMatchObject({ entries: 4, unreadable: 0 });
  expect(await allIds(opened)).toEqual(['one', 'two', 'good', 'three']);
  expect(gets() - before).toBe(2);
});

test('a bucket that is not there is an error with its code', async () => {
  await expect(openBucket('absent', '')).rejects.toMatchObject({ code: 'bucket_not_found' });
});

test('lines handed in are indexed in memory in the order given', async () => {
  catalog = await openCatalog({ source: { kind: 'memory' }, cacheFolder });
  const bytes = (text: string) => Buffer.from(text);
  await catalog.appendLines([bytes(lineOf('a', '2026-01-01T00:00:02')), bytes('no JSON')]);
  expect(await allIds(catalog)).toEqual(['a']);
  await catalog.appendLines([bytes(lineOf('b', '2026-01-01T00:00:01')), bytes('')]);
  expect(await allIds(catalog)).toEqual(['b', 'a']);
  expect((await catalog.status()).coverage).toMatchObject({ state: 'complete', entries: 2, unreadable: 1 });
  const [row] = await catalog.find('b');
  expect(row?.ref).toMatchObject({ file: 'memory', byteOffset: lineOf('a', '2026-01-01T00:00:02').length + 9 });
});

test('a folder takes no lines', async () => {
  catalog = await openCatalog({ source: { kind: 'folder', path: join(FIXTURES, 'plaintext') }, cacheFolder });
  await expect(catalog.appendLines([])).rejects.toMatchObject({ code: 'not_supported_here' });
});
