import { afterAll, beforeAll, describe, it } from 'vitest';
import { S3Storage } from '../../../src/main/audit/index.ts';
import { storageContract } from '../../contract/storage-contract.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';

let server: S3TestServer;
let buckets = 0;

beforeAll(async () => {
  server = await startS3Server();
});
afterAll(() => server.stop());

storageContract(
  'S3Storage',
  async () => {
    buckets += 1;
    await server.createBucket(`contract-${buckets}`);
    return { backend: new S3Storage(server.options(`contract-${buckets}`)), cleanUp: async () => {} };
  },
  { describe, it },
);
