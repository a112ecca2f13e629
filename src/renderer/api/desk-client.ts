/** The contract as the page calls it: typed, over any carrier. */
import type {
  DeskEventName,
  DeskEvents,
  OperationCall,
  OperationName,
  OperationOutput,
  Reply,
} from '../../shared/contract.ts';
import { fromWireError } from '../../shared/errors.ts';
import type { Carrier, ConnectionState } from './carrier.ts';

export interface DeskClient {
  /** Runs an operation. Rejects with an AuditError whose `code` says what stood in the way. */
  call<Name extends OperationName>(name: Name, input: OperationCall<Name>): Promise<OperationOutput<Name>>;
  /** Listens to one event; answers how to stop listening. */
  on<Name extends DeskEventName>(name: Name, listener: (payload: DeskEvents[Name]) => void): () => void;
  /**
   * Listens to the state of the connection; called at once with the present one. After `lost`, `connected` means: events may have
   * been missed, ask again for what is shown.
   */
  onConnection(listener: (state: ConnectionState) => void): () => void;
}

export function createDeskClient(carrier: Carrier): DeskClient {
  return {
    async call<Name extends OperationName>(name: Name, input: OperationCall<Name>) {
      // The host on the other side is ours and typed by the same contract.
      const reply = JSON.parse(await carrier.invoke(name, JSON.stringify(input))) as Reply<OperationOutput<Name>>;
      if (!reply.ok) throw fromWireError(reply.error);
      return reply.value;
    },
    on<Name extends DeskEventName>(name: Name, listener: (payload: DeskEvents[Name]) => void) {
      return carrier.onEvent((eventName, payloadJson) => {
        if (eventName === name) listener(JSON.parse(payloadJson) as DeskEvents[Name]);
      });
    },
    onConnection: (listener) => carrier.onConnection(listener),
  };
}
