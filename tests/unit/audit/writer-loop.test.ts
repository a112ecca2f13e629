import { describe, expect, it } from 'vitest';
import { WriterLoop } from '../../../src/main/audit/storage/writer-loop.ts';
import { AuditError } from '../../../src/shared/errors.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'AuditError', code });
const line = (text: string) => Buffer.from(`${text}\n`);

describe('WriterLoop', () => {
  it('writes whoever waits together, in order', async () => {
    const batches: string[] = [];
    const loop = new WriterLoop(async (lines) => {
      batches.push(lines.join(''));
      return lines.length;
    });
    await Promise.all(['a', 'b', 'c'].map((text) => loop.write(line(text))));
    await loop.write(line('d'));
    expect(batches).toEqual(['a\nb\nc\n', 'd\n']);
  });

  it('acknowledges a line only when it was taken, and hands the rest in again', async () => {
    const batches: number[] = [];
    const loop = new WriterLoop(async (lines) => {
      batches.push(lines.length);
      return Math.min(2, lines.length);
    });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => loop.write(line(text))));
    expect(batches).toEqual([5, 3, 1]);
  });

  it('goes on after a failure that passes', async () => {
    let isFull = true;
    const loop = new WriterLoop(async (lines) => {
      if (isFull) throw new AuditError('disk_full', 'full');
      return lines.length;
    });
    const refused = await Promise.allSettled([loop.write(line('a')), loop.write(line('b'))]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isFull = false;
    await loop.write(line('c'));
  });

  it('acknowledges nothing after a failed sync: not what waits, not what comes', async () => {
    let calls = 0;
    const loop = new WriterLoop(async (lines) => {
      calls += 1;
      if (calls === 2) throw new AuditError('writer_stopped', 'sync failed');
      return Math.min(1, lines.length);
    });
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((text) => loop.write(line(text))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(loop.write(line('d'))).rejects.toThrowError(withCode('writer_stopped'));
    await loop.idle();
    expect(calls).toBe(2);
  });

  it('refuses what waits behind the batch whose sync failed', async () => {
    let fail: (error: unknown) => void = () => {};
    const loop = new WriterLoop(() => new Promise((_done, failed) => (fail = failed)));
    const first = loop.write(line('a'));
    await new Promise((next) => setTimeout(next, 5));
    const second = loop.write(line('b'));
    fail(new AuditError('writer_stopped', 'sync failed'));
    await expect(first).rejects.toThrowError(withCode('writer_stopped'));
    await expect(second).rejects.toThrowError(withCode('writer_stopped'));
  });
});
