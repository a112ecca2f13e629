import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import { type EntryFilter, NO_FILTER, NUMBER_FIELDS } from '../../../src/shared/query.ts';
import { matches, type PlainLog, scanPlainly, valuesOf } from '../../support/catalog/plain-scan.ts';

const LOG = join(import.meta.dirname, '../../fixtures/python-reference/hash-only');

const AWKWARD = [
  { latency_ms: 'NaN', input_tokens: 'null' },
  { latency_ms: 'Infinity', input_tokens: '9007199254740993' },
  { latency_ms: '-Infinity', input_tokens: '-3' },
  { latency_ms: '-0.5', input_tokens: '0' },
].map(
  ({ latency_ms, input_tokens }, index) =>
    `{"id":"odd-${index}","timestamp":"2026-03-01T00:00:0${index}","input_hash":"${'a'.repeat(64)}","output_hash":"${(index < 2 ? 'a' : 'b').repeat(64)}","latency_ms":${latency_ms},"input_tokens":${input_tokens},"metadata":{"odd key: \\"é\\"":NaN,"${index}":1,"clé":null}}`,
);

let folder: string;
let catalog: Catalog;
let log: PlainLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-counts-'));
  await cp(LOG, folder, { recursive: true });
  await writeFile(join(folder, 'audit_20260301.jsonl'), AWKWARD.map((line) => `${line}\n`).join(''));
  catalog = await openCatalog({ source: { kind: 'folder', path: folder }, cacheFolder: null });
  await catalog.complete();
  log = await scanPlainly(folder);
});
afterEach(async () => {
  await catalog.close();
  await rm(folder, { recursive: true });
});

function countPlainly(filter: EntryFilter): number {
  return log.entries.filter((candidate) => matches(candidate, filter)).length;
}

const BLOCKED: EntryFilter = { ...NO_FILTER, terms: [{ field: 'status', values: ['blocked'], exclude: false }] };
const SLOW: EntryFilter = { ...NO_FILTER, numbers: [{ field: 'latency_ms', min: 500, max: null }] };

test('several filters are counted at once, in the order they were asked', async () => {
  const filters = [NO_FILTER, BLOCKED, SLOW, { ...BLOCKED, numbers: SLOW.numbers }];
  const counts = await catalog.counts(filters);
  expect(counts).toEqual(filters.map(countPlainly));
  expect(new Set(counts).size).toBe(4);
});

test('keys of the metadata are counted, however they are spelled, the most frequent first', async () => {
  const expected = new Map<string, number>();
  for (const { entry } of log.entries) {
    for (const key of Object.keys(entry.metadata)) expected.set(key, (expected.get(key) ?? 0) + 1);
  }
  const keys = await catalog.metadataKeys(500);
  expect(new Map(keys.map(({ key, entries }) => [key, entries]))).toEqual(expected);
  expect(expected.get('odd key: "é"')).toBe(AWKWARD.length);
  expect(keys.map(({ entries }) => entries)).toEqual([...expected.values()].sort((a, b) => b - a));
  expect(await catalog.metadataKeys(2)).toEqual(keys.slice(0, 2));
});

test('values of a facet can be searched, whatever their case, and the rest is not counted', async () => {
  const [facet] = await catalog.facets(BLOCKED, ['model'], 100, 'GPT');
  const counts = new Map<string, number>();
  for (const candidate of log.entries.filter((entry) => matches(entry, BLOCKED))) {
    for (const value of valuesOf(candidate.entry, 'model')) {
      if (value?.toLowerCase().includes('gpt')) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  expect(counts.size).toBeGreaterThan(0);
  expect(new Map(facet?.values.map(({ value, count }) => [value, count]))).toEqual(counts);
  expect(facet?.distinct).toBe(counts.size);
  expect(await catalog.facets(NO_FILTER, ['detectors_triggered'], 10, '%')).toMatchObject([
    { values: [], distinct: 0 },
  ]);
});

test('numbers are spread over bins that hold every one of them, infinite ones at the ends', async () => {
  for (const filter of [NO_FILTER, BLOCKED, SLOW]) {
    const spreads = await catalog.spreads(filter, NUMBER_FIELDS);
    for (const { field, recorded, notRecorded, least, largest, bins } of spreads) {
      const rest = { ...filter, numbers: filter.numbers.filter((number) => number.field !== field) };
      const entries = log.entries.filter((candidate) => matches(candidate, rest)).map(({ entry }) => entry[field]);
      const numbers = entries.filter((value) => value !== null && !Number.isNaN(Number(value))).map(Number);
      const finite = numbers.filter(Number.isFinite);
      expect({ field, recorded, notRecorded }).toEqual({
        field,
        recorded: numbers.length,
        notRecorded: entries.length - numbers.length,
      });
      expect([least, largest]).toEqual([Math.min(...finite), Math.max(...finite)]);
      const expected = bins.map(
        ({ from, below }) =>
          numbers.filter((value) => value >= (from ?? -Infinity) && (below === null || value < below)).length,
      );
      expect(bins.map((bin) => bin.entries)).toEqual(expected);
      expect(expected.reduce((sum, count) => sum + count, 0)).toBe(numbers.length);
    }
  }
});

test('nothing recorded has no bins', async () => {
  const nothing = { ...NO_FILTER, text: ['no entry holds this'] };
  const [spread] = await catalog.spreads(nothing, ['input_tokens']);
  expect(spread).toEqual({ field: 'input_tokens', recorded: 0, notRecorded: 0, least: null, largest: null, bins: [] });
});

test('a hash is counted as input and as output, within a filter', async () => {
  expect(await catalog.hashMatches(NO_FILTER, 'a'.repeat(64))).toEqual({ entries: 4, asInput: 4, asOutput: 2 });
  expect(await catalog.hashMatches(NO_FILTER, 'b'.repeat(64))).toEqual({ entries: 2, asInput: 0, asOutput: 2 });
  expect(await catalog.hashMatches(BLOCKED, 'a'.repeat(64))).toEqual({ entries: 0, asInput: 0, asOutput: 0 });
});
