import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { isWorthThreads } from '../../../src/main/catalog/parallel-reader.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { lineOf } from '../../support/catalog/log-lines.ts';

const FILES = 6;
const LINES = 4_000;

let folder: string;
let catalog: Catalog | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
});

afterEach(async () => {
  await catalog?.close();
  await rm(folder, { recursive: true });
});

/** Large enough for threads: 6 files of some 4 MB, each with a line that is none after every thousand. */
async function writeLargeLog(): Promise<void> {
  const filling = 'x'.repeat(700);
  for (let day = 1; day <= FILES; day += 1) {
    const lines: string[] = [];
    for (let index = 0; index < LINES; index += 1) {
      if (index % 1_000 === 999) lines.push('no JSON\n');
      const timestamp = new Date(Date.UTC(2026, 2, day) + index * 1000).toISOString().slice(0, 19);
      lines.push(`${lineOf(`${day}-${index}`, timestamp, { provider: 'openai', metadata: { filling } })}\n`);
    }
    await writeFile(join(folder, `audit_2026030${day}.jsonl`), lines.join(''));
  }
}

test('a large log is read on threads, newest first, and every line is where it lies', { timeout: 60_000 }, async () => {
  await writeLargeLog();
  catalog = await openCatalog({ source: { kind: 'folder', path: folder }, cacheFolder: null });
  const coverage = await catalog.complete();
  expect(coverage).toMatchObject({
    state: 'complete',
    entries: FILES * LINES,
    unreadable: FILES * 4,
    filesRead: FILES,
  });
  const newest = await catalog.page({ filter: NO_FILTER, sort: NEWEST_FIRST }, { offset: LINES - 2, limit: 4 });
  expect(newest.rows.map((row) => row.id)).toEqual(['6-1', '6-0', '5-3999', '5-3998']);
  const { lines } = await catalog.unreadable({ offset: 4, limit: 4 });
  expect(lines.map(({ file, line }) => `${file}:${line}`)).toEqual(
    [1_000, 2_001, 3_002, 4_003].map((line) => `audit_20260302.jsonl:${line}`),
  );
});

test('reading on threads can be stopped and taken up again without a row twice', { timeout: 60_000 }, async () => {
  await writeLargeLog();
  catalog = await openCatalog({ source: { kind: 'folder', path: folder }, cacheFolder: null });
  await expect.poll(async () => (await catalog?.status())?.coverage.entries, { timeout: 20_000 }).toBeGreaterThan(0);
  const stopped = await catalog.stopReading();
  expect(stopped.entries).toBeLessThanOrEqual(FILES * LINES);
  await catalog.refresh();
  expect(await catalog.complete()).toMatchObject({ state: 'complete', entries: FILES * LINES });
  expect(await catalog.find('3-1500')).toHaveLength(1);
});

test('threads are not started for little', () => {
  const file = { name: '', mtimeNs: '', identity: '', bytesRead: 0, tailLength: 0, lines: 0, mark: '' };
  const files = (size: number) => [1, 2].map((number) => ({ ...file, file: number, size, entries: 0, unreadable: 0 }));
  expect(isWorthThreads(files(1_000_000))).toBe(false);
  expect(isWorthThreads(files(100_000_000))).toBe(true);
});
