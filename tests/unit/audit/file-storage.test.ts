import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryToJson, FileStorage, type FileStorageOptions, type ScannedLine } from '../../../src/main/audit/index.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const folders = temporaryFolder();
const withCode = (code: string) => expect.objectContaining({ name: 'AuditError', code });
const dayUs = (year: number, month: number, day: number) => Date.UTC(year, month - 1, day) * 1000;

function storageAt(folder: string, options: FileStorageOptions = {}): FileStorage {
  return new FileStorage(folder, { clock: () => dayUs(2026, 1, 28), ...options });
}

async function scanAll(storage: FileStorage): Promise<ScannedLine[]> {
  const lines: ScannedLine[] = [];
  for await (const line of storage.scan())
    lines.push(line.kind === 'entry' ? { ...line, raw: Buffer.from(line.raw) } : line);
  return lines;
}

describe('FileStorage on logs of the Python original', () => {
  interface Expected {
    readonly count: number;
    readonly entries: readonly { readonly id: string; readonly timestamp: string }[];
  }

  for (const set of ['hash-only', 'plaintext', 'encrypted', 'two-keys']) {
    it(`lists ${set} in the order expected`, async () => {
      const storage = new FileStorage(join(FIXTURES, 'python-reference', set));
      const expected = JSON.parse(
        readFileSync(join(FIXTURES, 'python-reference', `${set}.expected.json`), 'utf8'),
      ) as Expected;
      const { entries, unreadable } = await storage.listEntries();
      expect(unreadable).toEqual([]);
      expect(entries.map(({ id, timestamp }) => ({ id, timestamp }))).toEqual(
        expected.entries.map(({ id, timestamp }) => ({ id, timestamp })),
      );
      expect(await storage.count()).toBe(expected.count);
      const last = expected.entries.at(-1);
      expect((await storage.read(last?.id ?? ''))?.timestamp).toBe(last?.timestamp);
    });
  }

  it('writes a line that is, byte for byte, what Python wrote', async () => {
    const folder = join(FIXTURES, 'python-reference', 'plaintext');
    for await (const line of new FileStorage(folder).scan()) {
      if (line.kind === 'entry') expect(`${entryToJson(line.entry)}`).toBe(Buffer.from(line.raw).toString());
    }
  });

  it('reads 19 entries of the awkward cases and reports 10 lines, each at its byte', async () => {
    const storage = new FileStorage(join(FIXTURES, 'edge-cases'));
    const { entries, unreadable } = await storage.listEntries();
    const expected = JSON.parse(readFileSync(join(FIXTURES, 'edge-cases.expected.json'), 'utf8')) as {
      lines: readonly { file: string; byte_offset: number; readable: boolean; id?: string }[];
    };
    const bad = expected.lines.filter(({ readable }) => !readable);
    expect(entries).toHaveLength(19);
    expect(unreadable.map(({ file, byteOffset }) => ({ file, byte_offset: byteOffset }))).toEqual(
      bad.map(({ file, byte_offset }) => ({ file, byte_offset })),
    );
    expect(unreadable[0]?.line).toBe(13);
    const good = expected.lines.filter(({ id }) => id !== undefined);
    const scanned = (await scanAll(storage)).filter((line) => line.kind === 'entry');
    expect(scanned.map(({ entry, location }) => `${location.file} ${location.byteOffset} ${entry.id}`).sort()).toEqual(
      good.map(({ file, byte_offset, id }) => `${file} ${byte_offset} ${id}`).sort(),
    );
  });

  it('answers the newest written where an id stands twice', async () => {
    const entry = await new FileStorage(join(FIXTURES, 'edge-cases')).read('edge-001');
    expect(entry?.timestamp).toBe('2026-03-02T00:00:01');
  });
});

