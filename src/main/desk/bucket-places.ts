/** Buckets and prefixes to choose from, as far as the credentials may list them. */
import type { DeskHandlers } from '../../shared/contract.ts';
import { listS3Buckets, listS3Prefixes } from '../audit/index.ts';
import { bucketOptions } from './source-storage.ts';

/** `buckets.*`. Errors say by code what stands in the way; nothing is opened and nothing kept. */
export function bucketHandlers(): Pick<DeskHandlers, 'buckets.list' | 'buckets.prefixes'> {
  return {
    'buckets.list': async ({ reach, credentials }) => {
      const {
        bucket: _,
        prefix: __,
        ...options
      } = bucketOptions({ ...reach, kind: 'bucket', bucket: '', prefix: '' }, credentials);
      return await listS3Buckets(options);
    },
    'buckets.prefixes': async ({ reach, bucket, prefix, credentials }) => {
      // A name that is being typed is looked for in the folder that it begins in.
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      return await listS3Prefixes(bucketOptions({ ...reach, kind: 'bucket', bucket, prefix: folder }, credentials));
    },
  };
}
