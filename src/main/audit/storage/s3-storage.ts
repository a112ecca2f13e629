/** Audit entries in an S3 bucket, one object an entry, as the Python original keeps them. */

import type { LineLocation, UnreadableLine } from '../../../shared/coverage.ts';
import { type AuditEntry, entryToJson } from '../../../shared/entry.ts';
import { AuditError, isAuditError } from '../../../shared/errors.ts';
import { parseTimestamp } from '../../../shared/timestamp.ts';
import type { S3ObjectInfo } from './s3-answers.ts';
import { S3Bucket } from './s3-bucket.ts';
import { cleanUpBucket } from './s3-cleanup.ts';
import { resolveS3Options } from './s3-client.ts';
import { ENTRY_SUFFIX, keyOf, keyOnDay } from './s3-keys.ts';
import { type FoundEntry, S3LogReader } from './s3-log-reader.ts';
import { S3ObjectMemory } from './s3-object-memory.ts';
import type { S3StorageOptions } from './s3-storage-options.ts';
import type {
  DeleteSelection,
  DeletionReport,
  EntryListing,
  LongWorkOptions,
  ScannedEntry,
  ScannedLine,
  StorageBackend,
  TimeSpan,
} from './storage-backend.ts';
import { type SpanUs, spanUs } from './time-span.ts';

/** Tries to store an object that another writer stores and removes at the same time. */
const WRITE_ATTEMPTS = 3;

/**
 * A log in a bucket: `{prefix}{YYYY-MM-DD}/{id}.json`, the day taken from the entry's timestamp.
 *
 * Every request has a deadline of 20 seconds, retries included. Errors by code: `bucket_not_found`, `access_denied`,
 * `credentials_missing`, `credentials_invalid`, `credentials_expired`, `clock_skewed`, `wrong_region`, `network_unreachable`,
 * `timeout`, `service_unavailable`, `damaged_object`, `incomplete_listing`, `incomplete_delete`, `conflict`, `invalid_id`.
 */
export class S3Storage implements StorageBackend {
  readonly #bucket: S3Bucket;
  readonly #memory = new S3ObjectMemory();
  readonly #reader: S3LogReader;
  /** false once the server said that it does not know `If-None-Match` on a write. */
  #conditionalWrites = true;

  /** Checks the options (`invalid_argument`); makes no request. */
  constructor(options: S3StorageOptions) {
    this.#bucket = new S3Bucket(resolveS3Options(options));
    this.#reader = new S3LogReader(this.#bucket, this.#memory);
  }

