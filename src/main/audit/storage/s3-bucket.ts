/** A bucket as plain requests: list, get, put, delete. Knows keys and bytes, nothing of entries. Every failure is an AuditError by code. */
import { Readable } from 'node:stream';
import type {
  DeleteObjectsCommandInput,
  GetObjectCommandOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2CommandOutput,
  PutObjectCommandInput,
  S3,
} from '@aws-sdk/client-s3';
import { AuditError, isAuditError } from '../../../shared/errors.ts';
import {
  bareEtag,
  isEncrypted,
  isNotImplemented,
  md5Hex,
  notSupported,
  type S3ListPage,
  toPage,
} from './s3-answers.ts';
import { md5Base64, openS3Client, REQUEST_DEADLINE_MS, type S3Target } from './s3-client.ts';
import { MAX_OBJECT_BYTES } from './s3-entry-object.ts';
import { type S3RequestContext, toS3Error } from './s3-errors.ts';
import { cancelled, S3Gate } from './s3-gate.ts';

/** An object's bytes, verified. */
export interface S3ObjectBody {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly lastModifiedMs: number;
}

export interface S3ListOptions {
  readonly prefix: string;
  /** true: only what lies in the prefix itself, and the names of its folders. */
  readonly folders?: boolean;
  readonly pageSize?: number;
  /** true: other pages of the same answer were seen already, so that a failure of the first page leaves it incomplete too. */
  readonly partOfMore?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Slowest transfer that is waited for once bytes flow, bytes per millisecond (50 kB/s). */
const SLOWEST_BYTES_PER_MS = 50;
const BODY_ATTEMPTS = 3;

/** One request's time: ends it when the deadline passes or the caller's signal fires. */
interface RequestClock {
  readonly signal: AbortSignal;
  /** Allows the time that this many bytes may take. */
  allowBytes(bytes: number): void;
}

export class S3Bucket {
  readonly target: S3Target;
  readonly #gate: S3Gate;
  readonly #underWay = new Set<Promise<unknown>>();
  #client: Promise<S3> | null = null;
  #closed = false;
  /** false once the server was seen to answer an ETag that is no MD5 of what was sent. */
  #etagIsMd5 = true;

  constructor(target: S3Target) {
    this.target = target;
    this.#gate = new S3Gate(target.concurrency);
  }

  /**
   * Pages of a listing, in the order of keys. The first page fails with what stands in the way; a later one with
   * `incomplete_listing`, whose details say how much was seen: a listing is never short in silence.
   */
  async *list(options: S3ListOptions): AsyncGenerator<S3ListPage, void, void> {
    let token: string | undefined;
    let pages = 0;
    let objectsSeen = 0;
    do {
      let answer: ListObjectsV2CommandOutput;
      try {
        answer = await this.#listPage(options, token);
        if (answer.IsTruncated && (!answer.NextContinuationToken || answer.NextContinuationToken === token)) {
          throw new AuditError('incomplete_listing', 'The server said that the listing goes on, and not where.');
        }
      } catch (error) {
        const nothingSeen = pages === 0 && options.partOfMore !== true;
        throw nothingSeen || hasCode(error, 'cancelled') ? error : this.#incomplete(error, pages, objectsSeen);
      }
      const page = toPage(answer);
      pages += 1;
      objectsSeen += page.objects.length;
      yield page;
      token = answer.IsTruncated ? answer.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  /**
   * The bytes of an object, or null where there is none. What arrives short, or differs from its MD5, is fetched again, then
   * `damaged_object`; so is an object of more than MAX_OBJECT_BYTES, without reading it.
   */
  async get(key: string, signal?: AbortSignal): Promise<S3ObjectBody | null> {
    const context = this.#context('GetObject', key);
    try {
      return await this.#request(context, signal, async (client, clock) => {
        for (let attempt = 1; ; attempt += 1) {
          const answer = await client.getObject(
            { Bucket: this.target.bucket, Key: key },
            { abortSignal: clock.signal },
          );
          if ((answer.ContentLength ?? 0) > MAX_OBJECT_BYTES) throw this.#tooLarge(key, answer);
          const body = await this.#readBody(answer, clock);
          if (typeof body !== 'string') return body;
          if (attempt === BODY_ATTEMPTS) throw this.#damaged(key, body);
        }
      });
    } catch (error) {
      if (hasCode(error, 'entry_not_found')) return null;
      throw error;
    }
  }

