/** Standard output and standard error of a command, with a reader that may be slow or go away. */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { errnoOf } from '../../audit/index.ts';

/** Writes in order, waits where the reader is slow, and falls silent where it has gone (`audit-desk list … | head`). */
export class TextOutput {
  readonly #stream: Writable;
  #gone = false;
  #failure: Error | null = null;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error) => {
      if (errnoOf(error) === 'EPIPE') this.#gone = true;
      else this.#failure = error;
    });
  }

  /** true where a person sees it at once. */
  get isTerminal(): boolean {
    return 'isTTY' in this.#stream && this.#stream.isTTY === true;
  }

  /** true once nobody reads any more; what is written then goes nowhere. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Writes, and answers when more may be written. Throws what the stream failed with, a full disk for one. */
  async write(text: string | Uint8Array): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    if (this.#gone || this.#stream.write(text)) return;
    await this.#roomOrEnd();
    if (this.#failure !== null) throw this.#failure;
  }

  /** Waits until the reader has caught up, or will never. */
  async #roomOrEnd(): Promise<void> {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      await Promise.race([once(this.#stream, 'drain', { signal }), once(this.#stream, 'close', { signal })]);
    } catch {
      // The stream failed; why is known to the listener above.
    } finally {
      settled.abort();
    }
  }

  /** Waits until everything that was written has left the process. */
  async flush(): Promise<void> {
    if (this.#gone) return;
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
    if (this.#failure !== null) throw this.#failure;
  }
}
