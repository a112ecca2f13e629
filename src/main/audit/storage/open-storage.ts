/** From the text that says where a log is to the storage it names. */
import { AuditError } from '../../../shared/errors.ts';
import { FileStorage } from './file-storage.ts';
import { S3Storage } from './s3-storage.ts';
import { parseS3Url } from './s3-url.ts';
import type { StorageBackend } from './storage-backend.ts';

/**
 * A storage over the folder or the bucket (`s3://bucket/prefix?region=…`) that a text names. `invalid_argument` for another scheme
 * (`https://…`), an empty text, or a bucket's address that is none.
 */
export function openStorage(location: string): StorageBackend {
  if (/^s3:\/\//i.test(location)) return new S3Storage(parseS3Url(location));
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new AuditError(
      'invalid_argument',
      'A log is a folder or s3://bucket/prefix; other addresses cannot hold one.',
    );
  }
  return new FileStorage(location);
}
