import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { AuditLogger, S3Storage } from '../../../src/main/audit/index.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';

let server: S3TestServer;
let folder: string;

beforeAll(async () => {
  server = await startS3Server();
  await server.createBucket('logs');
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-aws-'));
  await writeFile(join(folder, 'credentials'), '[desk]\naws_access_key_id = S3RVER\naws_secret_access_key = S3RVER\n');
  await writeFile(join(folder, 'config'), '[profile desk]\nregion = us-east-1\n');
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => vi.unstubAllEnvs());

test('a profile gives credentials and region', async () => {
  const storage = new S3Storage({ bucket: 'logs', endpoint: server.endpoint, profile: 'desk' });
  expect(await storage.probe()).toBe(0);
  await storage.close();
});

test('the environment gives credentials, and an endpoint needs no region', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'S3RVER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'S3RVER');
  const storage = new S3Storage({ bucket: 'logs', endpoint: server.endpoint });
  expect(await storage.probe()).toBe(0);
  await storage.close();
});

test('a logger records into the bucket that an address names', async () => {
  const address = `s3://logs/prod?endpoint=${encodeURIComponent(server.endpoint)}&profile=desk`;
  const logger = new AuditLogger({ storage: address });
  const id = await logger.log({ input: 'question', output: 'answer' });
  expect(await logger.getEntry(id)).toMatchObject({ id, input_content: null });
  expect(await server.keys('logs')).toEqual([expect.stringMatching(`^prod/\\d{4}-\\d\\d-\\d\\d/${id}\\.json$`)]);
  await logger.close();
  expect(() => new AuditLogger({ storage: 's3://' })).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
});

test('credentials that are nowhere are missing, and the message says where to put them', async () => {
  const storage = new S3Storage({ bucket: 'logs', endpoint: server.endpoint });
  await expect(storage.probe()).rejects.toMatchObject({
    code: 'credentials_missing',
    message: expect.stringContaining('AWS_ACCESS_KEY_ID'),
  });
  await storage.close();
});

test('a profile that is not there is named', async () => {
  const storage = new S3Storage({ bucket: 'logs', endpoint: server.endpoint, profile: 'nobody' });
  await expect(storage.probe()).rejects.toMatchObject({
    code: 'credentials_missing',
    message: expect.stringContaining('nobody'),
  });
  await storage.close();
});

test('Amazon S3 without a region anywhere asks for one', async () => {
  const storage = new S3Storage({ bucket: 'logs', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } });
  await expect(storage.probe()).rejects.toMatchObject({
    code: 'wrong_region',
    message: expect.stringContaining('AWS_REGION'),
  });
  await storage.close();
});

test.each([
  { bucket: '' },
  { bucket: '../x' },
  { bucket: 'logs', endpoint: 'not a url' },
  { bucket: 'logs', endpoint: 'http://user:password@host' },
  { bucket: 'logs', concurrency: 0 },
])('options that cannot be right are refused at once: %j', (options) => {
  expect(() => new S3Storage(options)).toThrow(expect.objectContaining({ code: 'invalid_argument' }));
});
