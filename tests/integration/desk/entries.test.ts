import { readFileSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hashContent } from '../../../src/main/audit/index.ts';
import type { EntryRow } from '../../../src/shared/contract.ts';
import { FIXTURES, type OpenLog, openLog, REFERENCE } from './open-log.ts';

let log: OpenLog;
afterEach(async () => await log.end());

function rowWith(rows: readonly EntryRow[], id: string): EntryRow {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

async function detail(id: string) {
  const { ref } = rowWith(await log.rows(), id);
  return await log.handlers['entries.detail']({ sourceId: log.sourceId, ref });
}

async function reveal(id: string) {
  const { ref } = rowWith(await log.rows(), id);
  return await log.handlers['entries.reveal']({ sourceId: log.sourceId, ref });
}

interface Expected {
  readonly entries: readonly { readonly id: string; readonly input: string; readonly output: string }[];
}
const expectedSet = (name: string) =>
  JSON.parse(readFileSync(join(REFERENCE, `${name}.expected.json`), 'utf8')) as Expected;

describe('an entry whole', () => {
  it('shows what the table shows, of every awkward line', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    const rows = await log.rows();
    expect(rows).toHaveLength(19);
    for (const row of rows) {
      const { row: shown } = await log.handlers['entries.detail']({ sourceId: log.sourceId, ref: row.ref });
      expect(shown).toEqual(row);
    }
  });

  it('keeps every digit and every field that the format does not know', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    const stored = await readFile(join(log.folder, 'audit_20260301.jsonl'), 'latin1');
    const lineOf = (id: string) => stored.split('\n').find((line) => line.includes(`"${id}"`)) ?? '';
    for (const id of ['edge-005', 'edge-006', 'edge-008', 'edge-017', 'edge-018']) {
      const { raw, metadata } = await detail(id);
      expect(Buffer.from(raw).toString('latin1')).toBe(lineOf(id).trimEnd());
      expect(lineOf(id)).toContain(metadata);
    }
    expect((await detail('edge-008')).unknownFields.length).toBeGreaterThan(0);
    expect((await detail('edge-005')).unknownFields).toEqual([]);
    expect((await detail('edge-009')).metadata).toBe('{}');
  });

  it('crosses the wire as plain JSON', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    for (const id of ['edge-005', 'edge-006']) {
      const whole = await detail(id);
      expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    }
  });

  it('is cut where it is too long for a window, and says so', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    const content = 'ä'.repeat(300_000);
    const entry = {
      id: 'long',
      timestamp: '2026-02-02T00:00:00',
      input_hash: hashContent(content),
      output_hash: 'x',
      input_content: content,
    };
    await writeFile(join(log.folder, 'audit_20260202.jsonl'), `${JSON.stringify(entry)}\n`);
    await log.settled();
    const { raw, rawCut, input } = await detail('long');
    expect({ length: raw.length, rawCut, input }).toEqual({
      length: 262_144,
      rawCut: true,
      input: { kind: 'plain', byteLength: 600_000, tokenTimeS: null },
    });
    expect(await reveal('long')).toMatchObject({ input: { state: 'shown', textCut: true, hash: 'match' } });
  });

  it('that is no longer where it was is an error, and the log is read again', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    const rows = await log.rows();
    const { ref, id } = rows[0] as EntryRow;
    const path = join(log.folder, ref.file);
    const lines = (await readFile(path, 'utf8')).split('\n');
    const rewritten = lines.filter((line) => !line.includes(id));
    await writeFile(path, rewritten.join('\n'));
    const { sourceId } = log;
    await expect(log.handlers['entries.detail']({ sourceId, ref })).rejects.toMatchObject({ code: 'entry_changed' });
    await expect(log.handlers['entries.reveal']({ sourceId, ref })).rejects.toMatchObject({ code: 'entry_changed' });
    await log.settled();
    expect(await log.rows()).toHaveLength(299);
    await rm(path);
    await expect(log.handlers['entries.detail']({ sourceId, ref })).rejects.toMatchObject({ code: 'entry_changed' });
  });

  it('cannot be read from outside of the log', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    await writeFile(join(log.folder, 'secret.txt'), 'secret');
    for (const file of ['../secret', 'secret.txt', '/etc/passwd', 'audit_../../../etc/passwd.jsonl']) {
      const ref = { file, byteOffset: 0, byteLength: 4, id: 'x' };
      await expect(log.handlers['entries.detail']({ sourceId: log.sourceId, ref })).rejects.toMatchObject({
        code: expect.stringMatching(/^(entry_changed|invalid_argument|invalid_id|source_not_found)$/),
      });
    }
  });

  it('says that another entry has the same id', async () => {
    log = await openLog(join(REFERENCE, 'hash-only'));
    const [row] = await log.rows();
    const line = JSON.stringify({ id: row?.id, timestamp: '2026-01-01T00:00:00', input_hash: 'a', output_hash: 'b' });
    await appendFile(join(log.folder, 'audit_20260101.jsonl'), `${line}\n`);
    await log.settled();
    expect((await detail(row?.id ?? '')).row.duplicateId).toBe(true);
  });
});

