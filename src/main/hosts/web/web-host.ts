/** The web host: the window over HTTP on the loopback address, for one person on this machine. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuditError, isAuditError } from '../../../shared/errors.ts';
import type { Desk } from '../../desk/desk.ts';
import { dispatchJson, failure, MAX_CALL_BYTES } from '../dispatch.ts';
import type { StaticFiles } from '../static-files.ts';
import { SECURITY_HEADERS } from '../window-security.ts';
import { type EventStreams, openEventStreams } from './event-stream.ts';
import { readBody } from './request-body.ts';
import { equalSecrets, type GuardExpectation, refuseCall, refuseStatic, refuseTrade } from './request-guard.ts';

const LOOPBACK = '127.0.0.1';
const MAX_TRADE_BYTES = 1024;

export interface WebHostOptions {
  readonly desk: Pick<Desk, 'handlers' | 'subscribe'>;
  readonly files: StaticFiles;
  /** 0 takes a free port. */
  readonly port: number;
}

export interface WebHost {
  readonly port: number;
  /** Opens the window, token included: whoever has it has the desk. */
  readonly link: string;
  /** Resolves once a window has come by the link. */
  readonly visited: Promise<void>;
  /** Ends every stream and connection. May be called twice. */
  close(): Promise<void>;
}

interface Context {
  readonly options: WebHostOptions;
  readonly streams: EventStreams;
  readonly token: string;
  readonly onVisit: () => void;
  readonly expected: GuardExpectation;
}

/** Begins to listen. Fails with `invalid_argument` where the port is taken or may not be used. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const server = createServer();
  const port = await listen(server, options.port);
  const token = randomBytes(32).toString('base64url');
  const expected: GuardExpectation = {
    host: `${LOOPBACK}:${port}`,
    origin: `http://${LOOPBACK}:${port}`,
    // Cookies ignore ports: two desks on one machine must not take each other's.
    cookieName: `audit-desk-${port}`,
    cookieValue: randomBytes(32).toString('base64url'),
  };
  const visit = Promise.withResolvers<void>();
  const context: Context = {
    options,
    streams: openEventStreams(options.desk),
    token,
    onVisit: () => visit.resolve(),
    expected,
  };
  server.on('request', (request, response) => {
    answer(context, request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      // What is left of a body that was too large is not waited for.
      response.setHeader('Connection', 'close');
      return sendJson(response, isAuditError(error) ? 413 : 500, JSON.stringify(failure(error)));
    });
  });
  return {
    port,
    link: `${expected.origin}/#token=${token}`,
    visited: visit.promise,
    close: () => closeServer(server, context.streams),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const message = `Port ${port} cannot be used (${cause.code ?? 'unknown reason'}). Choose another, or leave --port out.`;
      reject(new AuditError('invalid_argument', message, { cause, details: { port } }));
    });
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

async function closeServer(server: Server, streams: EventStreams): Promise<void> {
  streams.close();
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function answer(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const path = request.url ?? '/';
  if (request.method === 'GET' || request.method === 'HEAD')
    return await answerStatic(context, path, request, response);
  if (request.method === 'POST' && path === '/session') return await answerTrade(context, request, response);
  if (request.method === 'POST' && path === '/events') return answerEvents(context, request, response);
  if (request.method === 'POST' && path.startsWith('/call/')) {
    return await answerCall(context, path.slice('/call/'.length), request, response);
  }
  refuse(response);
}

async function answerStatic(context: Context, path: string, request: IncomingMessage, response: ServerResponse) {
  if (refuseStatic(request.headers, context.expected) !== null) return refuse(response);
  const file = context.options.files.get(path.replace(/\?.*$/, ''));
  if (file === undefined) {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.\n');
    return;
  }
  const content = await file.read();
  response.writeHead(200, {
    'Content-Type': file.contentType,
    'Content-Length': content.byteLength,
    'Cache-Control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

async function answerTrade(context: Context, request: IncomingMessage, response: ServerResponse) {
  if (refuseTrade(request.headers, context.expected) !== null) return refuse(response);
  const given = tokenIn(await readBody(request, MAX_TRADE_BYTES));
  if (!equalSecrets(given, context.token)) return refuse(response);
  const { cookieName, cookieValue } = context.expected;
  response.setHeader('Set-Cookie', `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`);
  sendJson(response, 200, '{"ok":true,"value":null}');
  context.onVisit();
}

function tokenIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const token = typeof parsed === 'object' && parsed !== null && 'token' in parsed ? parsed.token : undefined;
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}

function answerEvents(context: Context, request: IncomingMessage, response: ServerResponse) {
  if (refuseCall(request.headers, context.expected) !== null) return refuse(response);
  request.resume();
  context.streams.add(response);
}

async function answerCall(context: Context, name: string, request: IncomingMessage, response: ServerResponse) {
  if (refuseCall(request.headers, context.expected) !== null) return refuse(response);
  const body = await readBody(request, MAX_CALL_BYTES);
  // A failed operation is a good answer of the host: 200, and the reply says what failed.
  sendJson(response, 200, await dispatchJson(context.options.desk.handlers, name, body));
}

/** One answer for everything that is not allowed: it does not say which of the conditions failed. */
function refuse(response: ServerResponse): void {
  const message = 'This call is not allowed. Open the desk by the link that audit-desk printed.';
  response.setHeader('Connection', 'close');
  sendJson(response, 403, JSON.stringify(failure(new AuditError('forbidden_call', message))));
}

function sendJson(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(json);
}
