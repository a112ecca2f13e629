import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Catalog } from '../../../src/main/catalog/catalog.ts';
import { openCatalog } from '../../../src/main/catalog/open-catalog.ts';
import {
  type EntryFilter,
  type EntryQuery,
  NUMBER_FIELDS,
  SORT_FIELDS,
  type TermField,
} from '../../../src/shared/query.ts';
import { formatTimestamp, US_PER_DAY } from '../../../src/shared/timestamp.ts';
import {
  askPlainly,
  isInRange,
  matches,
  type PlainEntry,
  type PlainLog,
  scanPlainly,
  valuesOf,
} from '../../support/catalog/plain-scan.ts';

const FIRST_US = Date.UTC(2026, 0, 1) * 1000;
const FILES = ['audit_20260101_001.jsonl', 'audit_20260101_002.jsonl', 'audit_20260101.jsonl', 'audit_20260102.jsonl'];
const FIELDS: readonly TermField[] = [
  'status',
  'provider',
  'model',
  'conversation_id',
  'detectors_triggered',
  'alerts',
  'block_reason',
  'input_kind',
  'output_kind',
  'metadata.team',
  'metadata.a/b~c"d',
];

// Few values, so that filters hit, times tie and ids repeat.
const word = fc.constantFrom('openai', 'Älpha', 'x%_y', "it's", 'a', 'claims', '', '日本');
const maybeWord = fc.option(word, { nil: null });
const epochUs = fc.integer({ min: 0, max: 12 }).map((step) => FIRST_US + step * 7_200_000_001);
const count = fc.option(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(2 ** 53 + 2)), { nil: null });
const hash = fc.constantFrom('a', 'b').map((digit) => digit.repeat(64));
const content = fc.constantFrom(null, 'plain text', 'Z0FBQUFBQnBjdEpR', 'gAAAAABpctJQ');
const metadata = fc.record(
  {
    team: fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null), fc.constant({ nested: ['a', 1] })),
    'a/b~c"d': word,
    note: word,
  },
  { requiredKeys: [] },
);

const line = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({
        id: fc.constantFrom('id-1', 'id-2', 'ID-3', 'é-4', 'id-5'),
        timestamp: epochUs.map(formatTimestamp),
        input_hash: hash,
        output_hash: hash,
        input_content: content,
        output_content: content,
        provider: maybeWord,
        model: maybeWord,
        conversation_id: maybeWord,
        safety_passed: fc.boolean(),
        detectors_triggered: fc.array(word, { maxLength: 3 }),
        block_reason: maybeWord,
        alerts: fc.array(word, { maxLength: 2 }),
        latency_ms: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(1.5)),
        input_tokens: count,
        output_tokens: count,
        metadata,
      })
      .map((entry) => JSON.stringify(entry)),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '   ', '{"id": "cut', '[]', '{"id":"n","timestamp":"never"}') },
  {
    weight: 1,
    arbitrary: fc.constant(
      '{"id": "nan", "timestamp": "2026-01-01T05:00:00Z", "input_hash": "", "output_hash": "", "latency_ms": NaN, "metadata": {"team": "\\u00c4lpha", "n": Infinity, "lone": "\\ud800"}}',
    ),
  },
);

const files = fc.array(fc.array(line, { maxLength: 12 }), { minLength: FILES.length, maxLength: FILES.length });

const term = fc.record({
  field: fc.constantFrom(...FIELDS),
  values: fc.array(fc.oneof(maybeWord, fc.constantFrom('passed', 'none', 'encrypted', '1')), {
    minLength: 1,
    maxLength: 3,
  }),
  exclude: fc.boolean(),
});
const bound = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
const filter: fc.Arbitrary<EntryFilter> = fc.record({
  range: fc.record({ fromUs: fc.option(epochUs, { nil: null }), toUs: fc.option(epochUs, { nil: null }) }),
  terms: fc.array(term, { maxLength: 2 }),
  numbers: fc.array(fc.record({ field: fc.constantFrom(...NUMBER_FIELDS), min: bound, max: bound }), { maxLength: 1 }),
  text: fc.array(fc.constantFrom('OPENAI', 'älp', '%', '_', 'id-', "'s", '日', 'note'), { maxLength: 1 }),
  contentHash: fc.option(hash, { nil: null, freq: 4 }),
});
const query: fc.Arbitrary<EntryQuery> = fc.record({
  filter,
  sort: fc.record({ field: fc.constantFrom(...SORT_FIELDS), direction: fc.constantFrom('asc', 'desc') }),
});