describe('FileStorage writing', () => {
  it('makes its folder 0700 and its files 0600, and names them after the day of writing', async () => {
    const folder = join(folders.next(), 'a', 'b');
    await storageAt(folder).write(sampleEntry({ timestamp: '2020-01-01T00:00:00' }));
    expect(readdirSync(folder)).toEqual(['audit_20260128.jsonl']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'audit_20260128.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('goes on in the file of the next day at midnight UTC', async () => {
    const folder = folders.next();
    let nowUs = dayUs(2026, 1, 28) - 1;
    const storage = storageAt(folder, { clock: () => nowUs });
    await storage.write(sampleEntry());
    nowUs += 1;
    await storage.write(sampleEntry());
    nowUs -= 1;
    await storage.write(sampleEntry());
    expect(readdirSync(folder)).toEqual(['audit_20260127.jsonl', 'audit_20260128.jsonl']);
    expect(readFileSync(join(folder, 'audit_20260127.jsonl'), 'utf8').split('\n')).toHaveLength(3);
  });

  it('starts on a line of its own behind a torn one, 100 of 100', async () => {
    const folder = folders.next();
    const storage = storageAt(folder, { durable: false });
    const file = join(folder, 'audit_20260128.jsonl');
    for (let round = 0; round < 100; round += 1) {
      await storage.write(sampleEntry());
      writeFileSync(file, '{"id": "torn', { flag: 'a' });
    }
    await storage.write(sampleEntry());
    const { entries, unreadable } = await storage.listEntries();
    expect([entries.length, unreadable.length]).toEqual([101, 100]);
  });

  it('puts a full file away before the next line, and a larger number is newer', async () => {
    const folder = folders.next();
    const line = `${entryToJson(sampleEntry())}\n`.length;
    const storage = storageAt(folder, { rotationSizeMb: (2 * line) / 1024 / 1024 });
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) ids.push(await storage.write(sampleEntry()));
    expect(readdirSync(folder)).toEqual([
      'audit_20260128.jsonl',
      'audit_20260128_001.jsonl',
      'audit_20260128_002.jsonl',
    ]);
    const scanned = (await scanAll(storage)).map((one) => (one.kind === 'entry' ? one.entry.id : ''));
    expect(scanned).toEqual(ids);
  });

  it('splits a batch where the file reaches its limit', async () => {
    const folder = folders.next();
    const line = `${entryToJson(sampleEntry())}\n`.length;
    const storage = storageAt(folder, { rotationSizeMb: (3 * line) / 1024 / 1024 });
    await Promise.all(Array.from({ length: 10 }, () => storage.write(sampleEntry())));
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size / line);
    expect(sizes).toEqual([1, 3, 3, 3]);
  });

  it('goes from _999 to _1000, and never onto a number that is taken', async () => {
    const folder = folders.next();
    mkdirSync(folder);
    writeFileSync(join(folder, 'audit_20260128_999.jsonl'), 'kept\n');
    writeFileSync(join(folder, 'audit_20260128.jsonl'), 'x'.repeat(2000));
    const storage = storageAt(folder, { rotationSizeMb: 1 / 1024 });
    await storage.write(sampleEntry());
    expect(readdirSync(folder)).toEqual([
      'audit_20260128.jsonl',
      'audit_20260128_1000.jsonl',
      'audit_20260128_999.jsonl',
    ]);
    expect(readFileSync(join(folder, 'audit_20260128_999.jsonl'), 'utf8')).toBe('kept\n');
    expect(statSync(join(folder, 'audit_20260128_1000.jsonl')).size).toBe(2000);
  });

  it('refuses options that make no sense', () => {
    for (const rotationSizeMb of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new FileStorage('x', { rotationSizeMb })).toThrowError(withCode('invalid_argument'));
    }
    expect(() => new FileStorage('')).toThrowError(withCode('invalid_argument'));
  });
});

