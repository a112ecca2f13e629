import { appendFile, mkdir, mkdtemp, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';
import { allIds, lineOf, linesOf } from '../../support/catalog/log-lines.ts';

const TODAY = 'audit_20260102.jsonl';

let folder: string;
let log: string;
let catalog: Catalog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
  log = join(folder, 'log');
  await mkdir(log);
  await writeFile(join(log, 'audit_20260101.jsonl'), linesOf('old', 3));
  await writeFile(join(log, TODAY), linesOf('today', 3, 1000));
  await open();
});

afterEach(async () => {
  await catalog.close();
  await rm(folder, { recursive: true });
});

async function open(): Promise<void> {
  const source = { kind: 'folder', path: log } as const;
  catalog = await openCatalog({ source, cacheFolder: join(folder, 'cache') });
  await catalog.complete();
}

async function reopen(): Promise<void> {
  await catalog.close();
  await open();
}

const OLD = ['old-0', 'old-1', 'old-2'];
const NEW = ['today-0', 'today-1', 'today-2'];

test('what is appended by another program appears by itself, and nothing else is read again', async () => {
  const told: number[] = [];
  catalog.onChange((change) => told.push(change.coverage.entries));
  await appendFile(join(log, TODAY), linesOf('later', 2, 2000));
  await expect.poll(() => allIds(catalog), { timeout: 2000 }).toEqual([...OLD, ...NEW, 'later-0', 'later-1']);
  await expect.poll(() => told.at(-1)).toBe(8);
});

test('what was appended while nobody looked is read when the log is opened again', async () => {
  await catalog.close();
  await appendFile(join(log, TODAY), linesOf('later', 2, 2000));
  await open();
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, 'later-0', 'later-1']);
});

test('a last line that is cut off is reported, and read once it is whole', async () => {
  const line = `${lineOf('cut', '2026-01-03T00:00:00')}\n`;
  await appendFile(join(log, TODAY), line.slice(0, 40));
  expect(await catalog.complete()).toMatchObject({ entries: 6, unreadable: 1 });
  const { lines } = await catalog.unreadable({ offset: 0, limit: 10 });
  expect(lines).toMatchObject([{ file: TODAY, line: 4, byteLength: 40 }]);
  await appendFile(join(log, TODAY), line.slice(40));
  expect(await catalog.complete()).toMatchObject({ entries: 7, unreadable: 0 });
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, 'cut']);
});

test('a last line that is taken back makes room for a shorter one', async () => {
  const { size } = await stat(join(log, TODAY));
  await appendFile(join(log, TODAY), `{"id": "${'x'.repeat(2000)}`);
  expect(await catalog.complete()).toMatchObject({ entries: 6, unreadable: 1 });
  await truncate(join(log, TODAY), size);
  await appendFile(join(log, TODAY), `${lineOf('short', '2026-01-03T00:00:00')}\n`);
  expect(await catalog.complete()).toMatchObject({ entries: 7, unreadable: 0 });
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, 'short']);
});

test('a last line without a line end is an entry, and stays one when its end comes', async () => {
  await appendFile(join(log, TODAY), lineOf('last', '2026-01-03T00:00:00'));
  expect(await catalog.complete()).toMatchObject({ entries: 7, unreadable: 0 });
  await reopen();
  await appendFile(join(log, TODAY), `\n${lineOf('next', '2026-01-03T00:00:01')}`);
  expect(await catalog.complete()).toMatchObject({ entries: 8, unreadable: 0 });
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, 'last', 'next']);
});

test('a rotated file keeps its rows under its new name', async () => {
  await rename(join(log, TODAY), join(log, 'audit_20260102_001.jsonl'));
  await writeFile(join(log, TODAY), linesOf('after', 2, 2000));
  await catalog.complete();
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, 'after-0', 'after-1']);
  const [row] = await catalog.find('today-1');
  expect(row?.ref.file).toBe('audit_20260102_001.jsonl');
  expect((await catalog.find('after-0'))[0]?.ref.file).toBe(TODAY);
});

