/** The contract reaches the window over every host, and nothing else does. */
import { join } from 'node:path';
import { callDesk } from './support/call-desk.ts';
import { expect, test } from './support/desk-test.ts';
import { listenToDesk } from './support/listen-to-desk.ts';

const LOGS = join(import.meta.dirname, '../fixtures/python-reference/plaintext');

test('the window reaches the desk, also after a reload', async ({ desk }) => {
  const page = await desk.start();
  const kind = desk.host === 'web' ? 'web' : 'electron';
  const value = expect.objectContaining({ kind, nativeDialogs: kind === 'electron' });
  expect(await callDesk(page, 'host.info', '{}')).toEqual({ ok: true, value });
  await page.reload();
  expect(await callDesk(page, 'host.info', '{}')).toEqual({ ok: true, value });
  expect(page.url()).not.toContain('token');
});

test('what is no call of the contract is refused with its code', async ({ desk }) => {
  const page = await desk.start();
  for (const name of ['nothing', '__proto__', 'constructor']) {
    expect(await callDesk(page, name, '{}')).toMatchObject({ ok: false, error: { code: 'unknown_operation' } });
  }
  for (const input of ['', 'null', '[]', '{"timeZone":1}', '{"unknownField":1}']) {
    expect(await callDesk(page, 'settings.set', input)).toMatchObject({
      ok: false,
      error: { code: 'invalid_argument' },
    });
  }
});

test('settings hold over a new start', async ({ desk }) => {
  const page = await desk.start();
  const value = expect.objectContaining({ timeZone: 'Europe/Vienna' });
  expect(await callDesk(page, 'settings.set', '{"timeZone":"Europe/Vienna"}')).toEqual({ ok: true, value });
  const next = await desk.start();
  expect(await callDesk(next, 'settings.get', '{}')).toEqual({ ok: true, value });
});

test('what the desk tells unasked reaches the window', async ({ desk }) => {
  const page = await desk.start();
  const heard = await listenToDesk(page);
  const location = { kind: 'folder', path: LOGS };
  const opened = await callDesk(page, 'sources.open', JSON.stringify({ location, credentials: null }));
  expect(opened).toMatchObject({ ok: true, value: { location } });
  await expect.poll(heard).toContain('source.opened');
});

test('the window can neither run text as code nor load from elsewhere', async ({ desk }) => {
  const page = await desk.start();
  desk.allowProblems(/Content Security Policy/);
  const outcome = await page.evaluate(async () => {
    const scope = globalThis as unknown as {
      eval(text: string): unknown;
      inlineRan?: boolean;
      document: { createElement(name: string): { textContent: string }; body: { append(node: object): void } };
    };
    const script = scope.document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    scope.document.body.append(script);
    // In a task of its own: what the test's own protocol evaluates is exempt from the policy.
    const evaluated = await new Promise<boolean>((resolve) => {
      setTimeout(() => {
        try {
          resolve(scope.eval('true') === true);
        } catch {
          resolve(false);
        }
      });
    });
    const fetched = await fetch('https://example.invalid/').then(
      () => true,
      () => false,
    );
    return { inline: scope.inlineRan ?? false, evaluated, fetched };
  });
  expect(outcome).toEqual({ inline: false, evaluated: false, fetched: false });
});
