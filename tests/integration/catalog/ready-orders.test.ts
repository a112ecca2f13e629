import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { NO_FILTER, type Sort } from '../../../src/shared/query.ts';
import { lineOf } from '../../support/catalog/log-lines.ts';

/** Longer than the index waits before it makes ready what nobody asked for yet. */
const QUIET_MS = 1_000;

let folder: string;
let log: string;
let catalog: Catalog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
  log = join(folder, 'audit_20260301.jsonl');
  await writeFile(
    log,
    [
      `${lineOf('a', '2026-03-01T00:00:01', { latency_ms: 30, provider: 'openai' })}\n`,
      `${lineOf('b', '2026-03-01T00:00:02', { latency_ms: 10 })}\n`,
      `${lineOf('c', '2026-03-01T00:00:03', { latency_ms: 30, provider: 'anthropic' })}\n`,
      `${lineOf('a', '2026-03-01T00:00:04', { latency_ms: 20, provider: 'anthropic' })}\n`,
    ].join(''),
  );
  catalog = await openCatalog({ source: { kind: 'folder', path: folder }, cacheFolder: null });
  await catalog.complete();
  await setTimeout(QUIET_MS);
});

afterEach(async () => {
  await catalog.close();
  await rm(folder, { recursive: true });
});

async function times(sort: Sort): Promise<string[]> {
  const { rows } = await catalog.page({ filter: NO_FILTER, sort }, { offset: 0, limit: 10 });
  return rows.map((row) => `${row.id}${row.duplicateId ? '!' : ''}${row.timestamp.slice(-1)}`);
}

test('orders that were made ready are those that were asked for, and are made anew once rows came', async () => {
  expect(await times({ field: 'latency_ms', direction: 'asc' })).toEqual(['b2', 'a!4', 'a!1', 'c3']);
  expect(await times({ field: 'latency_ms', direction: 'desc' })).toEqual(['a!1', 'c3', 'a!4', 'b2']);
  expect(await times({ field: 'provider', direction: 'asc' })).toEqual(['c3', 'a!4', 'a!1', 'b2']);
  expect(await times({ field: 'provider', direction: 'desc' })).toEqual(['a!1', 'c3', 'a!4', 'b2']);
  await appendFile(log, `${lineOf('b', '2026-03-01T00:00:05', { latency_ms: 25, provider: 'zeta' })}\n`);
  await catalog.complete();
  expect(await times({ field: 'latency_ms', direction: 'asc' })).toEqual(['b!2', 'a!4', 'b!5', 'a!1', 'c3']);
  expect(await times({ field: 'provider', direction: 'desc' })).toEqual(['b!5', 'a!1', 'c3', 'a!4', 'b!2']);
});

test('a facet that was counted counts what came since', async () => {
  const [before] = await catalog.facets(NO_FILTER, ['provider'], 10);
  expect(before?.values).toEqual([
    { value: 'anthropic', count: 2 },
    { value: 'openai', count: 1 },
    { value: null, count: 1 },
  ]);
  await appendFile(log, `${lineOf('d', '2026-03-01T00:00:05', { provider: 'zeta' })}\n`);
  await catalog.complete();
  const filter = { ...NO_FILTER, terms: [{ field: 'provider' as const, values: ['anthropic'], exclude: true }] };
  const { rows } = await catalog.page(
    { filter, sort: { field: 'timestamp', direction: 'asc' } },
    { offset: 0, limit: 10 },
  );
  expect(rows.map((row) => row.id)).toEqual(['a', 'b', 'd']);
  const [after] = await catalog.facets(filter, ['provider'], 10);
  expect(after?.values.map(({ value }) => value)).toEqual(['anthropic', 'openai', 'zeta', null]);
});
