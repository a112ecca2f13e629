/** Keeps the number of requests under way at or below a limit, in the order they came. */
import { AuditError } from '../../../shared/errors.ts';

/**
 * Requests wait here and not in the agent's queue: there the SDK's timeouts run already, and a busy bucket would look like a
 * silent one.
 */
export class S3Gate {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place and answers how to give it back. `cancelled` where the signal fires first. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    if (signal?.aborted) throw cancelled();
    if (this.#inside < this.#limit) this.#inside += 1;
    else await this.#waitForPlace(signal);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.#waiting.shift();
      if (next === undefined) this.#inside -= 1;
      else next();
    };
  }

  #waitForPlace(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const takePlace = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(takePlace), 1);
        reject(cancelled());
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(takePlace);
    });
  }
}

/** The failure of work that its caller stopped. */
export function cancelled(): AuditError {
  return new AuditError('cancelled', 'Stopped on request.');
}
