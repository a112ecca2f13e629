import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startS3Server } from '../../support/s3/s3-test-server.ts';

test('the test server takes a folder of objects, and is gone once it is stopped', async () => {
  const folder = join(import.meta.dirname, '../../fixtures/python-reference/s3/audit-bucket');
  const server = await startS3Server();
  await server.createBucket('audit-bucket');
  const uploaded = await server.uploadFolder('audit-bucket', folder);
  expect(uploaded).toHaveLength(90);
  expect(await server.keys('audit-bucket')).toEqual(uploaded.toSorted());
  await server.stop();
  await server.stop();
  await expect(fetch(server.endpoint)).rejects.toThrow();
});
