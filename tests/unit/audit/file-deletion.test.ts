import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryToJson, FileStorage, type ScannedLine } from '../../../src/main/audit/index.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const EDGE_CASES = join(import.meta.dirname, '..', '..', 'fixtures', 'edge-cases');
const folders = temporaryFolder();

function folderWith(files: Readonly<Record<string, string | Buffer>>): {
  readonly folder: string;
  readonly storage: FileStorage;
} {
  const folder = folders.next();
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return { folder, storage: new FileStorage(folder) };
}

const line = (id: string, timestamp: string) => `${entryToJson(sampleEntry({ id, timestamp }))}\n`;
const us = (iso: string) => Date.parse(`${iso}Z`) * 1000;

describe('FileStorage.deleteMany', () => {
  it('keeps every other line byte for byte, awkward ones too', async () => {
    const folder = folders.next();
    cpSync(EDGE_CASES, folder, { recursive: true });
    const storage = new FileStorage(folder);
    const before = readFileSync(join(folder, 'audit_20260301.jsonl'));
    const removed: ScannedLine[] = [];
    for await (const scanned of storage.scan()) {
      if (scanned.kind === 'entry' && ['edge-002', 'edge-010', 'edge-020'].includes(scanned.entry.id))
        removed.push({ ...scanned });
    }
    const report = await storage.deleteMany({ ids: new Set(['edge-002', 'edge-010', 'edge-020']) });
    expect(report).toMatchObject({ removed: 3, kept: 16, unreadableKept: 10, stopped: false });
    const pieces: Buffer[] = [];
    let from = 0;
    for (const scanned of removed) {
      if (scanned.kind !== 'entry') continue;
      pieces.push(before.subarray(from, scanned.location.byteOffset));
      from = before.indexOf(0x0a, scanned.location.byteOffset) + 1;
    }
    pieces.push(before.subarray(from));
    expect(readFileSync(join(folder, 'audit_20260301.jsonl')).equals(Buffer.concat(pieces))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('never removes a file that holds a line that cannot be read, and removes one that holds none', async () => {
    const { folder, storage } = folderWith({
      'audit_20260101.jsonl': `${line('a', '2026-01-01T00:00:00')}broken\n`,
      'audit_20260102.jsonl': `${line('b', '2026-01-02T00:00:00')}\n  \n`,
      'audit_20260103.jsonl': line('c', '2026-01-03T00:00:00'),
      'audit_20260104.jsonl': '',
    });
    const report = await storage.deleteMany({ upToUs: us('2026-01-02T00:00:00') });
    expect(report.files).toEqual([
      { file: 'audit_20260101.jsonl', removed: 1, kept: 0, unreadable: 1, outcome: 'rewritten' },
      { file: 'audit_20260102.jsonl', removed: 1, kept: 0, unreadable: 0, outcome: 'removed' },
      { file: 'audit_20260103.jsonl', removed: 0, kept: 1, unreadable: 0, outcome: 'untouched' },
      { file: 'audit_20260104.jsonl', removed: 0, kept: 0, unreadable: 0, outcome: 'untouched' },
    ]);
    expect(readdirSync(folder)).toEqual(['audit_20260101.jsonl', 'audit_20260103.jsonl', 'audit_20260104.jsonl']);
    expect(readFileSync(join(folder, 'audit_20260101.jsonl'), 'utf8')).toBe('broken\n');
  });

  it('says in a dry run what it would do, and does nothing', async () => {
    const { folder, storage } = folderWith({
      'audit_20260101.jsonl': line('a', '2026-01-01T00:00:00') + line('b', '2026-01-02T00:00:00'),
      'audit_20260102.jsonl': line('c', '2026-01-01T00:00:00'),
    });
    const before = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const upToUs = us('2026-01-01T00:00:00');
    const dry = await storage.deleteMany({ upToUs }, { dryRun: true });
    expect(dry.files.map(({ outcome }) => outcome)).toEqual(['rewritten', 'removed']);
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(before);
    expect(await storage.deleteMany({ upToUs })).toEqual(dry);
  });

  it('removes both entries where an id stands twice', async () => {
    const { storage } = folderWith({
      'audit_20260101.jsonl': line('a', '2026-01-01T00:00:00') + line('b', '2026-01-02T00:00:00'),
      'audit_20260102.jsonl': line('a', '2026-01-01T00:00:00'),
    });
    expect((await storage.deleteMany({ ids: new Set(['a']) })).removed).toBe(2);
    expect((await storage.listEntries()).entries.map(({ id }) => id)).toEqual(['b']);
  });

  it('keeps the mode of the file, and a last line without a newline as it is', async () => {
    const { folder, storage } = folderWith({
      'audit_20260101.jsonl': `${line('a', '2026-01-01T00:00:00')}${line('b', '2026-01-02T00:00:00')}{"id": "half`,
    });
    const file = join(folder, 'audit_20260101.jsonl');
    chmodSync(file, 0o640);
    expect(await storage.delete('a')).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readFileSync(file, 'utf8')).toBe(`${line('b', '2026-01-02T00:00:00')}{"id": "half`);
  });

  it('tells its progress by files, and stops between them: those under way are finished', async () => {
    const names = Array.from({ length: 9 }, (_, day) => `audit_2026010${day + 1}.jsonl`);
    const { folder, storage } = folderWith(
      Object.fromEntries(names.map((name) => [name, line(name, '2026-01-01T00:00:00')])),
    );
    const abort = new AbortController();
    const told: string[] = [];
    const report = await storage.deleteMany(
      { upToUs: us('2027-01-01T00:00:00') },
      {
        signal: abort.signal,
        onProgress: ({ done, total, unit }) => {
          told.push(`${done}/${total} ${unit}`);
          if (done === 2) abort.abort();
        },
      },
    );
    expect(told.slice(0, 2)).toEqual(['1/9 files', '2/9 files']);
    expect(told.length).toBeLessThan(9);
    expect(report).toMatchObject({ removed: told.length, stopped: true });
    const done = report.files.map(({ file }) => file);
    expect(done).toEqual(done.toSorted());
    expect(readdirSync(folder)).toEqual(names.filter((name) => !done.includes(name)));
  });

  it('answers the files in their order; where one fails, those begun before it are done', async () => {
    const failing = `audit_20260105_${'x'.repeat(230)}.jsonl`;
    const names = Array.from({ length: 9 }, (_, day) => (day === 4 ? failing : `audit_2026010${day + 1}.jsonl`));
    const kept = line('x', '2027-01-01T00:00:00');
    const { folder, storage } = folderWith(
      Object.fromEntries(names.map((name) => [name, line(name, '2026-01-01T00:00:00') + kept])),
    );
    const dry = await storage.deleteMany({ upToUs: us('2026-01-01T00:00:00') }, { dryRun: true });
    expect(dry.files.map(({ file }) => file)).toEqual(names);
    // Its name is so long that no name is left for the mark of its rewriter.
    await expect(storage.deleteMany({ upToUs: us('2026-01-01T00:00:00') })).rejects.toMatchObject({ code: 'io_error' });
    const contents = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(contents.slice(0, 4)).toEqual(Array(4).fill(kept));
    for (const [index, text] of contents.entries())
      expect([kept, line(names[index] ?? '', '2026-01-01T00:00:00') + kept]).toContain(text);
    expect(contents[4]).not.toBe(kept);
    expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  });

  it('goes on where a rewriter was killed: its mark and its half file are taken away', async () => {
    const { folder, storage } = folderWith({
      'audit_20260101.jsonl': line('a', '2026-01-01T00:00:00') + line('b', '2026-01-02T00:00:00'),
      '.audit_20260101.jsonl.rewriting': JSON.stringify({
        token: 't',
        pid: 2 ** 22 + 1,
        host: (await import('node:os')).hostname(),
      }),
      '.audit_20260101.jsonl.rewrite': '{"id": "ha',
    });
    expect(await storage.delete('a')).toBe(true);
    expect(readdirSync(folder)).toEqual(['audit_20260101.jsonl']);
    expect(readFileSync(join(folder, 'audit_20260101.jsonl'), 'utf8')).toBe(line('b', '2026-01-02T00:00:00'));
  });

  it('undoes nothing of another deletion that runs at the same time', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `id-${index}`);
    const { folder } = folderWith({
      'audit_20260101.jsonl': ids.map((id) => line(id, '2026-01-01T00:00:00')).join(''),
    });
    const half = ids.slice(0, 20);
    const answers = await Promise.all(half.map((id) => new FileStorage(folder).delete(id)));
    expect(answers.every((answer) => answer)).toBe(true);
    expect((await new FileStorage(folder).listEntries()).entries.map(({ id }) => id)).toEqual(ids.slice(20));
    expect(readdirSync(folder)).toEqual(['audit_20260101.jsonl']);
  });

  it('takes along what is appended while it rewrites', async () => {
    const { folder, storage } = folderWith({
      'audit_20260101.jsonl': Array.from({ length: 3000 }, (_, index) =>
        line(`old-${index}`, '2026-01-01T00:00:00'),
      ).join(''),
    });
    const file = join(folder, 'audit_20260101.jsonl');
    let appended = 0;
    let isDone = false;
    const deleting = storage.deleteMany({ ids: new Set(['old-7']) }).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      appendFileSync(file, line(`new-${appended}`, '2026-01-03T00:00:00'));
      appended += 1;
      await new Promise((next) => setImmediate(next));
    }
    await deleting;
    const { entries, unreadable } = await storage.listEntries({ start: '2026-01-03' });
    expect(unreadable).toEqual([]);
    expect(entries).toHaveLength(appended);
    expect(await storage.count()).toBe(2999 + appended);
  });
});
