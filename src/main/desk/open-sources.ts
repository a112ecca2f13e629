/** The sources that are open in this run, each with its storage and its catalog. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { OpenSource, SourceLocation, TypedCredentials } from '../../shared/contract.ts';
import type { Coverage } from '../../shared/coverage.ts';
import { AuditError } from '../audit/index.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { DeskPorts } from './desk.ts';
import type { DeskEventHub } from './desk-events.ts';
import { locationKey } from './recent-sources.ts';
import {
  catalogSource,
  type DeskStorage,
  locationName,
  normalLocation,
  requireFolder,
  storageOf,
} from './source-storage.ts';

/** One open source. */
export interface Source {
  readonly sourceId: string;
  readonly name: string;
  readonly location: SourceLocation;
  readonly sample: boolean;
  readonly storage: DeskStorage;
  readonly catalog: Catalog;
}

/** How a source is to be opened. */
export interface OpenRequest {
  readonly location: SourceLocation;
  /** Kept in memory, inside the storage and the catalog, until the source is closed. */
  readonly credentials: TypedCredentials | null;
  readonly sample?: boolean;
  /** Default: told by the location. */
  readonly name?: string;
}

type Ports = Pick<DeskPorts, 'dataFolder' | 'openCatalog'>;

/** Opens, finds and closes sources. A location that is open already is not opened twice. */
export class OpenSources {
  readonly #ports: Ports;
  readonly #events: DeskEventHub;
  /** By location, the one opened last at the end. */
  readonly #byLocation = new Map<string, Promise<Source>>();
  readonly #byId = new Map<string, Source>();
  readonly #stopListening = new Map<string, () => void>();
  #closed = false;

  constructor(ports: Ports, events: DeskEventHub) {
    this.#ports = ports;
    this.#events = events;
  }

  /**
   * Opens a source, or answers the one that is open. With typed credentials it is opened anew, so that they count.
   * `source_not_found`, `not_a_folder`, `permission_denied`, and what a bucket answers.
   */
  async open(request: OpenRequest): Promise<Source> {
    const location = normalLocation(request.location);
    const key = locationKey(location);
    const open = this.#byLocation.get(key);
    if (open !== undefined && request.credentials === null) {
      this.#byLocation.delete(key);
      this.#byLocation.set(key, open);
      return await open;
    }
    if (open !== undefined) await this.close((await open).sourceId);
    const opening = this.#open({ ...request, location });
    this.#byLocation.set(key, opening);
    try {
      return await opening;
    } catch (error) {
      if (this.#byLocation.get(key) === opening) this.#byLocation.delete(key);
      throw error;
    }
  }

  async #open({ location, credentials, sample = false, name }: OpenRequest): Promise<Source> {
    if (location.kind === 'folder') await requireFolder(location.path);
    const storage = storageOf(location, credentials);
    const catalog = await this.#openCatalog(location, credentials, storage);
    const sourceId = randomUUID();
    const source: Source = { sourceId, name: name ?? locationName(location), location, sample, storage, catalog };
    if (this.#closed) {
      await letGo(source);
      throw new AuditError('cancelled', 'Audit Desk was closed while the source was being opened.');
    }
    this.#byId.set(sourceId, source);
    this.#stopListening.set(
      sourceId,
      catalog.onChange((change) => this.#events.emitThrottled('source.changed', sourceId, { sourceId, ...change })),
    );
    return source;
  }

  async #openCatalog(
    location: SourceLocation,
    credentials: TypedCredentials | null,
    storage: DeskStorage,
  ): Promise<Catalog> {
    let catalog: Catalog | null = null;
    try {
      catalog = await this.#ports.openCatalog({
        source: catalogSource(location, credentials),
        cacheFolder: join(this.#ports.dataFolder, 'catalogs'),
      });
      await catalog.refresh();
      return catalog;
    } catch (error) {
      await Promise.allSettled([catalog?.close(), storage.close()]);
      throw error;
    }
  }

  /** The source of an id. `source_not_open` where it is closed. */
  get(sourceId: string): Source {
    const source = this.#byId.get(sourceId);
    if (source !== undefined) return source;
    throw new AuditError('source_not_open', 'This source is not open any more. Open it again.');
  }

  /** The source opened last, or null. */
  async current(): Promise<Source | null> {
    const newest = [...this.#byLocation.values()].at(-1);
    return newest === undefined ? null : await newest;
  }

  /** Closes a source; nothing happens where it is closed already. */
  async close(sourceId: string): Promise<void> {
    const source = this.#byId.get(sourceId);
    if (source === undefined) return;
    this.#byId.delete(sourceId);
    this.#byLocation.delete(locationKey(source.location));
    this.#stopListening.get(sourceId)?.();
    this.#stopListening.delete(sourceId);
    this.#events.emit('source.closed', { sourceId });
    await letGo(source);
  }

  /** Closes all, and what is being opened as soon as it is. */
  async closeAll(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#byLocation.values()]);
    for (const sourceId of [...this.#byId.keys()]) await this.close(sourceId);
  }
}

async function letGo({ catalog, storage }: Source): Promise<void> {
  const ended = await Promise.allSettled([catalog.close(), storage.close()]);
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

/** A source as the window sees it. */
export function describeSource(source: Source, coverage: Coverage): OpenSource {
  const { sourceId, name, location, sample } = source;
  return { sourceId, name, location, coverage, sample };
}
