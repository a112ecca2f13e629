/**
 * Entry point of the process that owns one index. Runs under `child_process.fork` (with `serialization: 'advanced'`) and under
 * Electron's `utilityProcess`. It ends when its catalog is closed or nobody is left to ask.
 */
import { toWireError } from '../../shared/errors.ts';
import { AuditError } from '../audit/index.ts';
import type { Catalog } from './catalog.ts';
import { CATALOG_METHODS, type CatalogMessage, type CatalogRequest } from './catalog-channel.ts';
import { openCatalog } from './open-catalog.ts';

/** The end of a `utilityProcess` channel, as Electron adds it to `process`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

class CatalogService {
  readonly #post: (message: CatalogMessage) => void;
  #catalog: Catalog | null = null;

  constructor(post: (message: CatalogMessage) => void) {
    this.#post = post;
  }

  async handle(request: CatalogRequest): Promise<void> {
    try {
      const value = request.kind === 'open' ? await this.#open(request) : await this.#call(request);
      this.#post({ kind: 'answer', call: request.call, value });
    } catch (error) {
      this.#post({ kind: 'failure', call: request.call, error: toWireError(error) });
    }
    if (request.kind === 'call' && request.method === 'close') setImmediate(() => process.exit(0));
  }

  async end(): Promise<void> {
    await this.#catalog?.close().catch(() => undefined);
    process.exit(0);
  }

  async #open({ options }: CatalogRequest & { kind: 'open' }): Promise<null> {
    this.#catalog = await openCatalog(options);
    this.#catalog.onChange((change) => this.#post({ kind: 'change', change }));
    return null;
  }

  async #call({ method, args }: CatalogRequest & { kind: 'call' }): Promise<unknown> {
    if (this.#catalog === null || !CATALOG_METHODS.includes(method)) {
      throw new AuditError('catalog_unavailable', 'The index of this source is not open. Open the source again.');
    }
    const run = this.#catalog[method] as (...args: unknown[]) => Promise<unknown>;
    return (await run.apply(this.#catalog, [...args])) ?? null;
  }
}

function serve(): void {
  // Files that DuckDB makes beside the index (its log, what it spills) are this user's alone.
  process.umask(0o077);
  const parentPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
  if (parentPort !== undefined) {
    const service = new CatalogService((message) => parentPort.postMessage(message));
    parentPort.on('message', ({ data }) => void service.handle(data as CatalogRequest));
    return;
  }
  const service = new CatalogService((message) => {
    if (process.connected) process.send?.(message);
  });
  process.on('message', (message) => void service.handle(message as CatalogRequest));
  process.on('disconnect', () => void service.end());
}

serve();
