import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { NEWEST_FIRST, NO_FILTER, type Sort } from '../../../src/shared/query.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const OLDEST_FIRST: Sort = { field: 'timestamp', direction: 'asc' };
const ALL = { offset: 0, limit: 1000 };

let cacheFolder: string;
const open: Catalog[] = [];

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
});

afterAll(async () => {
  for (const catalog of open) await catalog.close();
  await rm(cacheFolder, { recursive: true });
});

async function openFixture(name: string): Promise<Catalog> {
  const source = { kind: 'folder', path: join(FIXTURES, name) } as const;
  const catalog = await openCatalog({ source, cacheFolder });
  open.push(catalog);
  await catalog.complete();
  return catalog;
}

interface EdgeLine {
  readonly file: string;
  readonly byte_offset: number;
  readonly readable: boolean;
  readonly id?: string;
  readonly epoch_us?: number;
}

test('every awkward line is read or reported where it lies', async () => {
  const expected = JSON.parse(await readFile(join(FIXTURES, 'edge-cases.expected.json'), 'utf8')) as {
    readonly lines: readonly EdgeLine[];
  };
  const catalog = await openFixture('edge-cases');
  const page = await catalog.page({ filter: NO_FILTER, sort: OLDEST_FIRST }, ALL);
  const place = (line: { file: string; byte_offset: number }) => `${line.file}:${line.byte_offset}`;
  const entries = page.rows.map((row) => ({
    place: `${row.ref.file}:${row.ref.byteOffset}`,
    id: row.id,
    epochUs: row.epochUs,
  }));
  const wanted = expected.lines.filter((line) => line.id !== undefined);
  expect(new Set(entries)).toEqual(
    new Set(wanted.map((line) => ({ place: place(line), id: line.id, epochUs: line.epoch_us }))),
  );
  const { lines, total } = await catalog.unreadable(ALL);
  const broken = expected.lines.filter((line) => !line.readable);
  expect(total).toBe(10);
  expect(lines.map((line) => `${line.file}:${line.byteOffset}`).sort()).toEqual(broken.map(place).sort());
  expect(page.coverage).toMatchObject({ state: 'complete', entries: 19, unreadable: 10 });
});

test('an id that stands twice is marked on both rows', async () => {
  const catalog = await openFixture('edge-cases');
  const rows = await catalog.find('edge-001');
  expect(rows.map((row) => row.ref.file)).toEqual(['audit_20260301.jsonl', 'audit_20260302.jsonl']);
  expect(rows.every((row) => row.duplicateId)).toBe(true);
  const [single] = await catalog.find('edge-002');
  expect(single?.duplicateId).toBe(false);
  expect(await catalog.find('edge-999')).toEqual([]);
  const asked = ['edge-001', 'edge-002', 'edge-999'].map((id) => catalog.isDuplicateId(id));
  expect(await Promise.all(asked)).toEqual([true, false, false]);
});

test('numbers that JSON cannot hold keep their digits', async () => {
  const catalog = await openFixture('edge-cases');
  const [infinite] = await catalog.find('edge-005');
  const [large] = await catalog.find('edge-006');
  expect([infinite?.latency_ms, large?.input_tokens, large?.output_tokens]).toMatchInlineSnapshot(`
    [
      "NaN",
      "9007199254740993",
      2,
    ]
  `);
});

test.each(['hash-only', 'plaintext', 'encrypted', 'two-keys'])('%s has the entries expected, by time', async (name) => {
  const expected = JSON.parse(await readFile(join(FIXTURES, `python-reference/${name}.expected.json`), 'utf8')) as {
    readonly entries: readonly { readonly id: string; readonly timestamp: string; readonly safety_passed?: boolean }[];
  };
  const catalog = await openFixture(`python-reference/${name}`);
  const ids = expected.entries.map((entry) => entry.id);
  const oldest = await catalog.page({ filter: NO_FILTER, sort: OLDEST_FIRST }, ALL);
  expect(oldest.rows.map((row) => row.id)).toEqual(ids);
  expect(oldest.rows.map((row) => row.timestamp)).toEqual(expected.entries.map((entry) => entry.timestamp));
  const newest = await catalog.page({ filter: NO_FILTER, sort: NEWEST_FIRST }, { offset: 3, limit: 7 });
  expect(newest.matching).toBe(ids.length);
  expect(newest.rows.map((row) => row.id)).toEqual([...ids].reverse().slice(3, 10));
});

test('a field that no entry records is counted as not recorded', async () => {
  const catalog = await openFixture('edge-cases');
  const facets = await catalog.facets(NO_FILTER, ['detectors_triggered', 'alerts', 'block_reason'], 10);
  for (const { values, distinct } of facets) {
    expect(values).toEqual([{ value: null, count: 19 }]);
    expect(distinct).toBe(1);
  }
  expect(facets).toHaveLength(3);
});