const placeOf = (entry: PlainEntry) => `${entry.file}:${entry.byteOffset}`;

async function checkPage(catalog: Catalog, log: PlainLog, asked: EntryQuery, offset: number): Promise<void> {
  const expected = askPlainly(log, asked);
  const page = await catalog.page(asked, { offset, limit: 7 });
  const places = page.rows.map((row) => `${row.ref.file}:${row.ref.byteOffset}`);
  expect(places).toEqual(expected.slice(offset, offset + 7).map(placeOf));
  expect(page.matching).toBe(expected.length);
  expect(page.inRange).toBe(log.entries.filter((entry) => isInRange(entry, asked.filter)).length);
  expect(page.coverage).toMatchObject({ entries: log.entries.length, unreadable: log.unreadable.length });
  for (const row of page.rows) {
    const twins = log.entries.filter(({ entry }) => entry.id === row.id).length;
    expect(row.duplicateId).toBe(twins > 1);
  }
  const [first] = page.rows;
  if (first !== undefined) expect(await catalog.position(asked, first.ref)).toBe(offset);
}

async function checkFacets(catalog: Catalog, log: PlainLog, asked: EntryFilter): Promise<void> {
  for (const facet of await catalog.facets(asked, FIELDS, 1000)) {
    const counts = new Map<string | null, number>();
    for (const candidate of log.entries) {
      if (!matches(candidate, asked, facet.field)) continue;
      for (const value of valuesOf(candidate.entry, facet.field)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect(new Map(facet.values.map(({ value, count: entries }) => [value, entries]))).toEqual(counts);
    expect(facet.distinct).toBe(counts.size);
  }
}

async function checkHistogram(catalog: Catalog, log: PlainLog, asked: EntryFilter): Promise<void> {
  const { bucketUs, buckets } = await catalog.histogram(asked, 10);
  expect(buckets.length).toBeLessThanOrEqual(10);
  const matching = log.entries.filter((candidate) => matches(candidate, asked));
  const counted = buckets.reduce((sum, bucket) => sum + bucket.passed + bucket.blocked, 0);
  expect(counted).toBe(matching.length);
  for (const { startUs, passed, blocked } of buckets) {
    const within = matching.filter((entry) => entry.epochUs >= startUs && entry.epochUs < startUs + bucketUs);
    expect(passed).toBe(within.filter(({ entry }) => entry.safety_passed).length);
    expect(blocked).toBe(within.filter(({ entry }) => !entry.safety_passed).length);
  }
}

async function checkForecast(catalog: Catalog, log: PlainLog, cutoffUs: number): Promise<void> {
  const gone = log.entries.filter((entry) => entry.epochUs <= cutoffUs);
  const forecast = await catalog.forecast(cutoffUs);
  expect(forecast).toMatchObject({ entries: gone.length, kept: log.entries.length - gone.length });
  expect(forecast.days.reduce((sum, day) => sum + day.entries, 0)).toBe(gone.length);
  for (const file of forecast.files) {
    const inFile = log.entries.filter((entry) => entry.file === file.file);
    const removed = inFile.filter((entry) => entry.epochUs <= cutoffUs).length;
    const unreadable = log.unreadable.filter((broken) => broken.file === file.file).length;
    expect(file).toMatchObject({ removed, kept: inFile.length - removed, unreadable });
    expect(file.outcome).toBe(removed === inFile.length && unreadable === 0 ? 'removed' : 'rewritten');
  }
}

test('for random logs, filters, sorts and ranges the answers equal a plain scan of the files', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.array(fc.tuple(query, fc.integer({ min: 0, max: 6 })), { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 0, max: 3 }),
      async (contents, asked, cutoffDays) => {
        const folder = await mkdtemp(join(tmpdir(), 'audit-catalog-'));
        for (const [index, name] of FILES.entries()) {
          await writeFile(join(folder, name), (contents[index] ?? []).map((text) => `${text}\n`).join(''));
        }
        const catalog = await openCatalog({ source: { kind: 'folder', path: folder }, cacheFolder: null });
        try {
          await catalog.complete();
          const log = await scanPlainly(folder);
          for (const [one, offset] of asked) {
            await checkPage(catalog, log, one, offset);
            await checkFacets(catalog, log, one.filter);
            await checkHistogram(catalog, log, one.filter);
          }
          await checkForecast(catalog, log, FIRST_US + cutoffDays * (US_PER_DAY / 4));
        } finally {
          await catalog.close();
          await rm(folder, { recursive: true });
        }
      },
    ),
    { numRuns: 12 },
  );
});
