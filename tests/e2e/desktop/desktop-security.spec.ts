/** What the desktop's own code must refuse, asked as a hostile page would. */
import { MAX_CALL_BYTES } from '../../../src/main/hosts/dispatch.ts';
import { contract } from '../../../src/shared/contract.ts';
import { CALL_CHANNEL } from '../../../src/shared/ipc-channels.ts';
import { expect, test } from '../support/desk-test.ts';
import type { SenderFrame } from '../support/electron-stand-in/wire.ts';
import type { StandInProcess } from '../support/stand-in-process.ts';

const OWN_FRAME: SenderFrame = { url: 'app://desk/', isMainFrame: true };

async function invoke(main: StandInProcess, frame: SenderFrame, ...args: unknown[]): Promise<unknown> {
  const reply = await main.ask({ kind: 'invoke', windowId: 1, frame, channel: CALL_CHANNEL, args });
  return JSON.parse(String(reply));
}

const refusedWith = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) });

test('the window is isolated, sandboxed and without Node', async ({ desk }) => {
  const page = await desk.start();
  expect(desk.harness.preferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  });
  const visible = await page.evaluate(() => {
    const scope = globalThis as unknown as Record<string, unknown>;
    const bridge = Object.keys(scope['auditDesk'] as object).sort();
    return { bridge, node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in scope) };
  });
  expect(visible).toEqual({ bridge: ['invoke', 'pathOf', 'subscribe'], node: [] });
});

test('every operation is refused to every sender but the window itself', async ({ desk }) => {
  await desk.start();
  const { main } = desk.harness;
  const strangers: SenderFrame[] = [
    { url: 'app://desk/', isMainFrame: false },
    { url: 'app://desk.evil.example/', isMainFrame: true },
    { url: 'app://evil/', isMainFrame: true },
    { url: 'https://desk/', isMainFrame: true },
    { url: 'file:///etc/passwd', isMainFrame: true },
    { url: 'data:text/html,app://desk/', isMainFrame: true },
    { url: 'about:blank', isMainFrame: true },
    { url: '', isMainFrame: true },
  ];
  for (const name of Object.keys(contract)) {
    for (const frame of strangers) expect(await invoke(main, frame, name, '{}')).toEqual(refusedWith('forbidden_call'));
  }
  expect(await invoke(main, OWN_FRAME, 'host.info', '{}')).toMatchObject({ ok: true });
});

test('what is no call is refused, whatever its type', async ({ desk }) => {
  await desk.start();
  const { main } = desk.harness;
  const rubbish = [undefined, null, 0, true, {}, ['{}'], new Uint8Array(2), new Map(), 10n];
  for (const value of rubbish) {
    expect(await invoke(main, OWN_FRAME, value, '{}')).toEqual(refusedWith('invalid_argument'));
    expect(await invoke(main, OWN_FRAME, 'host.info', value)).toEqual(refusedWith('invalid_argument'));
  }
  expect(await invoke(main, OWN_FRAME)).toEqual(refusedWith('invalid_argument'));
  for (const name of ['nothing', '__proto__', 'toString']) {
    expect(await invoke(main, OWN_FRAME, name, '{}')).toEqual(refusedWith('unknown_operation'));
  }
  for (const name of Object.keys(contract)) {
    const answer = await invoke(main, OWN_FRAME, name, '{"unknownField":1}');
    expect(answer).toEqual(refusedWith('invalid_argument'));
  }
});

test('a call of 10 MB is refused and the desk goes on', async ({ desk }) => {
  await desk.start();
  const { main } = desk.harness;
  for (const length of [MAX_CALL_BYTES, 10_000_000]) {
    const text = JSON.stringify({ name: '', text: 'x'.repeat(length) });
    expect(await invoke(main, OWN_FRAME, 'keys.import', text)).toEqual(refusedWith('invalid_argument'));
  }
  expect(await invoke(main, OWN_FRAME, 'host.info', '{}')).toMatchObject({ ok: true });
});

test('no other channel is listened to', async ({ desk }) => {
  await desk.start();
  for (const channel of ['desk:event', 'ELECTRON_BROWSER_REQUIRE', '']) {
    const question = { kind: 'invoke', windowId: 1, frame: OWN_FRAME, channel, args: [] } as const;
    await expect(desk.harness.main.ask(question)).rejects.toThrow(/No handler registered/);
  }
});

test('the window goes nowhere and opens nothing', async ({ desk }) => {
  const page = await desk.start();
  desk.allowProblems(/Content Security Policy|ERR_FAILED|ERR_BLOCKED/);
  const { main } = desk.harness;
  for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://evil/', 'javascript:alert(1)']) {
    expect([url, await main.ask({ kind: 'navigate', windowId: 1, url })]).toEqual([url, false]);
    expect([url, await main.ask({ kind: 'open-window', windowId: 1, url })]).toEqual([url, false]);
  }
  const stopped = page.waitForResponse((response) => response.url().startsWith('http://evil.example'));
  await page.evaluate(() => {
    const scope = globalThis as unknown as { location: { href: string }; open(url: string): unknown };
    scope.open('http://desk.localhost/');
    scope.location.href = 'http://evil.example/';
  });
  expect((await stopped).status()).toBe(204);
  await expect.poll(() => page.context().pages().length).toBe(1);
  expect(page.url()).toBe('http://desk.localhost/');
  expect(await page.evaluate(() => 'auditDesk' in globalThis)).toBe(true);
});

test('no permission is granted but writing to the clipboard, to the window itself', async ({ desk }) => {
  await desk.start();
  const ask = (permission: string, url: string) => desk.harness.main.ask({ kind: 'permission', permission, url });
  for (const permission of ['media', 'geolocation', 'notifications', 'midi', 'hid', 'openExternal', 'clipboard-read']) {
    expect([permission, await ask(permission, 'app://desk/')]).toEqual([permission, [false, false]]);
  }
  expect(await ask('clipboard-sanitized-write', 'app://desk/')).toEqual([true, true]);
  expect(await ask('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false]);
});

test('its scheme serves the built window and nothing beside it', async ({ desk }) => {
  await desk.start();
  const get = async (url: string, method = 'GET') =>
    (await desk.harness.main.ask({ kind: 'fetch', url, method })) as {
      status: number;
      headers: Record<string, string>;
    };
  const { status, headers } = await get('app://desk/');
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toContain("script-src 'self';");
  expect(headers['content-security-policy']).not.toContain('unsafe-eval');
  for (const url of [
    'app://desk/../main/index.js',
    'app://desk/%2e%2e/main/index.js',
    'app://desk/..%2fmain/index.js',
    'app://desk/assets',
    'app://other/',
    'app://desk/etc/passwd',
  ]) {
    expect([url, (await get(url)).status]).toEqual([url, 404]);
  }
  expect((await get('app://desk/', 'POST')).status).toBe(404);
});
