/** Removing many objects: in batches, with every key accounted for. */
import { setTimeout as wait } from 'node:timers/promises';
import { AuditError, isAuditError } from '../../../shared/errors.ts';
import type { S3Bucket } from './s3-bucket.ts';
import { mapInOrder } from './s3-map-in-order.ts';

/** Most keys that one DeleteObjects takes. */
const BATCH_KEYS = 1000;
const ATTEMPTS = 3;
const RETRY_WAIT_MS = 200;
const WORTH_ANOTHER_TRY = ['InternalError', 'SlowDown', 'ServiceUnavailable', 'OperationAborted', 'RequestTimeout'];
/** Most keys that an error names; it says how many there are. */
const MAX_NAMED_KEYS = 10_000;

export interface S3DeletionOptions {
  /** Looked at between two batches. */
  readonly signal?: AbortSignal | undefined;
  /** Told after every batch, with the keys that are gone. */
  readonly onGone: (keys: readonly string[]) => void;
}

/**
 * Removes objects in batches of 1,000, or one by one where the server does not know DeleteObjects. Only keys that the server said
 * are gone are told as gone. `incomplete_delete` names those that stayed; where the very first request fails as a whole, its own
 * error is thrown. Answers true when a signal stopped it.
 */
export async function deleteObjects(
  bucket: S3Bucket,
  keys: readonly string[],
  options: S3DeletionOptions,
): Promise<boolean> {
  const stayed = new Map<string, string>();
  const run = new BatchRun(bucket);
  let gone = 0;
  for (let start = 0; start < keys.length; start += BATCH_KEYS) {
    if (options.signal?.aborted) {
      if (stayed.size > 0) throw incomplete(bucket, gone, stayed, null);
      return true;
    }
    const batch = keys.slice(start, start + BATCH_KEYS);
    try {
      const outcome = await run.remove(batch, stayed);
      gone += outcome.length;
      options.onGone(outcome);
    } catch (error) {
      if (gone === 0 && stayed.size === 0) throw error;
      for (const key of keys.slice(start)) stayed.set(key, isAuditError(error) ? error.code : 'internal');
      throw incomplete(bucket, gone, stayed, error);
    }
  }
  if (stayed.size > 0) throw incomplete(bucket, gone, stayed, null);
  return false;
}

/** Batches over one bucket; remembers when the server turns out not to know DeleteObjects. */
class BatchRun {
  readonly #bucket: S3Bucket;
  #batches = true;

  constructor(bucket: S3Bucket) {
    this.#bucket = bucket;
  }

  /** Answers the keys that are gone and puts the others into `stayed` with their codes. */
  async remove(keys: readonly string[], stayed: Map<string, string>): Promise<string[]> {
    const gone: string[] = [];
    let pending: readonly string[] = keys;
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      const outcomes = await this.#ask(pending);
      const again: string[] = [];
      for (const key of pending) {
        const outcome = outcomes.get(key) ?? 'NoAnswer';
        if (outcome === 'gone') gone.push(key);
        else if (attempt < ATTEMPTS && WORTH_ANOTHER_TRY.includes(outcome)) again.push(key);
        else stayed.set(key, outcome);
      }
      pending = again;
      if (again.length > 0) await wait(RETRY_WAIT_MS * 2 ** attempt);
    }
    return gone;
  }

  async #ask(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (!this.#batches) return this.#oneByOne(keys);
    try {
      const outcomes = await this.#bucket.deleteBatch(keys);
      // Some servers name only failures: what is not answered is asked for by itself.
      const silent = keys.filter((key) => !outcomes.has(key));
      return silent.length === 0 ? outcomes : new Map([...outcomes, ...(await this.#oneByOne(silent))]);
    } catch (error) {
      if (!isAuditError(error) || error.code !== 'not_supported_here') throw error;
      this.#batches = false;
      return this.#oneByOne(keys);
    }
  }

  async #oneByOne(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const outcomes = new Map<string, string>();
    /** Set by a failure that every further request would meet too. */
    let broken: string | null = null;
    const removeOne = async (key: string): Promise<[string, string]> => {
      if (broken !== null) return [key, broken];
      try {
        await this.#bucket.deleteOne(key);
        return [key, 'gone'];
      } catch (error) {
        const code = isAuditError(error) ? error.code : 'internal';
        if (code !== 'access_denied') broken = code;
        return [key, code];
      }
    };
    for await (const [key, outcome] of mapInOrder(keys, this.#bucket.target.concurrency, removeOne)) {
      outcomes.set(key, outcome);
    }
    return outcomes;
  }
}

function incomplete(
  bucket: S3Bucket,
  removed: number,
  stayed: ReadonlyMap<string, string>,
  cause: unknown,
): AuditError {
  const { bucket: name, endpoint } = bucket.target;
  const keys = [...stayed.keys()];
  const reasons = [...new Set(stayed.values())];
  return new AuditError(
    'incomplete_delete',
    `${removed} objects were removed from the bucket ${name}, ${keys.length} stayed (${reasons.join(', ')}). Run the same cleanup again once that is settled; it needs s3:DeleteObject.`,
    {
      ...(cause === null ? {} : { cause }),
      details: { bucket: name, endpoint, removed, stayed: keys.length, keys: keys.slice(0, MAX_NAMED_KEYS), reasons },
    },
  );
}
