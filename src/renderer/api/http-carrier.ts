/** The contract over HTTP, to the server that served this page. */
import { AuditError } from '../../shared/errors.ts';
import type { Carrier, ConnectionState } from './carrier.ts';
import { readEventStream } from './event-stream-reader.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/**
 * Hands the token of the link over for the cookie of this run, and takes it out of the address. Does nothing where the link has no
 * token. Rejects with `forbidden_call` where it is not this run's.
 */
export async function tradeToken(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return;
  history.replaceState(null, '', location.pathname);
  const response = await send('/session', JSON.stringify({ token }));
  if (!response.ok) throw refused();
}

/** A carrier over `fetch`: one POST a call, one long POST for the events, asked for again whenever it breaks. */
export function httpCarrier(): Carrier {
  const eventListeners = new Set<(name: string, payloadJson: string) => void>();
  const connectionListeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';

  const become = (next: ConnectionState) => {
    if (next === state || state === 'refused') return;
    state = next;
    for (const listener of connectionListeners) listener(state);
  };
  void keepEvents(become, (name, payloadJson) => {
    for (const listener of eventListeners) listener(name, payloadJson);
  });

  return {
    async invoke(name, inputJson) {
      const response = await send(`/call/${name}`, inputJson);
      if (response.status === 403) become('refused');
      if (response.headers.get('Content-Type') !== 'application/json') throw unreachable();
      return await response.text();
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      listener(state);
      return () => connectionListeners.delete(listener);
    },
  };
}

/**
 * Keeps the event stream open while the page is in sight. A browser allows six connections to one server: hidden pages let theirs
 * go, so that many tabs of one desk do not starve each other's calls.
 */
async function keepEvents(
  become: (state: ConnectionState) => void,
  deliver: (name: string, payloadJson: string) => void,
): Promise<void> {
  let retryMs = FIRST_RETRY_MS;
  for (;;) {
    await inSight();
    const stop = new AbortController();
    const onHidden = () => {
      if (document.visibilityState === 'hidden') stop.abort();
    };
    document.addEventListener('visibilitychange', onHidden);
    try {
      const response = await fetch('/events', { ...POST, body: '{}', signal: stop.signal });
      if (response.status === 403) return become('refused');
      if (response.ok && response.body !== null) {
        become('connected');
        retryMs = FIRST_RETRY_MS;
        await readEventStream(response.body, stop, deliver);
      }
    } catch {
      // Broken or unreachable: asked for again below.
    } finally {
      document.removeEventListener('visibilitychange', onHidden);
      stop.abort();
    }
    become('lost');
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
}

function inSight(): Promise<void> {
  if (document.visibilityState === 'visible') return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', () => resolve(), { once: true });
  });
}

const POST = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  credentials: 'same-origin',
  cache: 'no-store',
  redirect: 'error',
} as const satisfies RequestInit;

async function send(path: string, body: string): Promise<Response> {
  try {
    return await fetch(path, { ...POST, body });
  } catch (cause) {
    throw unreachable(cause);
  }
}

function unreachable(cause?: unknown): AuditError {
  const message = 'Audit Desk does not answer: its process has ended or is busy. Start it again if this stays.';
  return new AuditError('network_unreachable', message, { cause });
}

function refused(): AuditError {
  return new AuditError('forbidden_call', 'This link is of an earlier run. Open the one that audit-desk printed last.');
}
