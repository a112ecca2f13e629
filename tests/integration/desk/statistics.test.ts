import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EntryFilter, NO_FILTER } from '../../../src/shared/query.ts';
import { parseTimestamp } from '../../../src/shared/timestamp.ts';
import { FIXTURES, type OpenLog, openLog, REFERENCE } from './open-log.ts';

interface StoredEntry {
  readonly timestamp: string;
  readonly safety_passed: boolean;
  readonly model: string | null;
  readonly detectors_triggered: readonly string[];
  readonly latency_ms: number;
  readonly input_tokens: number | null;
  readonly output_tokens: number | null;
}

let log: OpenLog;
let stored: readonly StoredEntry[];
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'hash-only'));
  const names = (await readdir(log.folder)).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(names.map((name) => readFile(join(log.folder, name), 'utf8')));
  stored = texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line) as StoredEntry);
});
afterEach(async () => await log.end());

async function ask(filter: Partial<EntryFilter> = {}, buckets = 60) {
  const whole = { ...NO_FILTER, ...filter };
  return await log.handlers['entries.statistics']({ sourceId: log.sourceId, filter: whole, buckets });
}

/** The smallest latency that at least this share of the entries do not exceed. */
function percentile(entries: readonly StoredEntry[], share: number): number {
  const sorted = entries.map(({ latency_ms }) => latency_ms).sort((first, second) => first - second);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

function percentiles(entries: readonly StoredEntry[]) {
  if (entries.length === 0) return null;
  return { p50: percentile(entries, 0.5), p95: percentile(entries, 0.95), p99: percentile(entries, 0.99) };
}

describe('statistics', () => {
  it('say what a plain scan of the files says, span by span', async () => {
    const answer = await ask();
    expect(answer).toMatchObject({
      entries: stored.length,
      blocked: stored.filter(({ safety_passed }) => !safety_passed).length,
      latency: percentiles(stored),
      withoutLatency: 0,
      coverage: { state: 'complete', entries: stored.length },
    });
    expect(answer.buckets.length).toBeGreaterThan(10);
    for (const bucket of answer.buckets) {
      const within = stored.filter(({ timestamp }) => {
        const time = parseTimestamp(timestamp) ?? Number.NaN;
        return time >= bucket.startUs && time < bucket.startUs + answer.bucketUs;
      });
      const passed = within.filter(({ safety_passed }) => safety_passed).length;
      expect(bucket).toEqual({
        startUs: bucket.startUs,
        passed,
        blocked: within.length - passed,
        latency: percentiles(within),
      });
    }
    expect(sum(answer.buckets.map(({ passed, blocked }) => passed + blocked))).toBe(stored.length);
  });

  it('count detectors and sum tokens by model', async () => {
    const { detectors, distinctDetectors, models, distinctModels } = await ask();
    const names = new Set(stored.flatMap(({ detectors_triggered }) => detectors_triggered));
    expect(distinctDetectors).toBe(names.size);
    expect(new Set(detectors.map(({ detector }) => detector))).toEqual(names);
    for (const { detector, entries, blocked } of detectors) {
      const having = stored.filter(({ detectors_triggered }) => detectors_triggered.includes(detector));
      expect({ entries, blocked }).toEqual({
        entries: having.length,
        blocked: having.filter(({ safety_passed }) => !safety_passed).length,
      });
    }
    expect(distinctModels).toBe(new Set(stored.map(({ model }) => model)).size);
    for (const { model, ...told } of models) {
      const of = stored.filter((entry) => entry.model === model);
      expect(told).toEqual({
        entries: of.length,
        inputTokens: sum(of.map(({ input_tokens }) => input_tokens)),
        outputTokens: sum(of.map(({ output_tokens }) => output_tokens)),
        withoutTokens: of.filter((entry) => entry.input_tokens === null && entry.output_tokens === null).length,
      });
    }
  });

  it('follow range and filter, and count nothing where nothing is', async () => {
    const blocked = await ask({ terms: [{ field: 'status', values: ['blocked'], exclude: false }] });
    expect(blocked.entries).toBe(blocked.blocked);
    expect(blocked.entries).toBeGreaterThan(0);
    const none = await ask({ text: ['no entry has this text'] });
    expect(none).toMatchObject({ entries: 0, blocked: 0, latency: null, buckets: [], detectors: [], models: [] });
    expect(await ask({ range: { fromUs: 2, toUs: 1 } })).toMatchObject({ entries: 0, buckets: [] });
  });

  it('leave out of the percentiles what is no measurement, and say how many those are', async () => {
    const awkward = await openLog(join(FIXTURES, 'edge-cases'));
    const { sourceId } = awkward;
    const answer = await awkward.handlers['entries.statistics']({ sourceId, filter: NO_FILTER, buckets: 10 });
    expect(answer.entries).toBeGreaterThan(0);
    for (const value of Object.values(answer.latency ?? {})) expect(Number.isFinite(value)).toBe(true);
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(answer.coverage.unreadable).toBeGreaterThan(0);
    await awkward.end();
  });
});
