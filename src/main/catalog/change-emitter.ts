/** Tells listeners of changes, at most ten times a second, and never leaves the last one untold. */
import type { CatalogChange } from './catalog.ts';

const LEAST_INTERVAL_MS = 100;
/** How often it is told that the source was looked at and nothing was new. */
const NO_NEWS_MS = 5_000;

export class ChangeEmitter {
  readonly #now: () => CatalogChange;
  readonly #listeners = new Set<(change: CatalogChange) => void>();
  #timer: NodeJS.Timeout | null = null;
  #lastAtMs = 0;
  #last: CatalogChange | null = null;
  #closed = false;

  constructor(now: () => CatalogChange) {
    this.#now = now;
  }

  /** Answers how to stop listening. */
  listen(listener: (change: CatalogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    if (this.#closed || this.#timer !== null) return;
    const wait = Math.max(0, this.#lastAtMs + LEAST_INTERVAL_MS - performance.now());
    this.#timer = setTimeout(() => this.#tell(), wait);
  }

  close(): void {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #tell(): void {
    this.#timer = null;
    const change = this.#now();
    const nowMs = performance.now();
    if (nowMs - this.#lastAtMs < NO_NEWS_MS && !isNews(this.#last, change)) return;
    this.#lastAtMs = nowMs;
    this.#last = change;
    for (const listener of this.#listeners) listener(change);
  }
}

function isNews(before: CatalogChange | null, now: CatalogChange): boolean {
  return (
    before === null ||
    before.revision !== now.revision ||
    before.coverage.state !== now.coverage.state ||
    before.coverage.problem !== now.coverage.problem
  );
}
