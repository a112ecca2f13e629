/** Buckets that fail on demand: s3rver in a process of its own, and before it a proxy that breaks what passes. */
import { type AuditErrorCode, isAuditError, S3Storage, type S3StorageOptions } from '../../../src/main/audit/index.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/s3/faulty-proxy.ts';
import { type S3TestServer, startS3Server } from '../../support/s3/s3-test-server.ts';
import type { Workbench } from './workbench.ts';

/** Longest that any failure of a bucket may take until it is told, in milliseconds. */
export const LONGEST_FAILURE_MS = 30_000;

/** A bucket, the proxy before it, and a storage that goes through the proxy. */
export interface FaultyBucket {
  readonly bucket: string;
  readonly server: S3TestServer;
  readonly proxy: FaultyProxy;
  readonly storage: S3Storage;
}

/** Starts a server that ends with the bench. */
export async function bucketServer(bench: Workbench): Promise<S3TestServer> {
  const server = await startS3Server();
  bench.afterwards(() => server.stop());
  return server;
}

/** Makes an empty bucket with a proxy of its own; both end with the bench. */
export async function faultyBucket(
  bench: Workbench,
  server: S3TestServer,
  bucket: string,
  options: Partial<S3StorageOptions> = {},
): Promise<FaultyBucket> {
  await server.createBucket(bucket);
  const proxy = await startFaultyProxy(server);
  const storage = new S3Storage({ ...server.options(bucket), endpoint: proxy.endpoint, ...options });
  bench.afterwards(async () => {
    await proxy.stop();
    await storage.close();
  });
  return { bucket, server, proxy, storage };
}

/** How a call ended: with a value, or with a code, and after how many milliseconds. */
export type Ending<Value> =
  | { readonly value: Value; readonly elapsedMs: number }
  | {
      readonly code: AuditErrorCode | 'no AuditError';
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly elapsedMs: number;
    };

/** Waits for the end of a call, however it ends. */
export async function endingOf<Value>(work: Promise<Value>): Promise<Ending<Value>> {
  const begunMs = performance.now();
  try {
    const value = await work;
    return { value, elapsedMs: performance.now() - begunMs };
  } catch (error) {
    const elapsedMs = performance.now() - begunMs;
    if (isAuditError(error)) return { code: error.code, message: error.message, details: error.details, elapsedMs };
    return { code: 'no AuditError', message: String(error), details: {}, elapsedMs };
  }
}

/** What is wrong with a failure that should have had this code and been told in time; none where nothing is. */
export function lossesOfFailure(what: string, ending: Ending<unknown>, code: AuditErrorCode): string[] {
  const losses: string[] = [];
  if (!('code' in ending)) return [`${what}: it succeeded`];
  if (ending.code !== code) losses.push(`${what}: told as ${ending.code} instead of ${code}: ${ending.message}`);
  if (ending.elapsedMs > LONGEST_FAILURE_MS) losses.push(`${what}: told after ${Math.round(ending.elapsedMs)} ms`);
  return losses;
}
