/** Notices that another program wrote into a folder. */
import { type FSWatcher, watch } from 'node:fs';
import { isLogFileName } from '../audit/index.ts';

/** Time for a burst of writes to come together before one look. */
const SETTLE_MS = 60;
/** Looks without being told: for file systems that tell nothing (network shares), and for what a watcher misses. */
const POLL_MS = 400;
/** A look may take this part of the time, no more: a folder of many thousand files is polled less often. */
const MOST_BUSY = 0.05;

export class FolderWatch {
  readonly #look: () => Promise<void>;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dueAtMs = Number.POSITIVE_INFINITY;
  #looking = false;
  #toldMeanwhile = false;
  #closed = false;

  constructor(folder: string, look: () => Promise<void>) {
    this.#look = look;
    try {
      this.#watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || isLogFileName(name)) this.#told();
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // Polling alone does, a little later.
    }
    this.#schedule(POLL_MS);
  }

  close(): void {
    this.#closed = true;
    this.#watcher?.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #told(): void {
    if (this.#looking) this.#toldMeanwhile = true;
    else this.#schedule(SETTLE_MS);
  }

  #schedule(afterMs: number): void {
    const dueAtMs = performance.now() + afterMs;
    if (this.#closed || this.#looking || dueAtMs >= this.#dueAtMs) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#dueAtMs = dueAtMs;
    this.#timer = setTimeout(() => void this.#lookNow(), afterMs);
    this.#timer.unref();
  }

  async #lookNow(): Promise<void> {
    this.#looking = true;
    this.#toldMeanwhile = false;
    this.#dueAtMs = Number.POSITIVE_INFINITY;
    const startedAtMs = performance.now();
    await this.#look().catch(() => undefined);
    const tookMs = performance.now() - startedAtMs;
    this.#looking = false;
    this.#schedule(this.#toldMeanwhile ? SETTLE_MS : Math.max(POLL_MS, tookMs / MOST_BUSY));
  }
}
