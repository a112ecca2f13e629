import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { EncryptionManager, generateKey, hashContent, writeSampleLog } from '../../../src/main/audit/index.ts';
import type { ContentHit, ContentSearchReport, OperationCall } from '../../../src/shared/contract.ts';
import { NO_FILTER } from '../../../src/shared/query.ts';
import { expectedEntries } from '../../e2e/window/log-copy.ts';
import { type OpenLog, openLog, payloads, REFERENCE } from './open-log.ts';

let log: OpenLog;
afterEach(async () => await log.end());

async function search(text: string, call: Partial<OperationCall<'content.search'>> = {}): Promise<ContentSearchReport> {
  return await log.handlers['content.search']({
    sourceId: log.sourceId,
    filter: NO_FILTER,
    text,
    matchCase: false,
    searchId: 'search',
    ...call,
  });
}

async function hits(searchId = 'search'): Promise<readonly ContentHit[]> {
  return (await log.handlers['content.hits']({ searchId, page: { offset: 0, limit: 1000 } })).hits;
}

const importKey = async (key: 'a' | 'b') =>
  await log.handlers['keys.importFile']({ name: '', path: join(REFERENCE, `key-${key}.key`) });

describe('a search in content', () => {
  it('finds what was asked or answered, in every entry that holds it and in no other', async () => {
    log = await openLog(join(REFERENCE, 'encrypted'));
    await importKey('a');
    const expected = await expectedEntries('encrypted');
    for (const word of ['refund', 'THE ', 'ü', '?']) {
      const searchId = `search ${word}`;
      const holds = (text: string) => text.toLowerCase().includes(word.trim().toLowerCase());
      const wanted = expected.filter(({ input, output }) => holds(input) || holds(output)).map(({ id }) => id);
      const report = await search(word, { searchId });
      expect(report).toMatchObject({ entries: 200, searched: 200, hits: wanted.length, notOpened: 0, stopped: false });
      const found = await hits(searchId);
      expect(found.map(({ ref }) => ref.id).sort()).toEqual(wanted.sort());
      expect(found.map(({ epochUs }) => epochUs)).toEqual(found.map(({ epochUs }) => epochUs).sort((a, b) => b - a));
    }
  });

  it('shows what it found with what stands around it, and how often', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const text = `${'x'.repeat(100)} before 😀 the Refund\n  policy and the refund policy ${'y'.repeat(200)}`;
    const entry = {
      id: 'new',
      timestamp: '2026-02-02T00:00:00',
      input_hash: hashContent(text),
      output_hash: 'x',
      input_content: text,
    };
    await writeFile(join(log.folder, 'audit_20260202.jsonl'), `${JSON.stringify(entry)}\n`);
    await log.settled();
    await search('refund policy');
    const hit = (await hits()).find(({ ref }) => ref.id === 'new');
    expect(hit?.output).toBeNull();
    expect(hit?.input).toMatchObject({ match: 'Refund\n  policy', matches: 2 });
    expect(hit?.input?.before).toMatch(/^…x+ before 😀 the $/u);
    expect(hit?.input?.after).toMatch(/^ and the refund policy y+…$/);
    expect(await search('refund policy', { matchCase: true, searchId: 'exact' })).toMatchObject({
      hits: expect.any(Number),
    });
    expect((await hits('exact')).find(({ ref }) => ref.id === 'new')?.input).toMatchObject({
      match: 'refund policy',
      matches: 1,
    });
  });

  it('takes signs as signs, and letters as they look', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const entry = {
      id: 'new',
      timestamp: '2026-02-02T00:00:00',
      input_hash: 'x',
      output_hash: 'x',
      input_content: 'Cafe\u0301 (50 %) [a-z]+ .*',
    };
    await writeFile(join(log.folder, 'audit_20260202.jsonl'), `${JSON.stringify(entry)}\n`);
    await log.settled();
    for (const text of ['Café', '(50 %)', '[a-z]+', '.*']) {
      await search(text, { searchId: text });
      expect((await hits(text)).map(({ ref }) => ref.id)).toEqual(['new']);
    }
  });

  it('counts what no key opens, uses every key, and keeps to the filter', async () => {
    log = await openLog(join(REFERENCE, 'two-keys'));
    expect(await search('the', { searchId: 'none' })).toMatchObject({ hits: 0, notOpened: expect.any(Number) });
    await importKey('a');
    const half = await search('the', { searchId: 'half' });
    await importKey('b');
    const whole = await search('the', { searchId: 'whole' });
    expect(half.notOpened).toBeGreaterThan(0);
    expect(whole.notOpened).toBe(0);
    expect(whole.hits).toBeGreaterThan(half.hits);
    const filter = { ...NO_FILTER, terms: [{ field: 'status' as const, values: ['blocked'], exclude: false }] };
    const narrowed = await search('the', { searchId: 'narrowed', filter });
    expect(narrowed.entries).toBe((await log.rows(filter)).length);
    for (const hit of await hits('narrowed')) expect(hit.blocked).toBe(true);
  });

  it('says of how many entries no content is stored', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    expect(await search('the')).toMatchObject({ searched: 300, hits: 0, withoutContent: 300, notOpened: 0 });
  });
});

describe('the results of a search', () => {
  it('are gone with the lock, with the source, and when they are let go of', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    for (const searchId of ['locked', 'let go of', 'closed']) {
      await search('the', { searchId });
      expect((await hits(searchId)).length).toBeGreaterThan(0);
      if (searchId === 'locked') await log.handlers['keys.lock']({});
      else if (searchId === 'closed') await log.handlers['sources.close']({ sourceId: log.sourceId });
      else await log.handlers['content.forget']({ searchId });
      await expect(hits(searchId)).rejects.toMatchObject({ code: 'entry_not_found' });
    }
    expect(payloads(log.test, 'search.forgotten')).toEqual([
      { searchId: 'locked', because: 'lock' },
      { searchId: 'let go of', because: 'closed' },
      { searchId: 'closed', because: 'closed' },
    ]);
  });

  it('come while it runs on threads, and what was found stays when it is stopped', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    await log.end();
    const key = generateKey();
    const folder = await mkdtemp(join(tmpdir(), 'audit-desk-sample-'));
    const until = new Date('2026-02-10T00:00:00Z');
    await writeSampleLog({ folder, entries: 20_000, days: 3, seed: 7, until, encryption: new EncryptionManager(key) });
    log = await openLog(folder);
    await rm(folder, { recursive: true });
    await log.handlers['keys.import']({ name: '', text: key });
    const running = search('e');
    while (payloads(log.test, 'search.found').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await log.handlers['jobs.stop']({ jobId: 'search' });
    const report = await running;
    expect(report.stopped).toBe(true);
    expect(report.searched).toBeGreaterThan(0);
    expect(report.searched).toBeLessThan(20_000);
    expect((await hits()).length).toBeGreaterThan(0);
    expect(payloads(log.test, 'search.found').at(-1)).toMatchObject({ searched: report.searched, hits: report.hits });

    const whole = await search('e', { searchId: 'whole' });
    expect(whole).toMatchObject({ searched: 20_000, notOpened: 0, stopped: false });
    const { total } = await log.handlers['content.hits']({ searchId: 'whole', page: { offset: 0, limit: 1 } });
    expect(total).toBe(Math.min(whole.hits, 10_000));
  });
});
