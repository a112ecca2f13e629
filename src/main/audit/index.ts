/** The library's only door: everything a program needs to write, read, decrypt and clean up audit logs. */
export type { LineLocation, UnreadableLine } from '../../shared/coverage.ts';
export { type AuditEntry, type ContentKind, contentKind, ENTRY_FIELDS, type EntryField } from '../../shared/entry.ts';
export { AUDIT_ERROR_CODES, AuditError, type AuditErrorCode, isAuditError } from '../../shared/errors.ts';
export type { JsonObject, JsonValue } from '../../shared/lossless-json.ts';
export type { S3Credentials, S3StorageOptions } from './storage/s3-storage-options.ts';
export { formatS3Url, parseS3Url } from './storage/s3-url.ts';
export type {
  DeleteSelection,
  DeletionReport,
  EntryListing,
  FileDeletion,
  LongWorkOptions,
  Moment,
  Progress,
  ScannedEntry,
  ScannedLine,
  ScannedUnreadable,
  StorageBackend,
  TimeSpan,
} from './storage/storage-backend.ts';
