import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RetentionPreview } from '../../../src/shared/contract.ts';
import { FIXTURES, type OpenLog, openLog, payloads, REFERENCE } from './open-log.ts';

/** Noon of 30 January 2026: with one day of retention the cutoff lies inside of a file. */
const NOW_MS = Date.UTC(2026, 0, 30, 12);
const CUTOFF_US = Date.UTC(2026, 0, 29, 12) * 1000;

let log: OpenLog;
beforeEach(async () => {
  log = await openLog(join(REFERENCE, 'hash-only'), () => NOW_MS);
});
afterEach(async () => await log.end());

async function preview(retentionDays = 1): Promise<RetentionPreview> {
  return await log.handlers['retention.preview']({ sourceId: log.sourceId, retentionDays });
}

async function run({ retentionDays, cutoffUs, confirmation }: RetentionPreview, jobId = 'job') {
  return await log.handlers['retention.run']({ sourceId: log.sourceId, retentionDays, cutoffUs, confirmation, jobId });
}

const line = (id: string, timestamp: string) =>
  `${JSON.stringify({ id, timestamp, input_hash: 'a', output_hash: 'b' })}\n`;

describe('a cleanup', () => {
  it('is rehearsed: what would go, by day and by file, with a cutoff and the words to type', async () => {
    const rows = await log.rows();
    const gone = rows.filter((row) => row.epochUs <= CUTOFF_US).length;
    const rehearsed = await preview();
    expect(rehearsed).toMatchObject({
      retentionDays: 1,
      cutoffUs: CUTOFF_US,
      entries: gone,
      kept: 300 - gone,
      confirmation: `delete ${gone} entries`,
      coverage: { state: 'complete' },
    });
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    expect(sum(rehearsed.days.map(({ entries }) => entries))).toBe(gone);
    expect(sum(rehearsed.files.map(({ removed }) => removed))).toBe(gone);
    expect(await log.rows()).toHaveLength(300);
  });

  it('runs as it was rehearsed, tells its progress, leaves a receipt, and the window sees it at once', async () => {
    const rehearsed = await preview();
    const receipt = await run(rehearsed);
    expect(receipt).toEqual({
      cutoffUs: CUTOFF_US,
      removed: rehearsed.entries,
      kept: rehearsed.kept,
      filesRemoved: rehearsed.files.filter(({ outcome }) => outcome === 'removed').length,
      filesRewritten: rehearsed.files.filter(({ outcome }) => outcome === 'rewritten').length,
      unreadableKept: 0,
      startedAtMs: NOW_MS,
      endedAtMs: NOW_MS,
      stopped: false,
    });
    expect(payloads(log.test, 'job.progress').at(-1)).toMatchObject({ jobId: 'job' });
    expect(await log.settled()).toMatchObject({ entries: rehearsed.kept });
    const left = await log.rows();
    expect(left).toHaveLength(rehearsed.kept);
    expect(left.every((row) => row.epochUs > CUTOFF_US)).toBe(true);
    const receipts = join(log.test.dataFolder, 'cleanup-receipts.jsonl');
    expect(JSON.parse(await readFile(receipts, 'utf8'))).toEqual({ location: log.source.location, ...receipt });
    expect((await stat(receipts)).mode & 0o777).toBe(0o600);
  });

  it('does not run without the very words, the very cutoff, or a rehearsal; nothing changes', async () => {
    const rehearsed = await preview();
    for (const wrong of [
      { ...rehearsed, confirmation: 'yes' },
      { ...rehearsed, confirmation: '' },
      { ...rehearsed, cutoffUs: rehearsed.cutoffUs + 1 },
      { ...rehearsed, retentionDays: 0 },
    ]) {
      await expect(run(wrong)).rejects.toMatchObject({ code: 'confirmation_required' });
    }
    expect(await log.settled()).toMatchObject({ entries: 300 });
    await run(rehearsed);
    await expect(run(rehearsed)).rejects.toMatchObject({ code: 'confirmation_required' });
  });

  it('spares what was recorded after the rehearsal', async () => {
    const rehearsed = await preview();
    await appendFile(join(log.folder, 'audit_20260129.jsonl'), line('later', '2026-01-29T12:00:00.000001'));
    const receipt = await run(rehearsed);
    expect(receipt.removed).toBe(rehearsed.entries);
    await log.settled();
    expect((await log.rows()).map(({ id }) => id)).toContain('later');
  });

  it('keeps lines that cannot be read', async () => {
    await log.end();
    log = await openLog(join(FIXTURES, 'edge-cases'));
    const rehearsed = await preview(0);
    const receipt = await run(rehearsed);
    expect(receipt).toMatchObject({ removed: rehearsed.entries, unreadableKept: 10 });
    expect(await log.settled()).toMatchObject({ unreadable: 10 });
  });

  it('can be stopped: whole files are done, the rest is untouched', async () => {
    const rehearsed = await preview();
    const stop = log.test.desk.subscribe((name) => {
      if (name === 'job.progress') void log.handlers['jobs.stop']({ jobId: 'job' });
    });
    const receipt = await run(rehearsed);
    stop();
    expect(receipt.stopped).toBe(true);
    expect(receipt.removed).toBeLessThan(rehearsed.entries);
    expect(await log.settled()).toMatchObject({ entries: 300 - receipt.removed });
  });
});
