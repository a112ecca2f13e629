import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Desk } from '../../../src/main/desk/desk.ts';
import { listStaticFiles, type StaticFiles } from '../../../src/main/hosts/static-files.ts';
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/web-host.ts';
import type { DeskHandlers, HostInfo } from '../../../src/shared/contract.ts';
import { type RawRequest, sendRequest } from './http-request.ts';

const INFO: HostInfo = { kind: 'web', version: '1', platform: 'linux', nativeDialogs: false, keyStoreObstacle: null };
const SECRET_FILE = 'a file beside the window that nobody may read';

let folder: string;
let files: StaticFiles;
let host: WebHost;
let tellWindows: (name: 'source.closed', payload: { readonly sourceId: string }) => void;
const hostInfo = vi.fn(async () => INFO);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-web-'));
  await mkdir(join(folder, 'window', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), SECRET_FILE);
  await writeFile(join(folder, 'window', 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(join(folder, 'window', 'assets', 'app.js'), 'export {};');
  await writeFile(join(folder, 'window', 'assets', 'app.js.map'), SECRET_FILE);
  files = await listStaticFiles(join(folder, 'window'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  hostInfo.mockClear();
  const desk = {
    handlers: { 'host.info': hostInfo } as unknown as DeskHandlers,
    subscribe: (listener: Parameters<Desk['subscribe']>[0]) => {
      tellWindows = listener;
      return () => {};
    },
  };
  host = await startWebHost({ desk, files, port: 0 });
});
afterEach(async () => await host.close());

const tokenOf = (link: string) => new URL(link).hash.slice('#token='.length);

/** Headers that the window's own page sends. */
function ownHeaders(): Record<string, string> {
  const origin = `http://127.0.0.1:${host.port}`;
  return {
    Host: `127.0.0.1:${host.port}`,
    Origin: origin,
    'Sec-Fetch-Site': 'same-origin',
    'Content-Type': 'application/json',
  };
}

async function trade(token: string) {
  const body = JSON.stringify({ token });
  return await sendRequest({ port: host.port, method: 'POST', path: '/session', headers: ownHeaders(), body });
}

async function cookie(): Promise<string> {
  const { headers } = await trade(tokenOf(host.link));
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

async function call(path: string, extra: Partial<RawRequest> = {}) {
  const headers = { ...ownHeaders(), Cookie: await cookie() };
  return await sendRequest({ port: host.port, method: 'POST', path, headers, body: '{}', ...extra });
}

describe('the token', () => {
  test('is traded for a cookie that scripts cannot read, no other site sends, and no other port shares', async () => {
    const { status, headers } = await trade(tokenOf(host.link));
    expect(status).toBe(200);
    const set = String(headers['set-cookie']);
    expect(set).toMatch(new RegExp(`^audit-desk-${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    expect(set).not.toContain(tokenOf(host.link));
  });

  test.each(['', 'wrong', 'A'.repeat(43)])('%j is not traded', async (token) => {
    const { status, headers } = await trade(token);
    expect(status).toBe(403);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{"token":1}', '{"token":{"length":43}}', '{'])('a body %j is refused', async (body) => {
    const raw = { port: host.port, method: 'POST', path: '/session', headers: ownHeaders(), body };
    expect((await sendRequest(raw)).status).toBe(403);
  });

  test('of another run opens nothing', async () => {
    const desk = { handlers: {} as DeskHandlers, subscribe: () => () => {} };
    const other = await startWebHost({ desk, files, port: 0 });
    expect(tokenOf(other.link)).not.toBe(tokenOf(host.link));
    expect((await trade(tokenOf(other.link))).status).toBe(403);
    await other.close();
  });
});

// Every route in every combination of Host, Origin, site and cookie: tests/torture, line 27.
describe('a request from elsewhere', () => {
  test('another site may send a person to the window, but not fetch or embed it', async () => {
    const send = async (mode: string, destination: string) => {
      const headers = {
        Host: `127.0.0.1:${host.port}`,
        'Sec-Fetch-Site': 'cross-site',
        'Sec-Fetch-Mode': mode,
        'Sec-Fetch-Dest': destination,
      };
      return (await sendRequest({ port: host.port, method: 'GET', path: '/', headers })).status;
    };
    expect(await send('navigate', 'document')).toBe(200);
    expect(await send('navigate', 'iframe')).toBe(403);
    expect(await send('no-cors', 'script')).toBe(403);
    expect(await send('cors', 'empty')).toBe(403);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-8'])(
    'a call of type %s is refused',
    async (type) => {
      const headers = { ...ownHeaders(), Cookie: await cookie(), 'Content-Type': type };
      expect((await call('/call/host.info', { headers })).status).toBe(403);
    },
  );
});

describe('calls', () => {
  test('answer as the desk does, and are not cached', async () => {
    const { status, headers, body } = await call('/call/host.info');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ ok: true, value: INFO });
    expect(headers['cache-control']).toBe('no-store');
  });

  test.each(['/call/', '/call/nothing', '/call/__proto__', '/call/host.info?x', '/call/host%2einfo'])(
    '%s is an unknown operation',
    async (path) => {
      expect(JSON.parse((await call(path)).body)).toMatchObject({ ok: false, error: { code: 'unknown_operation' } });
    },
  );

  test.each(['announced', 'streamed'])('10 MB, %s, are refused with an answer, and the host goes on', async (how) => {
    const body = JSON.stringify({ text: 'x'.repeat(10_000_000) });
    const headers = {
      ...ownHeaders(),
      Cookie: await cookie(),
      ...(how === 'announced' ? { 'Content-Length': String(body.length) } : { 'Transfer-Encoding': 'chunked' }),
    };
    const answer = await call('/call/host.info', { headers, body }).catch((error: NodeJS.ErrnoException) => error.code);
    // The host answers and hangs up; a client that is still writing may see the hang-up first.
    if (typeof answer === 'object') {
      expect(answer.status).toBe(413);
      expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'invalid_argument' } });
    } else expect(['ECONNRESET', 'EPIPE']).toContain(answer);
    expect(hostInfo).not.toHaveBeenCalled();
    expect((await call('/call/host.info')).status).toBe(200);
  });
});

describe('events', () => {
  test('reach a window as lines of JSON', async () => {
    const response = await fetch(`http://127.0.0.1:${host.port}/events`, {
      method: 'POST',
      headers: { ...ownHeaders(), Cookie: await cookie() },
      body: '{}',
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('\n');
    tellWindows('source.closed', { sourceId: 's1' });
    expect(JSON.parse((await reader?.read())?.value ?? '')).toEqual({
      name: 'source.closed',
      payload: { sourceId: 's1' },
    });
    await reader?.cancel();
  });

  test('end when the host closes, which it may twice', async () => {
    const { body, status } = await new Promise<{ body: string; status: number }>((resolve, reject) => {
      call('/events').then(resolve, reject);
      setTimeout(() => void host.close().then(() => host.close()), 100);
    });
    expect({ body, status }).toEqual({ body: '\n', status: 200 });
  });
});

describe('files', () => {
  const get = (path: string) =>
    sendRequest({ port: host.port, method: 'GET', path, headers: { Host: `127.0.0.1:${host.port}` } });

  test('carry a policy without unsafe scripts, and keep their type', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..\\secret.js',
    '//secret.js',
    '/assets/app.js.map',
    '/assets/app.js%00.html',
    '/index.html',
    '/assets',
  ])('%s does not exist', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).not.toContain(SECRET_FILE);
  });

  test('a window that is not built is an error that says what to do', async () => {
    const rejection = { code: 'io_error', message: expect.stringContaining('npm run build') };
    await expect(listStaticFiles(join(folder, 'nowhere'))).rejects.toMatchObject(rejection);
    await expect(listStaticFiles(join(folder, 'window', 'assets'))).rejects.toMatchObject(rejection);
  });
});

describe('listening', () => {
  test('on a port that is taken is an error that names it', async () => {
    const desk = { handlers: {} as DeskHandlers, subscribe: () => () => {} };
    await expect(startWebHost({ desk, files, port: host.port })).rejects.toMatchObject({
      code: 'invalid_argument',
      details: { port: host.port },
    });
  });
});
