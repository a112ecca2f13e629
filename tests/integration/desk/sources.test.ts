import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { type S3TestServer, startS3Server, TEST_CREDENTIALS } from '../../support/s3/s3-test-server.ts';
import { type OpenLog, openLog, payloads, REFERENCE, until } from './open-log.ts';

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'hash-only'));
});
afterEach(async () => await log.end());

describe('opening a folder', () => {
  it('tells every window and remembers it first among the recent ones', async () => {
    expect(log.source).toMatchObject({
      name: 'claims-prod',
      location: { kind: 'folder', path: log.folder },
      sample: false,
    });
    expect(payloads(log.test, 'source.opened').map(({ source }) => source.sourceId)).toEqual([log.sourceId]);
    expect(await log.handlers['sources.recent']({})).toMatchObject([{ name: 'claims-prod', starred: false }]);
    expect(await log.handlers['sources.current']({})).toMatchObject({
      sourceId: log.sourceId,
      coverage: { state: 'complete', entries: 300 },
    });
  });

  it('that is open already answers the same source, also with a path that is written otherwise', async () => {
    const again = await log.test.desk.open({ kind: 'folder', path: `${log.folder}/../claims-prod/` });
    expect(again.sourceId).toBe(log.sourceId);
    const [one, two] = await Promise.all([log.test.desk.open(again.location), log.test.desk.open(again.location)]);
    expect(one.sourceId).toBe(two.sourceId);
  });

  it('beside another leaves both open, and the later one is the current', async () => {
    const other = await log.test.desk.open({ kind: 'folder', path: join(REFERENCE, 'plaintext') });
    expect(await log.rows()).toHaveLength(300);
    expect(await log.handlers['sources.current']({})).toMatchObject({ sourceId: other.sourceId });
    await log.handlers['sources.close']({ sourceId: other.sourceId });
    expect(await log.handlers['sources.current']({})).toMatchObject({ sourceId: log.sourceId });
    await expect(log.handlers['entries.days']({ sourceId: other.sourceId })).rejects.toMatchObject({
      code: 'source_not_open',
    });
    expect(payloads(log.test, 'source.closed')).toEqual([{ sourceId: other.sourceId }]);
  });

  it('says by code why it cannot, and remembers nothing', async () => {
    await writeFile(join(log.folder, 'file'), '');
    const open = (path: string) =>
      log.handlers['sources.open']({ location: { kind: 'folder', path }, credentials: null });
    await expect(open(join(log.folder, 'missing'))).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(open(join(log.folder, 'file'))).rejects.toMatchObject({ code: 'not_a_folder' });
    expect(await log.handlers['sources.recent']({})).toHaveLength(1);
    await mkdir(join(log.folder, 'missing'));
    expect((await open(join(log.folder, 'missing'))).coverage).toMatchObject({ entries: 0 });
  });

  it('follows what another program appends, and tells of it', async () => {
    const before = payloads(log.test, 'source.changed').length;
    const line = { id: 'new', timestamp: '2026-02-01T23:59:59', input_hash: 'a', output_hash: 'b' };
    await appendFile(join(log.folder, 'audit_20260201.jsonl'), `${JSON.stringify(line)}\n`);
    expect(await log.settled()).toMatchObject({ entries: 301 });
    expect((await log.rows())[0]?.id).toBe('new');
    await until(
      async () => payloads(log.test, 'source.changed'),
      (changes) => changes.length > before && changes.at(-1)?.coverage.entries === 301,
    );
  });
});

