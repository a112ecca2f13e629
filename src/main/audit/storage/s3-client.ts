/** The SDK's client as this product needs it: bounded in time, bounded in connections, at peace with S3-compatible servers. */
import { createHash } from 'node:crypto';
import type { S3, S3ClientConfig } from '@aws-sdk/client-s3';
import { AuditError } from '../../../shared/errors.ts';
import { normalizePrefix } from './s3-keys.ts';
import { boundedRetries, MAX_ATTEMPTS } from './s3-retry.ts';
import type { S3StorageOptions } from './s3-storage-options.ts';
import { assertBucketName, assertEndpoint, DEFAULT_PREFIX } from './s3-url.ts';

/** A request that has no answer after this is given up, with every retry in it. Longer for large bodies. */
export const REQUEST_DEADLINE_MS = 20_000;
const CONNECTION_TIMEOUT_MS = 5_000;
/** A socket that is silent for so long is given up; slow disks behind a listing need seconds. */
const SOCKET_SILENCE_MS = 10_000;
const DEFAULT_CONCURRENCY = 32;
const MAX_CONCURRENCY = 256;

/** Options with every default filled in but those that the SDK looks up itself. */
export interface S3Target {
  readonly bucket: string;
  readonly prefix: string;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  readonly pathStyle: boolean;
  readonly credentials: S3StorageOptions['credentials'];
  readonly concurrency: number;
}

/** Checks options and fills in defaults. `invalid_argument` names what is wrong. */
export function resolveS3Options(options: S3StorageOptions): S3Target {
  assertBucketName(options.bucket);
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MAX_CONCURRENCY) {
    throw new AuditError('invalid_argument', `concurrency is a whole number from 1 to ${MAX_CONCURRENCY}.`);
  }
  const endpoint = options.endpoint === undefined ? null : assertEndpoint(options.endpoint);
  return {
    bucket: options.bucket,
    prefix: normalizePrefix(options.prefix ?? DEFAULT_PREFIX),
    endpoint,
    region: options.region ?? null,
    profile: options.profile ?? null,
    pathStyle: options.pathStyle ?? endpoint !== null,
    credentials: options.credentials,
    concurrency,
  };
}

/** Makes the client; the SDK is loaded only then (60 ms that no other storage pays for). With an endpoint and no region anywhere it is us-east-1, which S3-compatible servers take. */
export async function openS3Client(target: S3Target): Promise<S3> {
  const client = await makeClient(target, target.region);
  if (target.region !== null || target.endpoint === null) return client;
  try {
    await client.config.region();
    return client;
  } catch {
    client.destroy();
    return makeClient(target, 'us-east-1');
  }
}

async function makeClient(target: S3Target, region: string | null): Promise<S3> {
  const [{ S3 }, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@smithy/node-http-handler'),
  ]);
  const agent = { keepAlive: true, maxSockets: target.concurrency };
  const config: S3ClientConfig = {
    forcePathStyle: target.pathStyle,
    maxAttempts: MAX_ATTEMPTS,
    retryStrategy: boundedRetries(),
    // Since 3.729 the SDK adds CRC32 trailers by default, which older MinIO, Ceph and others refuse. Content-MD5 guards instead.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      socketTimeout: SOCKET_SILENCE_MS,
      httpAgent: agent,
      httpsAgent: agent,
    }),
    ...(target.endpoint === null ? {} : { endpoint: target.endpoint }),
    ...(region === null ? {} : { region }),
    ...(target.credentials === undefined ? {} : { credentials: { ...target.credentials } }),
    ...(target.profile === null ? {} : { profile: target.profile }),
  };
  const client = new S3(config);
  addContentMd5(client);
  return client;
}

/** DeleteObjects needs Content-MD5 on servers that do not know the newer checksums; AWS takes both. */
function addContentMd5(client: S3): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const request = args.request as { body?: unknown; headers?: Record<string, string> };
      if (context.commandName === 'DeleteObjectsCommand' && request.headers !== undefined) {
        const { body } = request;
        if (typeof body === 'string' || body instanceof Uint8Array) request.headers['content-md5'] = md5Base64(body);
      }
      return next(args);
    },
    { step: 'build', name: 'contentMd5OfDeletes', priority: 'low' },
  );
}

/** MD5 as HTTP's Content-MD5 carries it. */
export function md5Base64(body: string | Uint8Array): string {
  return createHash('md5').update(body).digest('base64');
}
