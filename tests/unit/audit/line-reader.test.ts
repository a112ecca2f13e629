import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LineReaderOptions, readLineBatches } from '../../../src/main/audit/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-reader-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Told {
  readonly text: string | null;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly nextOffset: number;
  readonly line: number | null;
  readonly terminated: boolean;
}

async function linesOf(content: string | Buffer, options: LineReaderOptions = {}): Promise<Told[]> {
  const path = join(folder, 'lines');
  await writeFile(path, content);
  const handle = await open(path);
  const told: Told[] = [];
  try {
    for await (const batch of readLineBatches(handle, options)) {
      for (const { bytes, ...rest } of batch) {
        told.push({ text: bytes === null ? null : Buffer.from(bytes).toString(), ...rest });
      }
    }
  } finally {
    await handle.close();
  }
  return told;
}

describe('readLineBatches', () => {
  it('tells lines with their places, without their ends', async () => {
    expect(await linesOf('one\ntwo\r\n\nü')).toEqual([
      { text: 'one', byteOffset: 0, byteLength: 3, nextOffset: 4, line: 1, terminated: true },
      { text: 'two', byteOffset: 4, byteLength: 3, nextOffset: 9, line: 2, terminated: true },
      { text: '', byteOffset: 9, byteLength: 0, nextOffset: 10, line: 3, terminated: true },
      { text: 'ü', byteOffset: 10, byteLength: 2, nextOffset: 12, line: 4, terminated: false },
    ]);
    expect(await linesOf('')).toEqual([]);
  });

  it('starts at a byte offset and then knows no line numbers', async () => {
    expect(await linesOf('one\ntwo\n', { start: 4 })).toEqual([
      { text: 'two', byteOffset: 4, byteLength: 3, nextOffset: 8, line: null, terminated: true },
    ]);
    expect(await linesOf('one\n', { start: 4 })).toEqual([]);
    expect(await linesOf('one\n', { start: 400 })).toEqual([]);
  });

  it('reads lines of every length around its chunks', async () => {
    const mebibyte = 1024 * 1024;
    const lengths = [mebibyte - 1, mebibyte, mebibyte + 1, 0, 3 * mebibyte, 5, 2 * mebibyte - 7, 1];
    const texts = lengths.map((length, index) => String.fromCharCode(97 + index).repeat(length));
    for (const end of ['\n', '\r\n']) {
      const told = await linesOf(texts.join(end));
      expect(told.map(({ text }) => (text === null ? null : text.length))).toEqual(lengths);
      expect(told.every(({ text }, index) => text === texts[index])).toBe(true);
      const whole = Buffer.from(texts.join(end));
      for (const { byteOffset, byteLength, text } of told) {
        expect(whole.subarray(byteOffset, byteOffset + byteLength).equals(Buffer.from(text ?? ''))).toBe(true);
      }
    }
  });

  it('reports a line past the limit without its bytes, and goes on behind it', async () => {
    const long = 'x'.repeat(5_000_000);
    const options = { maxLineBytes: 2_000_000 };
    expect(await linesOf(`a\n${long}\nb\n${long}`, options)).toEqual([
      { text: 'a', byteOffset: 0, byteLength: 1, nextOffset: 2, line: 1, terminated: true },
      { text: null, byteOffset: 2, byteLength: 5_000_000, nextOffset: 5_000_003, line: 2, terminated: true },
      { text: 'b', byteOffset: 5_000_003, byteLength: 1, nextOffset: 5_000_005, line: 3, terminated: true },
      { text: null, byteOffset: 5_000_005, byteLength: 5_000_000, nextOffset: 10_000_005, line: 4, terminated: false },
    ]);
    const atLimit = await linesOf(`${'x'.repeat(2_000_000)}\n${'y'.repeat(2_000_001)}\n`, options);
    expect(atLimit.map(({ text }) => text?.length ?? null)).toEqual([2_000_000, null]);
  });

  it('stops at a signal', async () => {
    const reading = linesOf('a\n', { signal: AbortSignal.abort(new Error('enough')) });
    await expect(reading).rejects.toThrow('enough');
  });
});
