import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionState } from '../../../src/renderer/api/carrier.ts';
import { createDeskClient } from '../../../src/renderer/api/desk-client.ts';
import { httpCarrier, tradeToken } from '../../../src/renderer/api/http-carrier.ts';

type Answer = () => Promise<Response>;

const json =
  (value: unknown, status = 200): Answer =>
  async () =>
    new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
const unreachable: Answer = async () => {
  throw new TypeError('Failed to fetch');
};

/** The events of a host that can be told to go away. */
function openStream() {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
      controller.enqueue(new TextEncoder().encode('\n'));
    },
  });
  return {
    answer: async () => new Response(body),
    send: (event: object) => controller.enqueue(new TextEncoder().encode(`${JSON.stringify(event)}\n`)),
    breakOff: () => controller.error(new TypeError('network error')),
  };
}

let answers: Record<string, Answer>;
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = {};
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return await (answers[path] ?? unreachable)();
  });
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function watch() {
  const carrier = httpCarrier();
  const states: ConnectionState[] = [];
  carrier.onConnection((state) => states.push(state));
  return { desk: createDeskClient(carrier), states };
}

describe('a call', () => {
  test('answers the value', async () => {
    answers['/call/settings.get'] = json({ ok: true, value: { timeZone: 'UTC', colorScheme: 'auto' } });
    expect(await watch().desk.call('settings.get', {})).toEqual({ timeZone: 'UTC', colorScheme: 'auto' });
  });

  test.each([
    [
      'the desk refuses',
      json({ ok: false, error: { code: 'not_a_folder', message: 'm', details: {} } }),
      'not_a_folder',
    ],
    ['nobody answers', unreachable, 'network_unreachable'],
    ['somebody else answers', async () => new Response('<html>', { status: 404 }), 'network_unreachable'],
  ] as const)('rejects with a code where %s', async (_what, answer, code) => {
    answers['/call/settings.get'] = answer;
    await expect(watch().desk.call('settings.get', {})).rejects.toMatchObject({ name: 'AuditError', code });
  });
});

describe('the events', () => {
  test('are heard, and asked for again when the stream breaks', async () => {
    const first = openStream();
    const second = openStream();
    answers['/events'] = first.answer;
    const { desk, states } = watch();
    const closed: string[] = [];
    const stop = desk.on('source.closed', ({ sourceId }) => closed.push(sourceId));
    await vi.advanceTimersByTimeAsync(0);
    first.send({ name: 'source.closed', payload: { sourceId: 'one' } });
    first.send({ name: 'keys.changed', payload: { keys: [] } });
    await vi.advanceTimersByTimeAsync(0);
    answers['/events'] = second.answer;
    first.breakOff();
    await vi.advanceTimersByTimeAsync(300);
    second.send({ name: 'source.closed', payload: { sourceId: 'two' } });
    await vi.advanceTimersByTimeAsync(0);
    stop();
    second.send({ name: 'source.closed', payload: { sourceId: 'three' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(closed).toEqual(['one', 'two']);
    expect(states).toEqual(['connecting', 'connected', 'lost', 'connected']);
  });

  test('are asked for ever more slowly while nobody answers', async () => {
    const { states } = watch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['connecting', 'lost']);
    // 0.25, 0.5, 1, 2, 4 s, then every 5 s.
    expect(asked.length).toBeGreaterThan(12);
    expect(asked.length).toBeLessThan(20);
  });

  test('are not asked for any more once this page was refused', async () => {
    answers['/events'] = json({ ok: false }, 403);
    const { states } = watch();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(['connecting', 'refused']);
    expect(asked).toEqual(['/events']);
  });

  test('are let go while the page is hidden, and asked for when it is seen again', async () => {
    const signals: AbortSignal[] = [];
    vi.stubGlobal('fetch', async (_path: string, { signal }: RequestInit) => {
      const stream = openStream();
      signal?.addEventListener('abort', () => stream.breakOff());
      if (signal) signals.push(signal);
      return await stream.answer();
    });
    const { states } = watch();
    await vi.advanceTimersByTimeAsync(0);
    const page = document as unknown as { visibilityState: string } & EventTarget;
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    page.visibilityState = 'visible';
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('connected');
    expect(signals).toHaveLength(2);
  });
});

describe('the token of the link', () => {
  const visit = (hash: string) => {
    const replaceState = vi.fn();
    vi.stubGlobal('location', { hash, pathname: '/' });
    vi.stubGlobal('history', { replaceState });
    return replaceState;
  };

  test('is taken out of the address and handed over', async () => {
    const replaceState = visit('#token=abc');
    answers['/session'] = json({ ok: true, value: null });
    await tradeToken();
    expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, '', '/');
    expect(asked).toEqual(['/session']);
  });

  test('that is refused is an error that says what to do, and still leaves the address', async () => {
    const replaceState = visit('#token=old');
    answers['/session'] = json({ ok: false }, 403);
    await expect(tradeToken()).rejects.toMatchObject({ code: 'forbidden_call' });
    expect(replaceState).toHaveBeenCalledOnce();
  });

  test('may be missing: a reload relies on the cookie', async () => {
    visit('');
    await tradeToken();
    expect(asked).toEqual([]);
  });
});
