/** The lock: lets go of all plaintext and keys when a person asks for it, or nobody has touched a window for a while. */
import type { LockedBecause } from '../../shared/contract.ts';

/** Minutes without a touch after which the desk locks itself. */
export const IDLE_MINUTES = 10;
const IDLE_MS = IDLE_MINUTES * 60_000;

/** What a lock is made of. */
export interface LockParts {
  /** True while there is something to let go of. */
  readonly holdsAnything: () => boolean;
  /** Lets go of it and tells every window. */
  readonly letGo: (because: LockedBecause) => void;
}

/** Watches over plaintext. The clock starts with the first touch, so nothing is locked that nobody opened. */
export class PlaintextLock {
  readonly #parts: LockParts;
  readonly #underWay = new Set<AbortController>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  /** Somebody is there: puts the lock off. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onIdle(), IDLE_MS);
    this.#timer.unref();
  }

  /** Ends work that handles plaintext, and lets go of everything. */
  lock(because: LockedBecause): void {
    for (const controller of this.#underWay) controller.abort();
    this.#parts.letGo(because);
  }

  /** Runs work that handles plaintext: the lock ends it, and the desk does not count as idle meanwhile. */
  async during<Result>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    this.#underWay.add(controller);
    this.touch();
    try {
      return await work(AbortSignal.any([signal, controller.signal]));
    } finally {
      this.#underWay.delete(controller);
      this.touch();
    }
  }

  /** Stops watching. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #onIdle(): void {
    if (this.#underWay.size > 0) this.touch();
    else if (this.#parts.holdsAnything()) this.lock('idle');
  }
}
