/** A request as anybody could send it: no browser adds or forbids a header. */
import { type Agent, request } from 'node:http';

export interface RawRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly agent?: Agent;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What came until the answer ended, or its first piece where `firstPiece` was asked for. */
  readonly body: string;
}

/** Sends it to 127.0.0.1. `firstPiece` does not wait for the end of an answer that goes on. */
export function sendRequest(raw: RawRequest, firstPiece = false): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', setHost: false, ...raw, headers: { ...raw.headers } }, (response) => {
      let body = '';
      const done = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (!firstPiece) return;
        done();
        outgoing.destroy();
      });
      response.on('end', done);
    });
    outgoing.on('error', reject);
    outgoing.end(raw.body);
  });
}
