/** Finds the host behind this page. */
import { bridgeCarrier } from './bridge-carrier.ts';
import type { Carrier } from './carrier.ts';
import { createDeskClient, type DeskClient } from './desk-client.ts';
import { httpCarrier, tradeToken } from './http-carrier.ts';

/**
 * Connects to the desk: over the desktop's bridge, or over HTTP to the server that served this page. Rejects with `forbidden_call`
 * where the link's token is wrong; without a token it relies on the cookie of an earlier visit, as a reload does.
 */
export async function connectDesk(): Promise<DeskClient> {
  if (window.auditDesk !== undefined) return createDeskClient(bridgeCarrier(window.auditDesk));
  await tradeToken();
  // A new link pasted into this tab changes no more than the address behind the #.
  addEventListener('hashchange', () => location.reload());
  const carrier = httpCarrier();
  await settled(carrier);
  return createDeskClient(carrier);
}

/** Waits until events come, or will not: what happens between a first call and the first event must not be missed. */
function settled(carrier: Carrier): Promise<void> {
  return new Promise((resolve) => {
    carrier.onConnection((state) => {
      if (state !== 'connecting') resolve();
    });
  });
}
