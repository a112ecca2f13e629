/** Makes the storage and the catalog's view of a location. */
import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { SourceLocation, TypedCredentials } from '../../shared/contract.ts';
import {
  AuditError,
  FileStorage,
  S3Storage,
  type S3StorageOptions,
  type StorageBackend,
  toFileError,
} from '../audit/index.ts';
import type { CatalogSource } from '../catalog/catalog.ts';

/** A storage that can do what the desk and the command line ask: find and read one line, scan, delete many, let go. */
export type DeskStorage = StorageBackend &
  Required<Pick<StorageBackend, 'find' | 'readLine' | 'scan' | 'deleteMany' | 'close'>>;

/** A folder's path made absolute; a bucket as it is. */
export function normalLocation(location: SourceLocation): SourceLocation {
  return location.kind === 'folder' ? { kind: 'folder', path: resolve(location.path) } : location;
}

/** What a person calls the source. */
export function locationName(location: SourceLocation): string {
  if (location.kind === 'folder') return basename(location.path) || location.path;
  const prefix = location.prefix.replace(/\/+$/, '');
  return prefix === '' ? location.bucket : `${location.bucket}/${prefix}`;
}

/** How the bucket is reached, with typed credentials where there are some. */
export function bucketOptions(
  location: SourceLocation & { readonly kind: 'bucket' },
  typed: TypedCredentials | null,
): S3StorageOptions {
  const { bucket, prefix, region, endpoint, pathStyle, profile } = location;
  return {
    bucket,
    prefix,
    pathStyle,
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(profile === null ? {} : { profile }),
    ...(typed === null ? {} : { credentials: credentialsOf(typed) }),
  };
}

function credentialsOf({ accessKeyId, secretAccessKey, sessionToken }: TypedCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) };
}

/** What the catalog reads. */
export function catalogSource(location: SourceLocation, typed: TypedCredentials | null): CatalogSource {
  return location.kind === 'folder'
    ? { kind: 'folder', path: location.path }
    : { kind: 'bucket', options: bucketOptions(location, typed) };
}

/** The storage of a location; nothing is read yet. */
export function storageOf(location: SourceLocation, typed: TypedCredentials | null): DeskStorage {
  return location.kind === 'folder' ? new FileStorage(location.path) : new S3Storage(bucketOptions(location, typed));
}

/** Makes sure that a folder is there and may be read: `source_not_found`, `not_a_folder`, `permission_denied`. */
export async function requireFolder(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isDirectory()) {
      throw new AuditError('not_a_folder', `${path} is not a folder. Choose the folder that holds the log files.`, {
        details: { path },
      });
    }
    await access(path, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw toFileError(error, path, 'open the folder');
  }
}
