import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryToJson } from '../../../src/main/audit/index.ts';
import { scanFile, scanLine } from '../../../src/main/audit/reading/file-reader.ts';
import { readLineRuns } from '../../../src/main/audit/reading/line-runs.ts';
import { LINE_SCANNER_SOURCE_SHA256 } from '../../../src/main/audit/reading/line-scanner-code.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { awkwardFiles, entry, joined, plain } from './awkward-files.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SPAN = { fromUs: Date.UTC(2026, 3, 1) * 1000, toUs: Date.UTC(2026, 3, 2) * 1000 + 123_456 };
const EVERYTHING = { fromUs: Number.NEGATIVE_INFINITY, toUs: Number.POSITIVE_INFINITY };
const folders = temporaryFolder();

function bytesAre(bytes: Uint8Array | null, expected: Uint8Array): boolean {
  return bytes !== null && Buffer.compare(bytes, expected) === 0;
}

/** Writes a file and tells what runs it is read as. */
async function runsOf(bytes: Uint8Array, span = SPAN) {
  const path = folders.next();
  writeFileSync(path, bytes);
  const handle = await open(path);
  try {
    const lines: unknown[] = [];
    const known = { lines: 0, inside: 0, outside: 0, runs: 0 };
    let [minUs, maxUs, at] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    const times = await readLineRuns(handle, span, {
      line(raw) {
        expect(raw.byteOffset).toBe(at);
        at = raw.nextOffset;
        const line = scanLine('f', raw);
        if (line !== null) lines.push(told(line));
        if (line?.kind !== 'entry') return;
        minUs = Math.min(minUs, line.epochUs);
        maxUs = Math.max(maxUs, line.epochUs);
      },
      entries(run) {
        expect(run.byteOffset).toBe(at);
        const raws = [...run.rawLines()];
        expect(raws.length).toBe(run.lines);
        for (const raw of raws) {
          expect(raw.byteOffset).toBe(at);
          if (!bytesAre(raw.bytes, bytes.subarray(at, at + raw.byteLength))) throw new Error(`Other bytes at ${at}.`);
          at = raw.nextOffset;
        }
        expect(run.nextOffset).toBe(at);
        known.runs += 1;
        known.lines += run.lines;
        known[run.isInside ? 'inside' : 'outside'] += run.lines;
      },
    });
    minUs = Math.min(minUs, times.minUs);
    maxUs = Math.max(maxUs, times.maxUs);
    expect(at).toBe(bytes.length);
    return { lines, known, minUs, maxUs };
  } finally {
    await handle.close();
  }
}

type Scanned = NonNullable<ReturnType<typeof scanLine>>;

function told(line: Scanned) {
  if (line.kind === 'unreadable') return { ...line };
  return { kind: line.kind, id: line.entry.id, epochUs: line.epochUs, location: { ...line.location } };
}

/** The same file read line by line. */
async function plainlyRead(bytes: Uint8Array) {
  const path = folders.next();
  writeFileSync(path, bytes);
  const handle = await open(path);
  try {
    const lines: ReturnType<typeof told>[] = [];
    for await (const batch of scanFile(handle, 'f')) lines.push(...batch.map(told));
    return lines;
  } finally {
    await handle.close();
  }
}

/** Both readings of a file must come to the same; answers how many lines were known without being read. */
async function expectSame(bytes: Uint8Array): Promise<number> {
  const [runs, expected] = [await runsOf(bytes), await plainlyRead(bytes)];
  const entries = expected.filter((line) => line.kind === 'entry');
  const times = entries.map(({ epochUs }) => epochUs);
  const isInside = (us: number) => us >= SPAN.fromUs && us <= SPAN.toUs;
  const read = runs.lines as typeof expected;
  const readEntries = read.filter((line) => line.kind === 'entry');
  expect(read.filter((line) => line.kind !== 'entry')).toEqual(expected.filter((line) => line.kind !== 'entry'));
  expect(runs.known.lines + readEntries.length).toBe(entries.length);
  expect(runs.known.inside + readEntries.filter(({ epochUs }) => isInside(epochUs)).length).toBe(
    times.filter(isInside).length,
  );
  expect(runs.minUs).toBe(times.reduce((least, us) => Math.min(least, us), Number.POSITIVE_INFINITY));
  expect(runs.maxUs).toBe(times.reduce((most, us) => Math.max(most, us), Number.NEGATIVE_INFINITY));
  return runs.known.lines;
}

