/** A proxy between client and S3 server that fails on demand and remembers what passed. */
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { S3TestServer } from './s3-test-server.ts';

/** One request as the proxy saw it. */
export interface SeenRequest {
  readonly operation: 'list' | 'get' | 'head' | 'put' | 'delete' | 'delete-many' | 'other';
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What the proxy does instead of passing a request on, or with its answer. */
export type FaultEffect =
  /** Answers with an S3 error; nothing reaches the server. `xml` is put into the error's body as it is. */
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly headers?: Record<string, string>;
      readonly xml?: string;
    }
  /** Answers 200 with this XML; nothing reaches the server. */
  | { readonly kind: 'reply'; readonly xml: (request: SeenRequest) => string }
  /** Cuts the connection before (nothing stored) or after the server did its work. */
  | { readonly kind: 'break'; readonly after: boolean }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Announces the whole body and sends the first bytes of it. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** Passes another body of the same length. */
  | { readonly kind: 'damage'; readonly change: (body: Buffer) => Buffer }
  /** Answers 200 to a DeleteObjects, with errors for the keys that are named; the others are deleted. */
  | { readonly kind: 'delete-errors'; readonly codeOf: (key: string) => string | null };

interface Fault {
  /** Default: every request. */
  readonly when?: (request: SeenRequest) => boolean;
  /** So many matching requests pass first. Default 0. */
  readonly skip?: number;
  /** So many matching requests are met. Default: all. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface FaultyProxy {
  readonly endpoint: string;
  /** Every request that came, in order. */
  readonly requests: readonly SeenRequest[];
  /** Most requests that were under way at once. */
  readonly peak: number;
  /** Requests of one operation that came. */
  count(operation: SeenRequest['operation']): number;
  /** Adds a fault; the first that matches is met. */
  inject(fault: Fault): void;
  /** Takes back every fault and forgets the requests. */
  clear(): void;
  stop(): Promise<void>;
}

export interface FaultyProxyOptions {
  /** Answers `If-None-Match: *` with 412 where the object is there, as S3 does and s3rver does not. Default true. */
  readonly conditionalWrites?: boolean;
}

/** Starts a proxy in front of a server. */
export async function startFaultyProxy(upstream: S3TestServer, options: FaultyProxyOptions = {}): Promise<FaultyProxy> {
  const requests: SeenRequest[] = [];
  let faults: { readonly fault: Fault; seen: number }[] = [];
  const inFlightKeys = new Set<string>();
  const agent = new Agent({ keepAlive: true });

  const effectFor = (seen: SeenRequest): FaultEffect | null => {
    for (const entry of faults) {
      const { fault } = entry;
      if (fault.when !== undefined && !fault.when(seen)) continue;
      entry.seen += 1;
      const skip = fault.skip ?? 0;
      if (entry.seen > skip && entry.seen <= skip + (fault.times ?? Number.POSITIVE_INFINITY)) return fault.effect;
    }
    return null;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const seen = await readRequest(request);
    requests.push(seen);
    const conditional =
      options.conditionalWrites !== false && seen.operation === 'put' && seen.headers['if-none-match'];
    const path = `${seen.bucket}/${seen.key}`;
    const effect = effectFor(seen);
    if (effect !== null && answerAtOnce(effect, seen, request, response)) return;
    if (conditional && (inFlightKeys.has(path) || (await exists(upstream, seen)))) {
      sendError(response, 412, 'PreconditionFailed');
      return;
    }
    if (conditional) inFlightKeys.add(path);
    try {
      if (effect?.kind === 'delete-errors') await deleteWithErrors(upstream, seen, effect.codeOf, response);
      else await passOn(upstream, seen, request, response, effect, agent);
    } finally {
      inFlightKeys.delete(path);
    }
  };

  let underWay = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    peak = Math.max(peak, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    handle(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    requests,
    get peak() {
      return peak;
    },
    count: (operation) => requests.filter((request) => request.operation === operation).length,
    inject: (fault) => faults.push({ fault, seen: 0 }),
    clear: () => {
      faults = [];
      requests.length = 0;
      peak = underWay;
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://proxy');
  const [, bucket = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const key = rest.join('/');
  return {
    operation: operationOf(request.method ?? '', key, url.searchParams),
    bucket,
    key,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function operationOf(method: string, key: string, query: URLSearchParams): SeenRequest['operation'] {
  if (method === 'POST' && query.has('delete')) return 'delete-many';
  if (key === '') return method === 'GET' ? 'list' : 'other';
  if (method === 'GET') return 'get';
  if (method === 'HEAD') return 'head';
  if (method === 'PUT') return 'put';
  return method === 'DELETE' ? 'delete' : 'other';
}

/** Meets a request whose effect does not need the server; false where it does. */
function answerAtOnce(
  effect: FaultEffect,
  seen: SeenRequest,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (effect.kind === 'error') sendError(response, effect.status, effect.code, effect.headers, effect.xml);
  else if (effect.kind === 'reply')
    response.writeHead(200, { 'content-type': 'application/xml' }).end(effect.xml(seen));
  else if (effect.kind === 'break' && !effect.after) request.socket.destroy();
  else return effect.kind === 'silent';
  return true;
}

function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
  xml = '',
): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>made by the test</Message>${xml}</Error>`,
  );
}

async function exists(upstream: S3TestServer, seen: SeenRequest): Promise<boolean> {
  try {
    await upstream.client.send(new HeadObjectCommand({ Bucket: seen.bucket, Key: seen.key }));
    return true;
  } catch {
    return false;
  }
}

/** Sends the request to the server as it came (the signature covers the host it was meant for) and its answer back. */
async function passOn(
  upstream: S3TestServer,
  seen: SeenRequest,
  request: IncomingMessage,
  response: ServerResponse,
  effect: FaultEffect | null,
  agent: Agent,
): Promise<void> {
  const onward = httpRequest(new URL(request.url ?? '/', upstream.endpoint), {
    method: request.method ?? 'GET',
    headers: request.headers,
    agent,
  });
  onward.end(seen.body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  let body: Buffer = Buffer.concat(chunks);
  if (effect?.kind === 'break') {
    request.socket.destroy();
    return;
  }
  if (effect?.kind === 'damage') body = effect.change(body);
  const { connection: _, 'transfer-encoding': __, ...headers } = answer.headers;
  if (request.method !== 'HEAD') headers['content-length'] = String(body.length);
  response.writeHead(answer.statusCode ?? 502, headers);
  if (effect?.kind !== 'truncate') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, effect.bytes), () => response.destroy());
}

async function deleteWithErrors(
  upstream: S3TestServer,
  seen: SeenRequest,
  codeOf: (key: string) => string | null,
  response: ServerResponse,
): Promise<void> {
  const keys = [...seen.body.toString('utf8').matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1] ?? '');
  const parts: string[] = [];
  for (const key of keys) {
    const code = codeOf(key);
    if (code === null) {
      await upstream.client.send(new DeleteObjectCommand({ Bucket: seen.bucket, Key: key }));
      parts.push(`<Deleted><Key>${key}</Key></Deleted>`);
    } else {
      parts.push(`<Error><Key>${key}</Key><Code>${code}</Code><Message>made by the test</Message></Error>`);
    }
  }
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><DeleteResult>${parts.join('')}</DeleteResult>`);
}
