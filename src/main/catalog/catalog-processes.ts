/** Starts the processes that own indexes, one of them ahead of time. */
import type { Catalog, CatalogOptions } from './catalog.ts';
import type { CatalogChannel } from './catalog-channel.ts';
import { forkCatalog } from './catalog-client.ts';

/** Time after which a process is started ahead: first whatever the start of the application needs. */
const AHEAD_AFTER_MS = 700;

/**
 * A process with DuckDB in it takes a quarter of a second to start, which whoever opens a source would wait for. So one is started
 * before anybody asks, and the first source to be opened gets it; for later ones it is not worth the memory.
 */
export class CatalogProcesses {
  readonly #spawn: () => CatalogChannel;
  readonly #timer: NodeJS.Timeout;
  #ahead: CatalogChannel | null = null;

  /** `spawn` starts catalog-process.ts. */
  constructor(spawn: () => CatalogChannel) {
    this.#spawn = spawn;
    this.#timer = setTimeout(() => this.#startAhead(), AHEAD_AFTER_MS);
    this.#timer.unref();
  }

  /** As {@link forkCatalog}. */
  readonly open = (options: CatalogOptions): Promise<Catalog> => forkCatalog(() => this.#take(), options);

  /** Ends a process that nobody took. May be called twice. */
  close(): void {
    clearTimeout(this.#timer);
    this.#ahead?.kill();
    this.#ahead = null;
  }

  #startAhead(): void {
    const channel = this.#spawn();
    channel.onExit(() => {
      if (this.#ahead === channel) this.#ahead = null;
    });
    this.#ahead = channel;
  }

  #take(): CatalogChannel {
    clearTimeout(this.#timer);
    const channel = this.#ahead;
    this.#ahead = null;
    return channel ?? this.#spawn();
  }
}
