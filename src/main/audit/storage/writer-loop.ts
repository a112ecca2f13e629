/** Group commit: whoever waits is written and made safe together with all others who wait. */
import type { Buffer } from 'node:buffer';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AuditError, isAuditError } from '../../../shared/errors.ts';

/** Bytes that one write takes at most, unless a single line is longer. */
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/** Appends lines and answers how many, at least one, were taken and are safe. */
export type Append = (lines: readonly Buffer[]) => Promise<number>;

interface Waiting {
  readonly line: Buffer;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** One loop over one append: lines go in order, a batch at a time. */
export class WriterLoop {
  readonly #append: Append;
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  /** Set once and for all when a sync has failed. */
  #stopped: AuditError | null = null;

  constructor(append: Append) {
    this.#append = append;
  }

  /** Resolves once the line is safe. After a failed sync everything is refused with `writer_stopped`. */
  write(line: Buffer): Promise<void> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped);
    return new Promise((done, failed) => {
      this.#waiting.push({ line, done, failed });
      this.#running ??= this.#run();
    });
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that callers who were answered together hand in their next lines together. Another turn
    // after each batch was tried with 64 callers and gained nothing.
    await nextTurn();
    while (this.#waiting.length > 0) await this.#writeBatch(this.#takeBatch());
    this.#running = null;
  }

  #takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { line } of this.#waiting) {
      bytes += line.length;
      if (count > 0 && bytes > MAX_BATCH_BYTES) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    let next = 0;
    try {
      while (next < batch.length) {
        const taken = await this.#append(batch.slice(next).map(({ line }) => line));
        for (const { done } of batch.slice(next, next + taken)) done();
        next += taken;
      }
    } catch (error) {
      const refused = batch.slice(next);
      if (isAuditError(error) && error.code === 'writer_stopped') {
        this.#stopped = error;
        refused.push(...this.#waiting.splice(0));
      }
      for (const { failed } of refused) failed(error);
    }
  }
}
