/** The desk: the use cases behind the window. It speaks to ports, never to Electron, HTTP or a host. */
import type {
  DeskEventName,
  DeskEvents,
  DeskHandlers,
  HostInfo,
  OpenSource,
  SourceLocation,
} from '../../shared/contract.ts';
import type { Catalog, CatalogOptions } from '../catalog/catalog.ts';

/** The system's own key store: what it seals, only this person on this machine can unseal. */
export interface SystemKeyStore {
  seal(text: string): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<string>;
}

/** What the desk needs from whoever composes it. */
export interface DeskPorts {
  /** Folder of this user's settings, sample and indexes. Made with mode 0700 where it is missing. */
  readonly dataFolder: string;
  readonly openCatalog: (options: CatalogOptions) => Promise<Catalog>;
  readonly host: HostInfo;
  /** The system's folder dialog; left out where there is none. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** The system's dialog for a key file; left out where there is none. */
  readonly chooseKeyFile?: () => Promise<string | null>;
  /** The system's dialog for a file to write, which asks before one is replaced; left out where there is none. */
  readonly chooseSaveFile?: (suggestedName: string) => Promise<string | null>;
  /** Left out where there is none, or none that is real: `host.keyStoreObstacle` says why. */
  readonly keyStore?: SystemKeyStore;
  /** A variable of the environment that the desk runs in. Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A running desk. */
export interface Desk {
  readonly handlers: DeskHandlers;
  /** Listens to every event; answers how to stop listening. */
  subscribe(listener: <Name extends DeskEventName>(name: Name, payload: DeskEvents[Name]) => void): () => void;
  /** Opens a source as `sources.open` does; what a path argument, a dropped folder or a menu asks for. */
  open(location: SourceLocation): Promise<OpenSource>;
  /** Closes every source and catalog. May be called twice. */
  close(): Promise<void>;
}
