/**
 * When a request is tried again. The SDK's classification, without its quota: that is spent by retries which end in an answer other
 * than success, as a write does which finds its object stored (412), and after some thirty of them the SDK retries nothing any more.
 */
import type { S3ClientConfig } from '@aws-sdk/client-s3';

type RetryStrategy = Extract<
  NonNullable<S3ClientConfig['retryStrategy']>,
  { readonly acquireInitialRetryToken: unknown }
>;
type RetryToken = Awaited<ReturnType<RetryStrategy['acquireInitialRetryToken']>>;

/** One try and three retries: with the waits between them 503 for ever is told within 4 seconds. */
export const MAX_ATTEMPTS = 4;
const BASE_WAIT_MS = 100;
/** Where the server says that it is asked too often. */
const THROTTLED_WAIT_MS = 500;
/** A server's own wish (Retry-After) is followed up to here. */
const MAX_WISHED_WAIT_MS = 5_000;

/** Retries what may pass by itself, up to {@link MAX_ATTEMPTS}, with growing random waits. */
export function boundedRetries(): RetryStrategy {
  return {
    acquireInitialRetryToken: async () => token(0, 0),
    refreshRetryTokenForRetry: async (last, { errorType, retryAfterHint }) => {
      const count = last.getRetryCount() + 1;
      const mayPass = errorType === 'TRANSIENT' || errorType === 'THROTTLING';
      if (!mayPass || count >= MAX_ATTEMPTS) throw new Error('No further try.');
      const base = errorType === 'THROTTLING' ? THROTTLED_WAIT_MS : BASE_WAIT_MS;
      const wishedMs = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
      const waitMs = base * 2 ** (count - 1) * (0.5 + Math.random() / 2);
      return token(count, Math.max(waitMs, Math.min(wishedMs, MAX_WISHED_WAIT_MS)));
    },
    recordSuccess: () => undefined,
  };
}

function token(count: number, waitMs: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => waitMs };
}
