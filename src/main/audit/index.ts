/** The library's only door: everything a program needs to write, read, decrypt and clean up audit logs. */
export { type LineLocation, type UnreadableLine } from '../../shared/coverage.ts';
export {
  type AuditEntry,
  type ContentKind,
  contentKind,
  ENTRY_FIELDS,
  type EntryField,
  entryFromJson,
  entryToJson,
} from '../../shared/entry.ts';
export { AUDIT_ERROR_CODES, AuditError, type AuditErrorCode, isAuditError } from '../../shared/errors.ts';
export { type InteractionInput } from '../../shared/interaction.ts';
export { type JsonObject, type JsonValue } from '../../shared/lossless-json.ts';
export { AuditLogger, type AuditLoggerOptions, DEFAULT_RETENTION_DAYS } from './audit-logger.ts';
export { type Clock, systemClock } from './clock.ts';
export { tokenTime } from './encryption/content-token.ts';
export { decrypt, EncryptionManager, encrypt } from './encryption/encryption-manager.ts';
export { generateKey, keyFingerprint } from './encryption/fernet-key.ts';
export { hashContent } from './encryption/plain-text.ts';
export { createEntryId } from './entry-id.ts';
export { type LinePlace, type LineReading, readEntryLine } from './reading/entry-line.ts';
export { type FileState, isSameState, openRegularFile, scanFile } from './reading/file-reader.ts';
export { LINE_MARGIN_BYTES, writeLineKeys } from './reading/line-keys.ts';
export {
  type LineBlock,
  type LineReaderOptions,
  lineAt,
  MAX_LINE_BYTES,
  type RawLine,
  readLineBatches,
  readLineBlocks,
} from './reading/line-reader.ts';
export { type SampleLogOptions, writeSampleLog } from './sample/write-sample-log.ts';
export { errnoOf, toFileError } from './storage/file-error.ts';
export { FileStorage, type FileStorageOptions } from './storage/file-storage.ts';
export { syncFolder } from './storage/folder-durability.ts';
export { listLogFiles } from './storage/list-log-files.ts';
export { compareLogFiles, isLogFileName, type LogFile } from './storage/log-files.ts';
export { MemoryStorage, type MemoryStorageOptions } from './storage/memory-storage.ts';
export { type S3ObjectInfo } from './storage/s3-answers.ts';
export { readEntryObject } from './storage/s3-entry-object.ts';
export { mapInOrder } from './storage/s3-map-in-order.ts';
export { listS3Buckets, listS3Prefixes } from './storage/s3-places.ts';
export { S3Storage } from './storage/s3-storage.ts';
export { type S3Credentials, type S3StorageOptions } from './storage/s3-storage-options.ts';
export { formatS3Url, parseS3Url } from './storage/s3-url.ts';
export {
  type DeleteSelection,
  type DeletionReport,
  type EntryListing,
  type FileDeletion,
  type LongWorkOptions,
  type Moment,
  type Progress,
  type ScannedEntry,
  type ScannedLine,
  type ScannedUnreadable,
  type StorageBackend,
  type TimeSpan,
} from './storage/storage-backend.ts';