describe('readLineRuns', () => {
  it('is compiled from the sources that lie in assembly/', () => {
    const hash = createHash('sha256');
    for (const name of ['line-scanner.ts', 'line-parts.ts']) {
      hash.update(readFileSync(join(import.meta.dirname, '../../../assembly', name)));
    }
    expect(LINE_SCANNER_SOURCE_SHA256).toBe(hash.digest('hex'));
  });

  it('knows the lines that both writers write, with either line end', async () => {
    for (const end of ['\n', '\r\n']) expect(await expectSame(joined(plain, end))).toBe(2);
    const dates = ['1700-01-01', '2000-02-29', '2024-02-29', '2025-12-31', '2200-12-31', '1970-01-01', '1969-12-31'];
    const lines = dates.flatMap((date) =>
      ['00:00:00', '23:59:59.999999', '09:08:07.000001'].map((time) =>
        Buffer.from(entryToJson(sampleEntry({ timestamp: `${date}T${time}` }))),
      ),
    );
    for (const line of lines) expect(await expectSame(joined([line]))).toBe(1);
    expect(await expectSame(joined(lines))).toBe(lines.length);
  });

  it('leaves to the library what is no date, no time, no JSON, or written otherwise', async () => {
    const line = entryToJson(sampleEntry({ timestamp: '2026-04-02T00:09:31.941216' }));
    const changes: readonly (readonly [string, string])[] = [
      ['2026-04-02T', '2026-02-29T'],
      ['2026-04-02T', '2100-02-29T'],
      ['2026-04-02T', '2026-04-31T'],
      ['2026-04-02T', '2026-13-02T'],
      ['2026-04-02T', '2026-00-02T'],
      ['2026-04-02T', '2026-04-00T'],
      ['2026-04-02T', '2026/04/02T'],
      ['2026-04-02T', '1600-04-02T'],
      ['00:09:31', '24:09:31'],
      ['00:09:31', '00:60:31'],
      ['00:09:31', '00:09:60'],
      ['31.941216', '31.94121'],
      ['31.941216', '31.941216Z'],
      ['31.941216', '31.94121x'],
      ['"id": "', '"id":  "'],
      ['"id": ', '"ID": '],
      ['"latency_ms": ', '"latency_ms": 0'],
      ['"latency_ms": ', '"latency_ms": +'],
      ['"latency_ms": ', '"latency_ms": NaN'],
      ['"metadata": {', '"metadata": {,'],
      ['"metadata": {', '"metadata": {"a": 01, '],
      ['"metadata": {', '"metadata": {"a": "\\u12g4", '],
      ['"metadata": {', '"metadata": {"a": "\\x", '],
      ['"metadata": {', '"metadata": {"a": "\u0001", '],
      ['"metadata": {', '"metadata": {"a": "\u00e9", '],
      ['"metadata": {', `"metadata": {"a": ${'['.repeat(30)}${']'.repeat(30)}, `],
      ['"metadata": {', `"metadata": {"a": ${'9'.repeat(65)}, `],
      ['"metadata": {', '"metadata": {"a": truE, '],
    ];
    for (const [from, to] of changes) {
      expect(line).toContain(from);
      expect([to, await expectSame(joined([Buffer.from(line.replace(from, to))]))]).toEqual([to, 0]);
    }
    const noId = JSON.stringify({ ...entry, id: '' });
    expect(await expectSame(joined([Buffer.from(noId)]))).toBe(0);
    // As long as ten zero bytes, which must not pass for a date that was read before.
    const zeros = Buffer.from(line.replace('2026-04-02', '\0'.repeat(10)));
    expect(await expectSame(joined([zeros]))).toBe(0);
  });

  it('comes to the same as reading line by line, over the fixtures in any order, mutated, with any line ends', async () => {
    let known = 0;
    await fc.assert(
      fc.asyncProperty(awkwardFiles, async (bytes) => {
        known += await expectSame(bytes);
      }),
      { numRuns: 1000 },
    );
    expect(known).toBeGreaterThan(1000);
  });

  it('reads files over many blocks, with lines longer than a block, more runs than one answer holds, and a torn tail', async () => {
    const inside = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-01T10:00:00' })));
    const outside = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-03T10:00:00' })));
    const long = (letters: number) =>
      Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-01T10:00:00', input_content: 'x'.repeat(letters) })));
    const many = Array.from({ length: 9000 }, (_, line) => (line % 2 === 0 ? inside : outside));
    const lines = [...many, long(700_000), long(1_100_000), inside, long(3_500_000), Buffer.alloc(0), ...many];
    const bytes = joined(lines);
    expect(await expectSame(bytes)).toBeGreaterThanOrEqual(18_002);
    expect(await expectSame(bytes.subarray(0, bytes.length - 20))).toBeGreaterThanOrEqual(18_001);
    expect(await expectSame(bytes.subarray(0, bytes.length - 1))).toBeGreaterThanOrEqual(18_001);
    const newlines = Buffer.alloc(300_000, '\n');
    expect(await expectSame(Buffer.concat([newlines, bytes.subarray(0, 5_000_000)]))).toBeGreaterThan(5000);
  });

  it('tells lines that are alike together', async () => {
    const line = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-01T10:00:00' })));
    const { known } = await runsOf(joined([line, line, line]), EVERYTHING);
    expect(known).toEqual({ lines: 3, inside: 3, outside: 0, runs: 1 });
  });

  it('stops between two blocks when told to, and lets many files be read at once', async () => {
    const line = Buffer.from(entryToJson(sampleEntry({ timestamp: '2026-04-01T10:00:00' })));
    const path = folders.next();
    writeFileSync(path, joined(Array.from({ length: 9000 }, () => line)));
    const handle = await open(path);
    const stop = new AbortController();
    const read = async (signal?: AbortSignal) => {
      let lines = 0;
      const count = (more: number) => {
        lines += more;
        if (signal !== undefined) stop.abort();
      };
      await readLineRuns(handle, EVERYTHING, { entries: (run) => count(run.lines), line: () => count(1) }, { signal });
      return lines;
    };
    await expect(read(stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await Promise.all([read(), read(), read(), read(), read(), read()])).toEqual(Array(6).fill(9000));
    await handle.close();
  });
});