describe('opening a bucket', () => {
  let server: S3TestServer;
  beforeEach(async () => {
    server = await startS3Server();
    await server.createBucket('audit-bucket');
    await server.uploadFolder('audit-bucket', join(REFERENCE, 's3', 'audit-bucket'));
  });
  afterEach(async () => await server.stop());

  const typed = { ...TEST_CREDENTIALS, sessionToken: null };
  const location = (bucket: string) =>
    ({
      kind: 'bucket',
      bucket,
      prefix: 'prod/audit/',
      region: 'us-east-1',
      endpoint: server.endpoint,
      pathStyle: true,
      profile: null,
    }) as const;

  it('with typed credentials reads it, and keeps them nowhere', async () => {
    const canary = 'CANARY-SECRET-0123456789';
    const test = { location: location('audit-bucket'), credentials: typed };
    expect(await log.handlers['sources.testBucket'](test)).toEqual({ objectsSeen: 1 });
    const source = await log.handlers['sources.open'](test);
    expect(source).toMatchObject({ name: 'audit-bucket/prod/audit' });
    const { sourceId } = source;
    const isRead = ({ state }: { state: string }) => state === 'complete';
    expect(await until(() => log.handlers['sources.refresh']({ sourceId }), isRead)).toMatchObject({ entries: 90 });
    await log.handlers['sources.open']({
      location: location('audit-bucket'),
      credentials: { ...typed, secretAccessKey: canary },
    }).catch(() => undefined);
    const told = JSON.stringify([source, log.test.events, await log.handlers['sources.recent']({})]);
    const kept = await readFile(join(log.test.dataFolder, 'recent-sources.json'), 'utf8');
    expect(kept).toContain('audit-bucket');
    for (const text of [told, kept]) expect(text).not.toMatch(/CANARY|secretAccessKey/);
  });

  it('is chosen from the buckets and prefixes that the server lists', async () => {
    await server.createBucket('other-bucket');
    const { kind: _, bucket: __, prefix: ___, ...reach } = location('audit-bucket');
    const { handlers } = log;
    expect(await handlers['buckets.list']({ reach, credentials: typed })).toEqual(['audit-bucket', 'other-bucket']);
    const prefixes = (prefix: string) =>
      handlers['buckets.prefixes']({ reach, bucket: 'audit-bucket', prefix, credentials: typed });
    expect(await prefixes('')).toEqual(['prod/']);
    expect(await prefixes('prod/au')).toEqual(['prod/audit/']);
    const dead = { ...reach, endpoint: 'http://127.0.0.1:9' };
    const failing = handlers['buckets.list']({ reach: dead, credentials: typed });
    await expect(failing).rejects.toMatchObject({ code: 'network_unreachable' });
    expect(await handlers['sources.recent']({})).toHaveLength(1);
  });

  it('says by code what stands in the way', async () => {
    const testBucket = log.handlers['sources.testBucket'];
    await expect(testBucket({ location: location('no-such-bucket'), credentials: typed })).rejects.toMatchObject({
      code: 'bucket_not_found',
    });
    const dead = { ...location('audit-bucket'), endpoint: 'http://127.0.0.1:9' };
    await expect(testBucket({ location: dead, credentials: typed })).rejects.toMatchObject({
      code: 'network_unreachable',
    });
    await expect(testBucket({ location: log.source.location, credentials: null })).rejects.toMatchObject({
      code: 'invalid_argument',
    });
  });
});

describe('the sample log', () => {
  it('opens at once, encrypted, with its key in the ring, and is written only once', async () => {
    const source = await log.handlers['sources.openSample']({});
    expect(source).toMatchObject({ name: 'Sample log', sample: true });
    expect(await log.handlers['keys.list']({})).toMatchObject([{ name: 'Sample key' }]);
    const { sourceId } = source;
    const coverage = await until(
      () => log.handlers['sources.refresh']({ sourceId }),
      ({ state }) => state === 'complete',
    );
    expect(coverage).toMatchObject({ entries: 5000, unreadable: 0 });
    const page = await log.handlers['entries.page']({
      sourceId,
      query: { filter: NO_FILTER, sort: NEWEST_FIRST },
      page: { offset: 0, limit: 1 },
    });
    const ref = page.rows[0]?.ref;
    if (ref === undefined) throw new Error('no rows');
    expect(await log.handlers['entries.reveal']({ sourceId, ref })).toMatchObject({
      input: { state: 'shown', hash: 'match' },
      output: { state: 'shown', hash: 'match' },
    });
    await log.handlers['sources.close']({ sourceId });
    const written = await stat(join(log.test.dataFolder, 'sample'));
    expect(await log.handlers['sources.openSample']({})).toMatchObject({ sample: true });
    expect((await stat(join(log.test.dataFolder, 'sample'))).mtimeMs).toBe(written.mtimeMs);
    expect(await log.handlers['keys.list']({})).toHaveLength(1);
    expect(await log.handlers['sources.recent']({})).toHaveLength(1);
  });
});
