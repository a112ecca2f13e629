import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEventStream } from '../../../src/renderer/api/event-stream-reader.ts';

/** A body whose pieces the test sends, and that breaks when it is stopped, as a fetch's does. */
function bodyInHand(stop: AbortController) {
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (own) => {
      controller = own;
    },
  });
  stop.signal.addEventListener('abort', () => controller.error(new DOMException('stopped', 'AbortError')));
  return {
    body,
    send: (bytes: Uint8Array<ArrayBuffer>) => controller.enqueue(bytes),
    end: () => controller.close(),
  };
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the event stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('delivers each line once, however it was cut on the way', async () => {
    const stop = new AbortController();
    const { body, send, end } = bodyInHand(stop);
    const heard: unknown[] = [];
    const reading = readEventStream(body, stop, (name, payload) => heard.push([name, JSON.parse(payload)]));
    const text = '\n{"name":"a","payload":{"text":"größe €"}}\n\n{"name":"b","payload":null}\n{"name":"c","payload":';
    for (const byte of bytes(text)) send(Uint8Array.of(byte));
    end();
    await reading;
    expect(heard).toEqual([
      ['a', { text: 'größe €' }],
      ['b', null],
    ]);
  });

  test('passes over lines that are no events', async () => {
    const stop = new AbortController();
    const { body, send, end } = bodyInHand(stop);
    const heard: string[] = [];
    const reading = readEventStream(body, stop, (name) => heard.push(name));
    send(bytes('null\n[]\n1\n{"name":1,"payload":1}\n{"name":"x"}\n{"name":"good","payload":1}\n'));
    end();
    await reading;
    expect(heard).toEqual(['good']);
  });

  test('is broken off when it is silent for 25 s, and kept by a heartbeat', async () => {
    const stop = new AbortController();
    const { body, send } = bodyInHand(stop);
    const reading = readEventStream(body, stop, () => {});
    const broken = expect(reading).rejects.toThrow('stopped');
    await vi.advanceTimersByTimeAsync(24_000);
    send(bytes('\n'));
    await vi.advanceTimersByTimeAsync(24_000);
    expect(stop.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stop.signal.aborted).toBe(true);
    await broken;
  });
});
