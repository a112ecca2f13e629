import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import type { CatalogChannel } from '../../../src/main/catalog/catalog-channel.ts';
import { forkCatalog } from '../../../src/main/catalog/catalog-client.ts';
import { forkChannel } from '../../../src/main/catalog/fork-channel.ts';
import { NEWEST_FIRST, NO_FILTER } from '../../../src/shared/query.ts';

const ENTRY = join(import.meta.dirname, '../../../src/main/catalog/catalog-process.ts');
const FIXTURE = join(import.meta.dirname, '../../fixtures/python-reference/plaintext');
const QUERY = { filter: NO_FILTER, sort: NEWEST_FIRST };

let folder: string;
let catalog: Catalog | null = null;
const channels: CatalogChannel[] = [];

const spawn = (): CatalogChannel => {
  const channel = forkChannel(ENTRY);
  channels.push(channel);
  return channel;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
});

afterEach(async () => {
  await catalog?.close();
  for (const channel of channels.splice(0)) channel.kill();
  await rm(folder, { recursive: true });
});

async function openCopy(): Promise<Catalog> {
  const path = join(folder, 'log');
  await cp(FIXTURE, path, { recursive: true });
  catalog = await forkCatalog(spawn, { source: { kind: 'folder', path }, cacheFolder: join(folder, 'cache') });
  return catalog;
}

function killed(): Promise<void> {
  const channel = channels.at(-1);
  return new Promise((resolve) => {
    channel?.onExit(resolve);
    channel?.kill();
  });
}

test('answers from another process are those of the interface, and changes are told', async () => {
  const forked = await openCopy();
  let changes = 0;
  forked.onChange(() => {
    changes += 1;
  });
  const coverage = await forked.complete();
  const page = await forked.page(QUERY, { offset: 0, limit: 5 });
  expect(page.matching).toBe(coverage.entries);
  expect(page.rows).toHaveLength(5);
  await expect.poll(() => changes).toBeGreaterThan(0);
});

test('an error of the source crosses with its code', async () => {
  const opening = forkCatalog(spawn, { source: { kind: 'folder', path: join(folder, 'absent') }, cacheFolder: null });
  await expect(opening).rejects.toMatchObject({ name: 'AuditError', code: 'source_not_found' });
});

test('calls under way fail when the process dies, the next call starts it again, and a second death is final', async () => {
  const forked = await openCopy();
  await forked.complete();
  const underWay = forked.facets(NO_FILTER, ['provider'], 10);
  const failed = expect(underWay).rejects.toMatchObject({ code: 'catalog_unavailable' });
  await killed();
  await failed;
  expect((await forked.complete()).state).toBe('complete');
  expect(channels).toHaveLength(2);
  await killed();
  await expect(forked.page(QUERY, { offset: 0, limit: 5 })).rejects.toMatchObject({ code: 'catalog_unavailable' });
  expect(channels).toHaveLength(2);
});

test('closing ends the process and may be asked for twice', async () => {
  const forked = await openCopy();
  const ended = new Promise<void>((resolve) => channels.at(-1)?.onExit(resolve));
  await forked.close();
  await forked.close();
  await ended;
  await expect(forked.status()).rejects.toMatchObject({ code: 'catalog_unavailable' });
});
