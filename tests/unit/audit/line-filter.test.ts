import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryToJson } from '../../../src/main/audit/index.ts';
import { scanLine } from '../../../src/main/audit/reading/file-reader.ts';
import { filterLines } from '../../../src/main/audit/reading/line-filter.ts';
import { type RawLine, readLineBatches } from '../../../src/main/audit/reading/line-reader.ts';
import { PlainLineScanner } from '../../../src/main/audit/reading/plain-line-scanner.ts';
import { takeLineScanner } from '../../../src/main/audit/reading/take-line-scanner.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { awkwardFiles, joined } from './awkward-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SPAN = { fromUs: Number.NEGATIVE_INFINITY, toUs: Date.UTC(2026, 3, 1) * 1000 + 123_456 };
const folders = temporaryFolder();

function isKept(raw: RawLine): boolean {
  const line = scanLine('f', raw);
  return line?.kind !== 'entry' || line.epochUs > SPAN.toUs;
}

function hashOf(pieces: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(pieces);
  return `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What must stay, found line by line. */
async function keptPlainly(path: string, bytes: Uint8Array) {
  const handle = await open(path);
  const kept: Uint8Array[] = [];
  let settledEnd = bytes.length;
  for await (const batch of readLineBatches(handle)) {
    for (const raw of batch) {
      if (!isKept(raw)) continue;
      if (raw.terminated) kept.push(bytes.subarray(raw.byteOffset, raw.nextOffset));
      else settledEnd = raw.byteOffset;
    }
  }
  await handle.close();
  return { kept: hashOf(kept), end: bytes.length, settledEnd };
}

async function filtered(path: string, scanner = takeLineScanner()) {
  const handle = await open(path);
  const kept: Buffer[] = [];
  let judged = 0;
  const keeps = (raw: RawLine) => {
    judged += 1;
    return isKept(raw);
  };
  const write = async (bytes: Buffer) => {
    await new Promise(setImmediate);
    kept.push(Buffer.from(bytes));
  };
  const { inside, outside, end, settledEnd } = await filterLines(handle, { scanner, span: SPAN, keeps, write });
  await handle.close();
  return {
    told: { kept: hashOf(kept), end, settledEnd },
    known: inside + outside,
    judged,
  };
}

/** Both scanners must leave what reading line by line leaves; answers how many lines were known. */
async function expectSame(bytes: Uint8Array): Promise<number> {
  const path = folders.next();
  writeFileSync(path, bytes);
  const expected = await keptPlainly(path, bytes);
  const [fast, plain] = [await filtered(path), await filtered(path, new PlainLineScanner())];
  expect(fast.told).toEqual(expected);
  expect(plain.told).toEqual(expected);
  expect(plain.known).toBe(0);
  expect(fast.known + fast.judged).toBe(plain.judged);
  return fast.known;
}

describe('filterLines', () => {
  it('leaves the bytes that reading line by line leaves, whatever the lines are', async () => {
    let known = 0;
    await fc.assert(
      fc.asyncProperty(awkwardFiles, async (bytes) => {
        known += await expectSame(bytes);
      }),
      { numRuns: 600 },
    );
    expect(known).toBeGreaterThan(500);
  });

  it('goes through many blocks, with lines longer than a block, and a torn tail that stays or goes', async () => {
    const old = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-03-01T10:00:00' })));
    const young = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-03T10:00:00' })));
    const long = (timestamp: string, letters: number) =>
      Buffer.from(entryToJson(sampleEntry({ timestamp, input_content: 'x'.repeat(letters) })));
    const many = Array.from({ length: 3000 }, (_, line) => (line % 3 === 0 ? old : young));
    const longs = [400_000, 700_000, 1_100_000, 3_500_000].flatMap((letters) => [
      long('2026-03-01T10:00:00', letters),
      long('2026-04-03T10:00:00', letters),
    ]);
    for (const last of [old, young, long('2026-03-01T10:00:00', 2_000_000), long('2026-04-03T10:00:00', 2_000_000)]) {
      const bytes = joined([...many, ...longs, Buffer.from('broken'), ...many, last]);
      for (const cut of [0, 1, 20])
        expect(await expectSame(bytes.subarray(0, bytes.length - cut))).toBeGreaterThan(5500);
    }
  });

  it('leaves bytes alone until they are written, however slow the writing is', async () => {
    const line = (index: number) =>
      entryToJson(
        sampleEntry({ id: `id-${index}`, timestamp: index % 2 === 0 ? '2026-03-01T10:00:00' : '2026-04-03T10:00:00' }),
      );
    const lines = Array.from({ length: 40_000 }, (_, index) => Buffer.from(line(index)));
    const path = folders.next();
    writeFileSync(path, joined(lines));
    const handle = await open(path);
    const kept: Buffer[] = [];
    const write = async (bytes: Buffer) => {
      await delay(20);
      kept.push(Buffer.from(bytes));
    };
    await filterLines(handle, { scanner: takeLineScanner(), span: SPAN, keeps: isKept, write });
    await handle.close();
    expect(kept.length).toBeGreaterThan(8);
    expect(hashOf(kept)).toBe(hashOf([joined(lines.filter((_, index) => index % 2 === 1))]));
  });

  it('fails with what the writing fails with, and leaves nothing under way', async () => {
    const line = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-03T10:00:00' })));
    const path = folders.next();
    writeFileSync(path, joined(Array.from({ length: 20_000 }, () => line)));
    const handle = await open(path);
    let writes = 0;
    const write = async () => {
      writes += 1;
      if (writes === 2) throw new RangeError('no room');
    };
    const options = { scanner: takeLineScanner(), span: SPAN, keeps: () => true, write };
    await expect(filterLines(handle, options)).rejects.toThrow('no room');
    expect(writes).toBe(2);
    await handle.close();
  });
});
