/** What passes between the process that owns an index and the one that asks it. */
import type { WireError } from '../../shared/errors.ts';
import type { Catalog, CatalogChange, CatalogOptions } from './catalog.ts';

/**
 * A process that runs catalog-process.ts, as its starter sees it. Messages are structured clones and keep their order. Made by
 * fork-channel.ts, or by a host over its own kind of process.
 */
export interface CatalogChannel {
  post(message: CatalogRequest): void;
  onMessage(listener: (message: CatalogMessage) => void): void;
  /** Called once, when the process has ended for whatever reason. */
  onExit(listener: () => void): void;
  kill(): void;
}

/** Methods that are carried over as they are. */
export const CATALOG_METHODS = [
  'status',
  'refresh',
  'complete',
  'stopReading',
  'page',
  'position',
  'places',
  'facets',
  'spreads',
  'counts',
  'hashMatches',
  'metadataKeys',
  'histogram',
  'statistics',
  'days',
  'find',
  'isDuplicateId',
  'unreadable',
  'forecast',
  'appendLines',
  'close',
] as const satisfies readonly (keyof Catalog)[];
export type CatalogMethod = (typeof CATALOG_METHODS)[number];

/** From the asking process. `call` numbers what is asked, and its answer. */
export type CatalogRequest =
  | { readonly kind: 'open'; readonly call: number; readonly options: CatalogOptions }
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly method: CatalogMethod;
      readonly args: readonly unknown[];
    };

/** From the process that owns the index. */
export type CatalogMessage =
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly call: number; readonly error: WireError }
  | { readonly kind: 'change'; readonly change: CatalogChange };
