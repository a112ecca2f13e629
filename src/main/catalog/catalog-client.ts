/** A catalog in another process, spoken to as if it were here. */
import { fromWireError } from '../../shared/errors.ts';
import { AuditError } from '../audit/index.ts';
import type { Catalog, CatalogChange, CatalogOptions } from './catalog.ts';
import type { CatalogChannel, CatalogMessage, CatalogMethod } from './catalog-channel.ts';

/** How long a process may take to close its index before it is killed; the index survives that too. */
const CLOSE_MS = 5_000;

/**
 * Starts a process for the index of a source and opens it there; errors are those of `openCatalog`. Where the process dies, calls
 * under way fail with `catalog_unavailable`, and the next call starts another one, once: an index that kills its process twice
 * is given up.
 */
export async function forkCatalog(spawn: () => CatalogChannel, options: CatalogOptions): Promise<Catalog> {
  const client = new CatalogClient(spawn, options);
  await client.begin();
  return client;
}

interface PendingCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AuditError) => void;
}

/** One process and what is asked of it. */
class CatalogConnection {
  readonly opened: Promise<unknown>;
  readonly #channel: CatalogChannel;
  readonly #pending = new Map<number, PendingCall>();
  #calls = 0;
  #alive = true;

  constructor(channel: CatalogChannel, options: CatalogOptions, onChange: (change: CatalogChange) => void) {
    this.#channel = channel;
    channel.onMessage((message) => {
      if (message.kind === 'change') onChange(message.change);
      else this.#settle(message);
    });
    channel.onExit(() => this.#end());
    this.opened = this.#ask((call) => channel.post({ kind: 'open', call, options }));
    this.opened.catch(() => channel.kill());
  }

  get alive(): boolean {
    return this.#alive;
  }

  call(method: CatalogMethod, args: readonly unknown[]): Promise<unknown> {
    return this.#ask((call) => this.#channel.post({ kind: 'call', call, method, args }));
  }

  async close(): Promise<void> {
    const timer = setTimeout(() => this.#channel.kill(), CLOSE_MS);
    await this.call('close', []).catch(() => undefined);
    clearTimeout(timer);
  }

  #ask(post: (call: number) => void): Promise<unknown> {
    if (!this.#alive) return Promise.reject(unavailable());
    this.#calls += 1;
    const call = this.#calls;
    return new Promise((resolve, reject) => {
      this.#pending.set(call, { resolve, reject });
      post(call);
    });
  }

  #settle(message: Exclude<CatalogMessage, { kind: 'change' }>): void {
    const pending = this.#pending.get(message.call);
    this.#pending.delete(message.call);
    if (message.kind === 'answer') pending?.resolve(message.value);
    else pending?.reject(fromWireError(message.error));
  }

  #end(): void {
    this.#alive = false;
    for (const pending of this.#pending.values()) pending.reject(unavailable());
    this.#pending.clear();
  }
}

function unavailable(): AuditError {
  return new AuditError(
    'catalog_unavailable',
    'The process that keeps the index of this source has ended. Try again; nothing of the log was lost.',
  );
}

class CatalogClient implements Catalog {
  readonly #spawn: () => CatalogChannel;
  readonly #options: CatalogOptions;
  readonly #listeners = new Set<(change: CatalogChange) => void>();
  #connection: CatalogConnection;
  #restarted = false;
  #closed = false;

  constructor(spawn: () => CatalogChannel, options: CatalogOptions) {
    this.#spawn = spawn;
    this.#options = options;
    this.#connection = this.#connect();
  }

  async begin(): Promise<void> {
    await this.#connection.opened;
  }

  readonly status: Catalog['status'] = () => this.#call('status');
  readonly refresh: Catalog['refresh'] = () => this.#call('refresh');
  readonly complete: Catalog['complete'] = () => this.#call('complete');
  readonly stopReading: Catalog['stopReading'] = () => this.#call('stopReading');
  readonly page: Catalog['page'] = (query, page) => this.#call('page', query, page);
  readonly position: Catalog['position'] = (query, ref) => this.#call('position', query, ref);
  readonly places: Catalog['places'] = (filter) => this.#call('places', filter);
  readonly facets: Catalog['facets'] = (filter, fields, limit, contains) =>
    this.#call('facets', filter, fields, limit, contains);
  readonly spreads: Catalog['spreads'] = (filter, fields) => this.#call('spreads', filter, fields);
  readonly counts: Catalog['counts'] = (filters) => this.#call('counts', filters);
  readonly hashMatches: Catalog['hashMatches'] = (filter, hash) => this.#call('hashMatches', filter, hash);
  readonly metadataKeys: Catalog['metadataKeys'] = (limit) => this.#call('metadataKeys', limit);
  readonly histogram: Catalog['histogram'] = (filter, buckets) => this.#call('histogram', filter, buckets);
  readonly statistics: Catalog['statistics'] = (filter, buckets) => this.#call('statistics', filter, buckets);
  readonly days: Catalog['days'] = () => this.#call('days');
  readonly find: Catalog['find'] = (id) => this.#call('find', id);
  readonly isDuplicateId: Catalog['isDuplicateId'] = (id) => this.#call('isDuplicateId', id);
  readonly unreadable: Catalog['unreadable'] = (page) => this.#call('unreadable', page);
  readonly forecast: Catalog['forecast'] = (cutoffUs) => this.#call('forecast', cutoffUs);

  async appendLines(lines: readonly Uint8Array[]): Promise<void> {
    await this.#call('appendLines', lines);
  }

  onChange(listener: (change: CatalogChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    if (this.#connection.alive) await this.#connection.close();
  }

  #connect(): CatalogConnection {
    return new CatalogConnection(this.#spawn(), this.#options, (change) => {
      for (const listener of this.#listeners) listener(change);
    });
  }

  async #call<Name extends CatalogMethod>(
    method: Name,
    ...args: Parameters<Catalog[Name]>
  ): Promise<Awaited<ReturnType<Catalog[Name]>>> {
    if (this.#closed) throw unavailable();
    if (!this.#connection.alive && !this.#restarted) {
      this.#restarted = true;
      this.#connection = this.#connect();
    }
    await this.#connection.opened;
    // The other end answers with what the same method of the same interface returned there.
    return (await this.#connection.call(method, args)) as Awaited<ReturnType<Catalog[Name]>>;
  }
}
