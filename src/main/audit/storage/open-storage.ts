/** From the text that says where a log is to the storage it names. */
import { AuditError } from '../../../shared/errors.ts';
import { FileStorage } from './file-storage.ts';
import type { StorageBackend } from './storage-backend.ts';

/** A storage over the folder that a text names. `invalid_argument` for another scheme (`https://…`) or an empty text. */
export function openStorage(location: string): StorageBackend {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new AuditError(
      'invalid_argument',
      'A log is a folder or s3://bucket/prefix; other addresses cannot hold one.',
    );
  }
  return new FileStorage(location);
}