test('a rotation in progress shows every entry once at every moment', async () => {
  await writeFile(join(log, 'audit_20260102_001.jsonl'), '');
  await catalog.complete();
  for (let number = 1; number <= 20; number += 1) {
    const rotated = join(log, `audit_20260102_${String(number).padStart(3, '0')}.jsonl`);
    await writeFile(rotated, '');
    const looking = catalog.refresh();
    await rename(join(log, TODAY), rotated);
    await writeFile(join(log, TODAY), linesOf(`round${number}`, 1, 2000 + number));
    await looking;
    const ids = await allIds(catalog);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(OLD));
  }
  await catalog.complete();
  const rounds = Array.from({ length: 20 }, (_, index) => `round${index + 1}-0`);
  expect(await allIds(catalog)).toEqual([...OLD, ...NEW, ...rounds]);
});

test.each([
  ['replaced by another', async () => replace(linesOf('other', 2, 1000)), ['other-0', 'other-1']],
  ['written anew in place', async () => writeFile(join(log, TODAY), linesOf('again', 4, 1000)), again(4)],
  ['written anew in place with the same size', rewriteSameSize, ['tomor-0', 'tomor-1', 'tomor-2']],
  ['truncated', async () => truncate(join(log, TODAY), linesOf('today', 2, 1000).length), ['today-0', 'today-1']],
  ['removed', async () => rm(join(log, TODAY)), []],
])('a file that is %s loses its old rows', async (_what, change, expected) => {
  await change();
  await catalog.complete();
  expect(await allIds(catalog)).toEqual([...OLD, ...expected]);
  await reopen();
  expect(await allIds(catalog)).toEqual([...OLD, ...expected]);
});

test('lines taken out of the middle are noticed even where the file grew since', async () => {
  const [first, , third] = linesOf('today', 3, 1000).split('\n');
  await writeFile(join(log, TODAY), `${first}\n${third}\n${linesOf('grown', 5, 2000)}`);
  await catalog.complete();
  expect(await allIds(catalog)).toEqual([
    ...OLD,
    'today-0',
    'today-2',
    ...Array.from({ length: 5 }, (_, index) => `grown-${index}`),
  ]);
});

test('the newest rows come first, and a stop keeps what was read', async () => {
  // Put in place whole, so that nothing of it is read before the look that is asked for here.
  await writeFile(`${log}-many`, linesOf('many', 30_000, 90_000));
  await rename(`${log}-many`, join(log, 'audit_20260103.jsonl'));
  const coverage = await catalog.refresh();
  expect(coverage.state).toBe('reading');
  const stopped = await catalog.stopReading();
  expect(stopped.entries).toBeGreaterThan(6);
  expect(stopped).toMatchObject({ state: 'stopped' });
  const page = await catalog.page({ filter: NO_FILTER, sort: NEWEST_FIRST }, { offset: 0, limit: 1 });
  expect(page.rows[0]?.id).toMatch(/^many-/);
  expect(await catalog.complete()).toMatchObject({ state: 'stopped', entries: stopped.entries });
  await catalog.refresh();
  expect(await catalog.complete()).toMatchObject({ state: 'complete', entries: 30_006 });
});

test('a folder that disappears is told as a problem, and is well again when it is back', async () => {
  await rename(log, `${log}-away`);
  const failed = await catalog.refresh();
  expect(failed.state).toBe('failed');
  expect(failed.problem).toContain(log);
  await rename(`${log}-away`, log);
  expect(await catalog.complete()).toMatchObject({ state: 'complete', entries: 6, problem: null });
});

function again(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `again-${index}`);
}

async function replace(content: string): Promise<void> {
  await writeFile(join(log, '.next'), content);
  await rename(join(log, '.next'), join(log, TODAY));
}

async function rewriteSameSize(): Promise<void> {
  await writeFile(join(log, TODAY), linesOf('tomor', 3, 1000));
  await utimes(join(log, TODAY), new Date(), new Date(Date.now() + 5000));
}
