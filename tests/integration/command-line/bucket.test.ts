/** A bucket that the Python original filled, read by the command line. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3TestServer, startS3Server, TEST_CREDENTIALS } from '../../support/s3/s3-test-server.ts';
import { REFERENCE, runCommand } from './command-run.ts';
import { expectedSet, expectPlaintexts, KEY_A, listEntries, told } from './reference-set.ts';

describe('the reference log in a bucket', () => {
  const expected = expectedSet('s3-objects');
  let dataFolder: string;
  let server: S3TestServer;
  let source: string;
  const before = { ...process.env };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'audit-desk-data-'));
    server = await startS3Server();
    await server.createBucket('audit-bucket');
    await server.uploadFolder('audit-bucket', join(REFERENCE, 's3', 'audit-bucket'));
    source = `s3://audit-bucket/prod/audit?region=us-east-1&endpoint=${server.endpoint}`;
    process.env['AWS_ACCESS_KEY_ID'] = TEST_CREDENTIALS.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = TEST_CREDENTIALS.secretAccessKey;
  });
  afterAll(async () => {
    process.env = before;
    await server.stop();
    await rm(dataFolder, { recursive: true });
  });

  it('is counted and listed', async () => {
    expect(await runCommand(['count', source], { dataFolder })).toMatchObject({ exitCode: 0, stdout: '90\n' });
    expect((await listEntries(source, dataFolder)).map(told)).toEqual(expected.entries.map(told));
  });

  it('shows its plaintexts', async () => {
    await expectPlaintexts(source, expected, KEY_A, dataFolder);
  });

  it('refuses an id with a path in it before any request', async () => {
    const result = await runCommand(['get', source, '../../other/secret'], { dataFolder });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/^audit-desk: .*\((invalid_id|entry_not_found)\)\n$/);
  });

  it('says that a bucket is not there', async () => {
    const missing = `s3://no-such-bucket/?region=us-east-1&endpoint=${server.endpoint}`;
    const result = await runCommand(['count', missing], { dataFolder });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/^audit-desk: .*\(bucket_not_found\)\n$/);
  });

  it('says that nobody answers at an endpoint', async () => {
    const dead = 's3://audit-bucket/?region=us-east-1&endpoint=http://127.0.0.1:9';
    const result = await runCommand(['count', dead], { dataFolder });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/\(network_unreachable\)\n$/);
  });
});