describe('FileStorage where something stands in the way', () => {
  it('says that a folder is not there, and does not make it by reading', async () => {
    const folder = folders.next();
    const storage = storageAt(folder);
    for (const read of [
      () => storage.listEntries(),
      () => storage.read('x'),
      () => storage.count(),
      () => storage.delete('x'),
      () => scanAll(storage),
    ]) {
      await expect(read()).rejects.toThrowError(withCode('source_not_found'));
    }
    expect(() => statSync(folder)).toThrow();
  });

  it('says that a file is not a folder, in reading and in writing', async () => {
    const path = folders.next();
    writeFileSync(path, '');
    for (const folder of [path, join(path, 'below')]) {
      await expect(storageAt(folder).listEntries()).rejects.toThrowError(withCode('not_a_folder'));
      await expect(storageAt(folder).write(sampleEntry())).rejects.toThrowError(withCode('not_a_folder'));
    }
  });

  it('says that the folder was removed, and acknowledges nothing', async () => {
    const folder = folders.next();
    const storage = storageAt(folder);
    await storage.write(sampleEntry());
    rmSync(folder, { recursive: true });
    await expect(storage.write(sampleEntry())).rejects.toThrowError(withCode('source_not_found'));
  });

  it('does not hang at a pipe, a loop of links or a folder named like a log', { timeout: 5000 }, async () => {
    const folder = folders.next();
    const storage = storageAt(folder);
    await storage.write(sampleEntry());
    execFileSync('mkfifo', [join(folder, 'audit_20260102.jsonl')]);
    symlinkSync('audit_20260104.jsonl', join(folder, 'audit_20260103.jsonl'));
    symlinkSync('audit_20260103.jsonl', join(folder, 'audit_20260104.jsonl'));
    mkdirSync(join(folder, 'audit_20260105.jsonl'));
    const { entries, unreadable } = await storage.listEntries();
    expect(entries).toHaveLength(1);
    expect(unreadable.map(({ file }) => file)).toEqual([
      'audit_20260102.jsonl',
      'audit_20260103.jsonl',
      'audit_20260104.jsonl',
    ]);
    expect((await storage.deleteMany({ upToUs: Number.MAX_SAFE_INTEGER })).unreadableKept).toBe(3);
    expect(readdirSync(folder)).toHaveLength(4);
  });

  it('refuses to write where a pipe has the name of the file of the day', { timeout: 5000 }, async () => {
    const folder = folders.next();
    mkdirSync(folder);
    execFileSync('mkfifo', [join(folder, 'audit_20260128.jsonl')]);
    await expect(storageAt(folder).write(sampleEntry())).rejects.toThrowError(withCode('io_error'));
  });

  it('reads through a link to a file', async () => {
    const elsewhere = folders.next();
    await storageAt(elsewhere).write(sampleEntry());
    const folder = folders.next();
    mkdirSync(folder);
    symlinkSync(join(elsewhere, 'audit_20260128.jsonl'), join(folder, 'audit_20260128.jsonl'));
    expect(await storageAt(folder).count()).toBe(1);
  });
});

describe('FileStorage listing', () => {
  it('notices every change of a file it remembers', async () => {
    const folder = folders.next();
    const storage = storageAt(folder);
    await storage.write(sampleEntry({ id: 'first', timestamp: '2026-01-01T00:00:00' }));
    const file = join(folder, 'audit_20260128.jsonl');
    const list = async (day: string) =>
      (await storage.listEntries({ start: day, end: day })).entries.map(({ id }) => id);
    expect(await list('2026-01-02')).toEqual([]);
    writeFileSync(file, `${entryToJson(sampleEntry({ id: 'second', timestamp: '2026-01-02T00:00:00' }))}\n`, {
      flag: 'a',
    });
    expect(await list('2026-01-02')).toEqual(['second']);
    writeFileSync(file, `${entryToJson(sampleEntry({ id: 'third', timestamp: '2026-01-03T00:00:00' }))}\n`);
    expect(await list('2026-01-02')).toEqual([]);
    expect(await list('2026-01-03')).toEqual(['third']);
    expect(await storage.count()).toBe(1);
  });

  it('tells unreadable lines of files whose entries are all outside the span, also the second time', async () => {
    const folder = folders.next();
    mkdirSync(folder);
    cpSync(join(FIXTURES, 'edge-cases', 'audit_20260301.jsonl'), join(folder, 'audit_20260301.jsonl'));
    const storage = storageAt(folder);
    for (let round = 0; round < 2; round += 1) {
      const { entries, unreadable } = await storage.listEntries({ start: '2030-01-01' });
      expect([entries.length, unreadable.length]).toEqual([0, 9]);
    }
  });
});

describe('FileStorage.readLine', () => {
  it('refuses a name that is no log file and a place that is not there', async () => {
    const folder = folders.next();
    const storage = storageAt(folder);
    await storage.write(sampleEntry());
    const location = { file: 'audit_20260128.jsonl', byteOffset: 0, byteLength: 10 };
    for (const file of [
      '../audit_20260128.jsonl',
      '/etc/passwd',
      'audit_/../../x.jsonl',
      'notes.txt',
      'audit_\0.jsonl',
    ]) {
      await expect(storage.readLine({ ...location, file })).rejects.toThrowError(withCode('invalid_argument'));
    }
    await expect(storage.readLine({ ...location, byteLength: 1e9 })).rejects.toThrowError(withCode('entry_changed'));
    await expect(storage.readLine({ ...location, file: 'audit_20260129.jsonl' })).rejects.toThrowError(
      withCode('entry_changed'),
    );
  });
});
