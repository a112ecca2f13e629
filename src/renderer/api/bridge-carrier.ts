/** The contract over the bridge that the desktop's preload puts into the window. */
import type { DeskBridge } from '../../shared/contract.ts';
import type { Carrier } from './carrier.ts';

declare global {
  interface Window {
    /** Only in the desktop's window. */
    readonly auditDesk?: DeskBridge;
  }
}

/** A carrier that cannot be lost: the window ends with the process behind it. */
export function bridgeCarrier(bridge: DeskBridge): Carrier {
  return {
    invoke: (name, inputJson) => bridge.invoke(name, inputJson),
    onEvent: (listener) => bridge.subscribe(listener),
    onConnection: (listener) => {
      listener('connected');
      return () => {};
    },
  };
}
