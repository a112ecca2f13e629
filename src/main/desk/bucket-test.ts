/** Tells whether a bucket can be read, before it is opened. */
import type { SourceLocation, TypedCredentials } from '../../shared/contract.ts';
import { AuditError, S3Storage } from '../audit/index.ts';
import { bucketOptions } from './source-storage.ts';

/** Lists at most one key. Errors say by code what stands in the way; `invalid_argument` for a folder. */
export async function testBucket(
  location: SourceLocation,
  credentials: TypedCredentials | null,
): Promise<{ readonly objectsSeen: number }> {
  if (location.kind !== 'bucket') throw new AuditError('invalid_argument', 'Only a bucket can be tested.');
  const storage = new S3Storage(bucketOptions(location, credentials));
  try {
    return { objectsSeen: await storage.probe() };
  } finally {
    await storage.close();
  }
}