  /**
   * Stores an object. With `onlyNew` it must not be there yet: `conflict` where it is. `not_supported_here` where the server does
   * not know that condition. Answers the ETag.
   */
  async put(key: string, bytes: Uint8Array, onlyNew: boolean): Promise<string> {
    const context = this.#context('PutObject', key);
    const input: PutObjectCommandInput = {
      Bucket: this.target.bucket,
      Key: key,
      Body: bytes,
      ContentLength: bytes.byteLength,
      ContentType: 'application/json',
      ContentMD5: md5Base64(bytes),
      ...(onlyNew ? { IfNoneMatch: '*' } : {}),
    };
    const answer = await this.#request(context, undefined, async (client, clock) => {
      clock.allowBytes(bytes.byteLength);
      try {
        return await client.putObject(input, { abortSignal: clock.signal });
      } catch (error) {
        throw onlyNew && isNotImplemented(error) ? notSupported('If-None-Match') : error;
      }
    });
    const etag = bareEtag(answer.ETag);
    if (etag !== '' && !isEncrypted(answer) && etag !== md5Hex(bytes)) this.#etagIsMd5 = false;
    return etag;
  }

  /** Removes one object; one that is not there counts as removed. */
  async deleteOne(key: string): Promise<void> {
    const input = { Bucket: this.target.bucket, Key: key };
    try {
      await this.#request(this.#context('DeleteObject', key), undefined, (client, clock) =>
        client.deleteObject(input, { abortSignal: clock.signal }),
      );
    } catch (error) {
      if (!hasCode(error, 'entry_not_found')) throw error;
    }
  }

  /**
   * Removes up to 1,000 objects with one request. Answers by key what the server says of each: `gone`, its error code, or
   * nothing at all. `not_supported_here` where the server does not know this request.
   */
  async deleteBatch(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const input: DeleteObjectsCommandInput = {
      Bucket: this.target.bucket,
      Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: false },
    };
    const answer = await this.#request(this.#context('DeleteObjects', null), undefined, async (client, clock) => {
      try {
        return await client.deleteObjects(input, { abortSignal: clock.signal });
      } catch (error) {
        throw isNotImplemented(error) ? notSupported('DeleteObjects') : error;
      }
    });
    const outcomes = new Map<string, string>();
    for (const { Key } of answer.Deleted ?? []) if (Key !== undefined) outcomes.set(Key, 'gone');
    for (const { Key, Code } of answer.Errors ?? []) {
      if (Key !== undefined) outcomes.set(Key, Code === 'NoSuchKey' ? 'gone' : (Code ?? 'Unknown'));
    }
    return outcomes;
  }

  /** Waits for requests under way and lets go of every connection. May be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    const client = this.#client;
    this.#client = null;
    if (client !== null) (await client.catch(() => null))?.destroy();
  }

  #listPage(options: S3ListOptions, token: string | undefined): Promise<ListObjectsV2CommandOutput> {
    const input: ListObjectsV2CommandInput = {
      Bucket: this.target.bucket,
      Prefix: options.prefix,
      // Keys may hold characters that XML cannot.
      EncodingType: 'url',
      ...(options.folders === true ? { Delimiter: '/' } : {}),
      ...(options.pageSize === undefined ? {} : { MaxKeys: options.pageSize }),
      ...(token === undefined ? {} : { ContinuationToken: token }),
    };
    return this.#request(this.#context('ListObjectsV2', null), options.signal, (client, clock) =>
      client.listObjectsV2(input, { abortSignal: clock.signal }),
    );
  }

  /** The verified body, or as a string what is wrong with it. */
  async #readBody(answer: GetObjectCommandOutput, clock: RequestClock): Promise<S3ObjectBody | string> {
    const expected = answer.ContentLength;
    clock.allowBytes(expected ?? 0);
    let bytes: Uint8Array;
    try {
      bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      if (clock.signal.aborted) throw error;
      return 'the connection broke before its end';
    }
    if (expected !== undefined && bytes.byteLength !== expected) {
      return `${bytes.byteLength} of ${expected} bytes arrived`;
    }
    const etag = bareEtag(answer.ETag);
    if (this.#etagIsMd5 && /^[0-9a-f]{32}$/.test(etag) && !isEncrypted(answer) && md5Hex(bytes) !== etag) {
      return 'its bytes do not have the checksum that the server recorded';
    }
    return { bytes, etag, lastModifiedMs: answer.LastModified?.getTime() ?? 0 };
  }

  /** Ends the transfer of a body that is not wanted. */
  #tooLarge(key: string, answer: GetObjectCommandOutput): AuditError {
    const { bucket, endpoint } = this.target;
    const size = answer.ContentLength ?? 0;
    if (answer.Body instanceof Readable) answer.Body.destroy();
    const message = `The object ${key} in the bucket ${bucket} has ${size} bytes; more than ${MAX_OBJECT_BYTES} are not read.`;
    return new AuditError('damaged_object', message, { details: { bucket, endpoint, key, size } });
  }

  #damaged(key: string, reason: string): AuditError {
    const { bucket, endpoint } = this.target;
    const message = `The object ${key} in the bucket ${bucket} arrived damaged ${BODY_ATTEMPTS} times: ${reason}.`;
    return new AuditError('damaged_object', message, { details: { bucket, endpoint, key, reason } });
  }

  #incomplete(error: unknown, pages: number, objectsSeen: number): AuditError {
    const { bucket, endpoint } = this.target;
    const reason = isAuditError(error) ? error.message : 'An unexpected failure.';
    return new AuditError(
      'incomplete_listing',
      `The listing of the bucket ${bucket} broke off after ${objectsSeen} objects; there are more. ${reason}`,
      {
        cause: error,
        details: { bucket, endpoint, pages, objectsSeen, causeCode: isAuditError(error) ? error.code : 'internal' },
      },
    );
  }

  #context(operation: S3RequestContext['operation'], key: string | null): S3RequestContext {
    const { bucket, endpoint, region, profile } = this.target;
    return { operation, bucket, endpoint, region, profile, key };
  }

  /** Runs one request and knows that it is under way. */
  async #request<Result>(
    context: S3RequestContext,
    signal: AbortSignal | undefined,
    work: (client: S3, clock: RequestClock) => Promise<Result>,
  ): Promise<Result> {
    const running = this.#timed(context, signal, work);
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Runs one request within the gate and its deadline. */
  async #timed<Result>(
    context: S3RequestContext,
    signal: AbortSignal | undefined,
    work: (client: S3, clock: RequestClock) => Promise<Result>,
  ): Promise<Result> {
    const leave = await this.#gate.enter(signal);
    const stop = new AbortController();
    const onAbort = () => stop.abort();
    signal?.addEventListener('abort', onAbort, { once: true });
    let timer = setTimeout(onAbort, REQUEST_DEADLINE_MS);
    const clock: RequestClock = {
      signal: stop.signal,
      allowBytes: (bytes) => {
        clearTimeout(timer);
        timer = setTimeout(onAbort, REQUEST_DEADLINE_MS + bytes / SLOWEST_BYTES_PER_MS);
      },
    };
    try {
      // Raced, because credentials are looked up without a signal.
      return await Promise.race([this.#openClient().then((client) => work(client, clock)), rejectOnAbort(stop.signal)]);
    } catch (error) {
      if (signal?.aborted) throw cancelled();
      if (stop.signal.aborted) throw toS3Error({ name: 'TimeoutError' }, context);
      throw toS3Error(error, context);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      leave();
    }
  }

  #openClient(): Promise<S3> {
    if (this.#closed) return Promise.reject(new AuditError('source_not_open', 'This storage is closed.'));
    this.#client ??= openS3Client(this.target);
    return this.#client;
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

function hasCode(error: unknown, code: AuditError['code']): boolean {
  return isAuditError(error) && error.code === code;
}