  /**
   * Stores one entry and never overwrites another: `If-None-Match: *`, and where an object is there already it must hold the same
   * bytes (then an earlier try had arrived), else `conflict`. A server that refuses the condition (501) is asked first instead; one
   * that ignores it overwrites, as S3 itself did before 2024, which takes two entries with one id to lose one.
   */
  async write(entry: AuditEntry): Promise<string> {
    const bytes = Buffer.from(entryToJson(entry));
    const epochUs = parseTimestamp(entry.timestamp);
    if (epochUs === null) throw new AuditError('invalid_entry', 'The timestamp of this entry is no time.');
    const key = keyOf(this.#bucket.target.prefix, entry.id, epochUs);
    const etag = await this.#store(key, bytes);
    this.#memory.remember(key, etag, entry.id);
    return entry.id;
  }

  /** The entry with this id; see {@link S3LogReader.find} for how it is looked up. `invalid_id` where it can name no object. */
  async read(id: string): Promise<AuditEntry | null> {
    return (await this.find(id))?.entry ?? null;
  }

  /** What {@link S3Storage.read} answers, with its bytes and where they lie. */
  async find(id: string): Promise<ScannedEntry | null> {
    this.#assertId(id);
    const known = await this.#reader.findKnown(id);
    if (known !== null) return known;
    return (await this.#reader.find(id)).reduce<FoundEntry | null>(newerOf, null);
  }

  /**
   * Entries of a span by time, then by key. An entry's own timestamp decides; folders of days more than a day outside the span are
   * not looked into.
   */
  async listEntries(span: TimeSpan = {}): Promise<EntryListing> {
    const wanted = spanUs(span);
    const entries: { readonly entry: AuditEntry; readonly epochUs: number; readonly key: string }[] = [];
    const unreadable: UnreadableLine[] = [];
    for await (const line of this.#reader.read(this.#reader.objectsOfSpan(wanted))) {
      if (line.kind === 'unreadable') unreadable.push(withoutKind(line));
      else if (isWithin(line, wanted))
        entries.push({ entry: line.entry, epochUs: line.epochUs, key: line.location.file });
    }
    entries.sort((a, b) => a.epochUs - b.epochUs || (a.key < b.key ? -1 : 1));
    return { entries: entries.map(({ entry }) => entry), unreadable };
  }

  /** Removes every object that holds this id; false where there is none. */
  async delete(id: string): Promise<boolean> {
    this.#assertId(id);
    const found = await this.#reader.find(id);
    for (const { location } of found) {
      await this.#bucket.deleteOne(location.file);
      this.#memory.forget(location.file);
    }
    return found.length > 0;
  }

  /** Number of objects that hold a readable entry. Reads those that were not read before. */
  count(): Promise<number> {
    return this.#reader.count();
  }

  /** Every object in the order of keys, many requests at once. `incomplete_listing` where a later page of the listing fails. */
  scan(options: { readonly signal?: AbortSignal } = {}): AsyncIterable<ScannedLine> {
    return this.#reader.read(this.#reader.objects(options.signal), options.signal);
  }

  /** Removes what is selected; see {@link cleanUpBucket}. The report's files are the folders of days. */
  deleteMany(
    selection: DeleteSelection,
    options: LongWorkOptions & { readonly dryRun?: boolean } = {},
  ): Promise<DeletionReport> {
    return cleanUpBucket(this.#bucket, this.#reader, selection, options);
  }

  /** The bytes of the entry in an object. `entry_changed` where it is gone or has another length by now. */
  async readLine(location: LineLocation): Promise<Uint8Array> {
    const body = await this.#bucket.get(this.#ownKey(location.file));
    const end = location.byteOffset + location.byteLength;
    const rest = body?.bytes.subarray(end);
    if (
      body === null ||
      rest === undefined ||
      body.bytes.byteLength < end ||
      rest.some((byte) => byte !== 0x0a && byte !== 0x0d)
    ) {
      const what = body === null ? 'is no longer in the bucket' : 'has changed since it was read';
      throw new AuditError('entry_changed', `The object ${location.file} ${what}. Refresh, then open it again.`, {
        details: { key: location.file },
      });
    }
    return body.bytes.subarray(location.byteOffset, end);
  }

  /** Every object of the log as the bucket lists it, without reading any; an unchanged ETag means unchanged bytes. */
  listObjects(options: { readonly signal?: AbortSignal } = {}): AsyncIterable<S3ObjectInfo> {
    return this.#reader.objects(options.signal);
  }

  /** The bytes of one object of the log, verified. `entry_not_found` where it is gone. */
  async getObject(key: string, options: { readonly signal?: AbortSignal } = {}): Promise<Uint8Array> {
    const body = await this.#bucket.get(this.#ownKey(key), options.signal);
    if (body !== null) return body.bytes;
    throw new AuditError('entry_not_found', `The object ${key} is no longer in the bucket.`, { details: { key } });
  }

  /** Asks for at most one key, and throws what stands in the way. Answers the number of keys seen: 0 or 1. */
  async probe(options: { readonly signal?: AbortSignal } = {}): Promise<number> {
    const { prefix } = this.#bucket.target;
    for await (const page of this.#bucket.list({ prefix, pageSize: 1, signal: options.signal }))
      return page.objects.length;
    return 0;
  }

  /** Waits for requests under way and closes every connection. May be called twice. */
  close(): Promise<void> {
    return this.#bucket.close();
  }

  async #store(key: string, bytes: Buffer): Promise<string> {
    let last: unknown;
    for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt += 1) {
      // A server that ignores the condition would overwrite: what is known to be there is compared first.
      if (!this.#conditionalWrites || this.#memory.has(key)) {
        const etag = await this.#etagOfSame(key, bytes);
        if (etag !== null) return etag;
      }
      try {
        return await this.#bucket.put(key, bytes, this.#conditionalWrites);
      } catch (error) {
        last = error;
        if (!isAuditError(error)) throw error;
        if (error.code === 'not_supported_here') this.#conditionalWrites = false;
        else if (error.code !== 'conflict') throw error;
        const etag = await this.#etagOfSame(key, bytes);
        if (etag !== null) return etag;
      }
    }
    throw last;
  }

  /** ETag of the object where it holds these bytes, null where there is none; `conflict` where it holds others. */
  async #etagOfSame(key: string, bytes: Buffer): Promise<string | null> {
    const there = await this.#bucket.get(key);
    if (there === null) return null;
    if (bytes.equals(there.bytes)) return there.etag;
    const { bucket, endpoint } = this.#bucket.target;
    throw new AuditError(
      'conflict',
      `The object ${key} in the bucket ${bucket} is there already, with other content. Nothing was overwritten.`,
      {
        details: { bucket, endpoint, key },
      },
    );
  }

  /** `invalid_id` for an id that could not be written here either. */
  #assertId(id: string): void {
    keyOnDay(this.#bucket.target.prefix, id, '1970-01-01');
  }

  #ownKey(key: string): string {
    if (key.startsWith(this.#bucket.target.prefix) && key.endsWith(ENTRY_SUFFIX)) return key;
    throw new AuditError('invalid_argument', 'This object is not part of the log.');
  }
}

function newerOf(newest: FoundEntry | null, found: FoundEntry): FoundEntry {
  return newest === null || found.lastModifiedMs >= newest.lastModifiedMs ? found : newest;
}

function isWithin(line: ScannedEntry, { fromUs, toUs }: SpanUs): boolean {
  return line.epochUs >= fromUs && line.epochUs <= toUs;
}

function withoutKind({ file, byteOffset, byteLength, line, reason }: UnreadableLine): UnreadableLine {
  return { file, byteOffset, byteLength, line, reason };
}
