import { expect, test } from 'vitest';
import { NewestFirst } from '../../../src/main/catalog/newest-first.ts';

function heldWork() {
  const order: string[] = [];
  const releases = new Map<string, () => void>();
  const work = (name: string) => () => {
    order.push(name);
    return new Promise<string>((resolve) => releases.set(name, () => resolve(name)));
  };
  return { order, releases, work };
}

test('the latest request goes first', async () => {
  const { order, releases, work } = heldWork();
  const queue = new NewestFirst(1, 5);
  const all = ['a', 'b', 'c'].map((name) => queue.run(work(name)));
  for (const name of ['a', 'c', 'b']) {
    await expect.poll(() => releases.has(name)).toBe(true);
    releases.get(name)?.();
  }
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  expect(order).toEqual(['a', 'c', 'b']);
});

test('the oldest that waits is dropped when too many do, and the rest is answered', async () => {
  const { releases, work } = heldWork();
  const queue = new NewestFirst(1, 1);
  const first = queue.run(work('first'));
  const dropped = expect(queue.run(work('dropped'))).rejects.toMatchObject({ code: 'cancelled' });
  const last = queue.run(work('last'));
  await dropped;
  releases.get('first')?.();
  await expect.poll(() => releases.has('last')).toBe(true);
  releases.get('last')?.();
  expect(await Promise.all([first, last])).toEqual(['first', 'last']);
});

test('work that fails lets the next one in', async () => {
  const queue = new NewestFirst(1, 5);
  const failed = expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const next = queue.run(() => Promise.resolve('next'));
  await failed;
  expect(await next).toBe('next');
});