describe('lines that cannot be read', () => {
  it('are listed with their place, their reason and how they begin', async () => {
    log = await openLog(join(FIXTURES, 'edge-cases'));
    const { lines, total } = await log.handlers['entries.unreadable']({
      sourceId: log.sourceId,
      page: { offset: 0, limit: 100 },
    });
    expect(total).toBe(10);
    expect(lines).toHaveLength(10);
    for (const { file, byteOffset, rawStart, reason } of lines) {
      expect(reason).not.toBe('');
      const bytes = (await readFile(join(log.folder, file))).subarray(byteOffset);
      expect(rawStart).toBe(
        new TextDecoder().decode(bytes.subarray(0, Buffer.byteLength(rawStart))).slice(0, rawStart.length),
      );
    }
    expect(lines.filter(({ rawStart }) => rawStart !== '').length).toBe(10);
  });
});

describe('revealed content', () => {
  it('is opened by whichever key fits, and the right one is named', async () => {
    log = await openLog(join(REFERENCE, 'two-keys'));
    const importKey = (name: string) => log.handlers['keys.importFile']({ name, path: join(REFERENCE, `${name}.key`) });
    const prints = [(await importKey('key-a')).fingerprint, (await importKey('key-b')).fingerprint];
    const used = new Set<string | null>();
    for (const { id, input, output } of expectedSet('two-keys').entries) {
      const shown = await reveal(id);
      expect(shown).toMatchObject({
        input: { state: 'shown', text: input, textCut: false, hash: 'match' },
        output: { state: 'shown', text: output, textCut: false, hash: 'match' },
      });
      if (shown.input.state === 'shown') used.add(shown.input.keyFingerprint);
    }
    expect([...used].sort()).toEqual(prints.sort());
  });

  it('says that there is no key, and that no key fits', async () => {
    log = await openLog(join(REFERENCE, 'encrypted'));
    const { id } = expectedSet('encrypted').entries[0] ?? { id: '' };
    expect(await reveal(id)).toMatchObject({ input: { state: 'failed', error: { code: 'no_key' } } });
    await log.handlers['keys.importFile']({ name: '', path: join(REFERENCE, 'key-b.key') });
    expect(await reveal(id)).toMatchObject({
      input: { state: 'failed', error: { code: 'wrong_key' } },
      output: { state: 'failed', error: { code: 'wrong_key' } },
    });
  });

  it('of a damaged token fails by itself; what stands beside it is shown', async () => {
    log = await openLog(join(REFERENCE, 'encrypted'));
    await log.handlers['keys.importFile']({ name: '', path: join(REFERENCE, 'key-a.key') });
    const [line = ''] = (await readFile(join(log.folder, 'audit_20260226.jsonl'), 'utf8')).split('\n');
    const entry = JSON.parse(line) as { id: string; input_content: string };
    const damaged = { ...entry, id: 'damaged', input_content: entry.input_content.slice(0, 40) };
    await appendFile(join(log.folder, 'audit_20260226.jsonl'), `${JSON.stringify(damaged)}\n`);
    await log.settled();
    expect(await reveal('damaged')).toMatchObject({
      input: { state: 'failed', error: { code: 'invalid_token' } },
      output: { state: 'shown', hash: 'match' },
    });
  });

  it('that is stored plain is shown without a key, and compared with its hash in three states', async () => {
    log = await openLog(join(REFERENCE, 'plaintext'));
    const { id, input } = expectedSet('plaintext').entries[0] ?? { id: '', input: '' };
    expect(await reveal(id)).toMatchObject({
      input: { state: 'shown', text: input, hash: 'match', keyFingerprint: null },
    });
    const odd = {
      id: 'odd',
      timestamp: '2026-01-03T00:00:00',
      input_hash: hashContent('what was said'),
      output_hash: 'md5:1234',
      input_content: 'what was not said',
      output_content: 'anything',
    };
    const empty = { ...odd, id: 'empty', input_content: null, output_content: '\ud800', output_hash: '0'.repeat(64) };
    const lookalike = {
      ...odd,
      id: 'like',
      input_content: 'gAAAAAbutPlain',
      input_hash: hashContent('gAAAAAbutPlain'),
    };
    const lines = [odd, empty, lookalike].map((entry) => `${JSON.stringify(entry)}\n`).join('');
    await writeFile(join(log.folder, 'audit_20260103.jsonl'), lines);
    await log.settled();
    expect(await reveal('odd')).toMatchObject({ input: { hash: 'differ' }, output: { hash: 'unknown' } });
    expect(await reveal('empty')).toMatchObject({ input: { state: 'none' }, output: { hash: 'unknown' } });
    expect(await reveal('like')).toMatchObject({ input: { state: 'shown', hash: 'match', keyFingerprint: null } });
  });
});
