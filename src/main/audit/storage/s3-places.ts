/** What a person may choose from while connecting a bucket: names of buckets, and prefixes below one. */
import { S3Bucket } from './s3-bucket.ts';
import { openS3Client, REQUEST_DEADLINE_MS, resolveS3Options } from './s3-client.ts';
import { toS3Error } from './s3-errors.ts';
import type { S3StorageOptions } from './s3-storage-options.ts';

/** Prefixes and names that are answered at most. */
const MOST_PLACES = 1000;
/** The options ask for a bucket's name; a list of buckets has none yet. */
const NO_BUCKET = 'no-bucket-yet';

/** Names of the buckets that these credentials may list. `access_denied` without `s3:ListAllMyBuckets`, and what else S3 answers. */
export async function listS3Buckets(options: Omit<S3StorageOptions, 'bucket' | 'prefix'>): Promise<readonly string[]> {
  const target = resolveS3Options({ ...options, bucket: NO_BUCKET });
  try {
    const client = await openS3Client(target);
    try {
      const answer = await client.listBuckets({}, { abortSignal: AbortSignal.timeout(REQUEST_DEADLINE_MS) });
      return (answer.Buckets ?? []).flatMap(({ Name }) => (Name === undefined ? [] : [Name])).slice(0, MOST_PLACES);
    } finally {
      client.destroy();
    }
  } catch (error) {
    const { endpoint, region, profile } = target;
    throw toS3Error(error, { operation: 'ListBuckets', bucket: '', endpoint, region, profile, key: null });
  }
}

/** Prefixes one level below `prefix`, which ends with a slash or is empty. Fails as listing the bucket does. */
export async function listS3Prefixes(options: S3StorageOptions): Promise<readonly string[]> {
  const bucket = new S3Bucket(resolveS3Options(options));
  try {
    const { prefix } = bucket.target;
    for await (const page of bucket.list({ prefix, folders: true, pageSize: MOST_PLACES })) return page.folders;
    return [];
  } finally {
    await bucket.close();
  }
}
