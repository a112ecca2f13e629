/** Carries the desk's events to every window that listens: one JSON object a line, an empty line as heartbeat. */
import type { ServerResponse } from 'node:http';
import type { Desk } from '../../desk/desk.ts';

/** A window takes the stream for broken when it hears nothing for twice this long. */
const HEARTBEAT_MS = 10_000;
/** A window that takes nothing in is let go at this many waiting bytes; it connects anew and asks again. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

export interface EventStreams {
  add(response: ServerResponse): void;
  close(): void;
}

/** Begins to listen to the desk. */
export function openEventStreams(desk: Pick<Desk, 'subscribe'>): EventStreams {
  const open = new Set<ServerResponse>();

  const send = (line: string) => {
    for (const response of open) {
      if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
      else response.write(`${line}\n`);
    }
  };
  const unsubscribe = desk.subscribe((name, payload) => send(JSON.stringify({ name, payload })));
  const heartbeat = setInterval(() => send(''), HEARTBEAT_MS);

  return {
    add(response) {
      open.add(response);
      response.on('close', () => open.delete(response));
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' });
      response.write('\n');
    },
    close() {
      unsubscribe();
      clearInterval(heartbeat);
      for (const response of open) response.end();
    },
  };
}
