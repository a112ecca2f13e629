import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { forkCatalog } from '../../../src/main/catalog/catalog-client.ts';
import { forkChannel } from '../../../src/main/catalog/fork-channel.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { allIds, linesOf } from '../../support/catalog/log-lines.ts';

const ENTRY = join(import.meta.dirname, '../../../src/main/catalog/catalog-process.ts');
const IDS = Array.from({ length: 40 }, (_, index) => `entry-${index}`);

let folder: string;
let log: string;
let cacheFolder: string;
const open: Catalog[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
  log = join(folder, 'log');
  cacheFolder = join(folder, 'cache');
  await mkdir(log);
  await writeFile(join(log, 'audit_20260101.jsonl'), linesOf('entry', 40));
});

afterEach(async () => {
  for (const catalog of open.splice(0)) await catalog.close();
  await rm(folder, { recursive: true });
});

async function openLog(): Promise<Catalog> {
  const catalog = await openCatalog({ source: { kind: 'folder', path: log }, cacheFolder });
  open.push(catalog);
  await catalog.complete();
  return catalog;
}

async function indexFolder(): Promise<string> {
  const [name] = await readdir(cacheFolder);
  return join(cacheFolder, name ?? '');
}

test('an index is this user’s alone, and holds no content', async () => {
  const secret = 'a secret that only the log may hold';
  const line = `{"id":"s","timestamp":"2026-01-02T00:00:00","input_hash":"a","output_hash":"b","input_content":"${secret}"}\n`;
  await writeFile(join(log, 'audit_20260102.jsonl'), line);
  const catalog = await openLog();
  const [row] = await catalog.find('s');
  expect(row?.inputKind).toBe('plain');
  await catalog.close();
  const files = await readdir(await indexFolder());
  expect(files).toEqual(['slot-1.duckdb']);
  const path = join(await indexFolder(), 'slot-1.duckdb');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(await indexFolder())).mode & 0o777).toBe(0o700);
  expect((await readFile(path)).includes(secret)).toBe(false);
});

test('who finds an index taken uses the next, the fourth one memory, and all answer alike', async () => {
  const forked = await forkCatalog(() => forkChannel(ENTRY), { source: { kind: 'folder', path: log }, cacheFolder });
  open.push(forked);
  await forked.complete();
  const here = [await openLog(), await openLog(), await openLog()];
  const slots = (await readdir(await indexFolder())).filter((name) => name.endsWith('.duckdb'));
  expect(slots.sort()).toEqual(['slot-1.duckdb', 'slot-2.duckdb', 'slot-3.duckdb']);
  for (const catalog of [forked, ...here]) expect(await allIds(catalog)).toEqual(IDS);
});

test('a damaged index is built anew', async () => {
  await (await openLog()).close();
  const path = join(await indexFolder(), 'slot-1.duckdb');
  await writeFile(path, Buffer.alloc(20_000, 'damage'));
  expect(await allIds(await openLog())).toEqual(IDS);
});

test('an index of another version is built anew', async () => {
  await (await openLog()).close();
  const instance = await DuckDBInstance.create(join(await indexFolder(), 'slot-1.duckdb'));
  const connection = await instance.connect();
  await connection.run(`UPDATE about SET value = 'of another time'`);
  await connection.run('DELETE FROM entries');
  connection.closeSync();
  instance.closeSync();
  expect(await allIds(await openLog())).toEqual(IDS);
});

test('a cache folder that cannot be made leaves the index in memory', async () => {
  await writeFile(join(folder, 'file'), '');
  cacheFolder = join(folder, 'file', 'cache');
  expect(await allIds(await openLog())).toEqual(IDS);
});

test('a kill while indexing leaves a sound index that is read on', { timeout: 60_000 }, async () => {
  for (let day = 10; day < 16; day += 1) {
    await writeFile(join(log, `audit_202602${day}.jsonl`), linesOf(`day${day}`, 8_000, day * 86_400));
  }
  for (const delayMs of [60, 150, 300, 500]) {
    const child = fork(ENTRY, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const opened = once(child, 'message');
    child.send({ kind: 'open', call: 1, options: { source: { kind: 'folder', path: log }, cacheFolder } });
    await opened;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const catalog = await openLog();
  const coverage = await catalog.complete();
  expect(coverage).toMatchObject({ state: 'complete', entries: 48_040, unreadable: 0 });
  const days = await catalog.days();
  expect(days.reduce((sum, day) => sum + day.entries, 0)).toBe(48_040);
});
