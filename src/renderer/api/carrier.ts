/** What carries the contract from the page to the machine. There are two: the bridge of the desktop, and HTTP. */

/**
 * `connecting`: not yet. `lost`: no events come at present; they are being asked for again. `refused`: this page may not speak to
 * the desk any more, for good.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'refused';

export interface Carrier {
  /** Input as JSON text; answers a reply as JSON text. Rejects with an AuditError where the machine cannot be reached. */
  invoke(name: string, inputJson: string): Promise<string>;
  /** Listens to every event, its payload as JSON text. */
  onEvent(listener: (name: string, payloadJson: string) => void): () => void;
  /** Listens to the state of the connection; called at once with the present one. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
}
