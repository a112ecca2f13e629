/**
 * The conformance suite of storage backends: what every StorageBackend promises, whatever it keeps its entries in. Needs no
 * particular test runner: `describe` and `it` are handed in.
 */
import assert from 'node:assert/strict';
import { type AuditEntry, AuditError, type ScannedLine, type StorageBackend } from '../../src/main/audit/index.ts';

/** What the suite needs of a test runner; vitest, jest, mocha and node:test all have it. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (name: string, run: () => Promise<void>) => unknown;
}

/** One backend under test, empty when it is made. */
export interface BackendUnderTest {
  readonly backend: StorageBackend;
  /** Removes whatever the backend has kept. */
  readonly cleanUp: () => Promise<void>;
}

let made = 0;

/** A valid entry; ids are unique unless one is given. */
export function sampleEntry(fields: Partial<AuditEntry> = {}): AuditEntry {
  made += 1;
  return {
    id: `entry-${String(made).padStart(6, '0')}`,
    timestamp: '2026-01-28T10:00:00.123456',
    input_hash: 'a'.repeat(64),
    output_hash: 'b'.repeat(64),
    input_content: null,
    output_content: null,
    provider: 'openai',
    model: 'gpt-4',
    conversation_id: null,
    safety_passed: true,
    detectors_triggered: [],
    block_reason: null,
    alerts: [],
    latency_ms: 1.5,
    input_tokens: 3,
    output_tokens: null,
    metadata: {},
    ...fields,
  };
}

async function rejectsWith(code: string, work: () => Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof AuditError, `not an AuditError: ${String(error)}`);
    assert.equal(error.code, code);
    return true;
  });
}

const idsOf = (entries: readonly AuditEntry[]) => entries.map(({ id }) => id);

async function writeAt(backend: StorageBackend, timestamps: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const timestamp of timestamps) ids.push(await backend.write(sampleEntry({ timestamp })));
  return ids;
}

type Suite = (name: string, run: (backend: StorageBackend) => Promise<void>) => void;

function defineReading(it: Suite): void {
  it('answers absence of an id with null and false, not with an error', async (backend) => {
    await backend.write(sampleEntry());
    assert.equal(await backend.read('not-there'), null);
    assert.equal(await backend.delete('not-there'), false);
    assert.equal(await backend.count(), 1);
  });

  it('gives back every field as it was written', async (backend) => {
    const entry = sampleEntry({
      input_content: 'Grüße, 世界 \u{1f510}\n"quoted" \\ \u007f',
      output_content: '',
      provider: null,
      safety_passed: false,
      detectors_triggered: ['pii', 'ü'],
      block_reason: 'pii',
      alerts: ['a', 'b'],
      latency_ms: 0.1,
      input_tokens: 9007199254740993n,
      output_tokens: 0,
      metadata: {
        deep: { list: [1, [2, { x: null }]] },
        big: 2n ** 80n,
        nan: Number.NaN,
        ['__proto__']: 'plain',
        '': 0,
      },
    });
    assert.equal(await backend.write(entry), entry.id);
    assert.deepEqual(await backend.read(entry.id), entry);
    assert.deepEqual((await backend.listEntries()).entries, [entry]);
  });

  it('keeps an entry as it was when it was written, whatever its writer or reader does to the object', async (backend) => {
    const metadata: Record<string, string> = { state: 'written' };
    const id = await backend.write(sampleEntry({ metadata }));
    metadata['state'] = 'changed by the writer';
    const read = await backend.read(id);
    (read?.metadata as Record<string, string>)['state'] = 'changed by the reader';
    assert.deepEqual((await backend.read(id))?.metadata, { state: 'written' });
  });

  it('refuses an entry that is none, and keeps nothing of it', async (backend) => {
    await backend.write(sampleEntry());
    for (const wrong of [{ id: '' }, { timestamp: 'yesterday' }, { safety_passed: 'yes' }, { input_hash: null }]) {
      await rejectsWith('invalid_entry', () => backend.write({ ...sampleEntry(), ...wrong } as unknown as AuditEntry));
    }
    assert.equal(await backend.count(), 1);
  });

  it('keeps every entry of many that are written at once', async (backend) => {
    const entries = Array.from({ length: 200 }, () => sampleEntry());
    await Promise.all(entries.map((entry) => backend.write(entry)));
    assert.equal(await backend.count(), 200);
    assert.deepEqual(idsOf((await backend.listEntries()).entries).sort(), idsOf(entries).sort());
  });
}

function defineListing(it: Suite): void {
  it('lists by time to the microsecond, both ends included', async (backend) => {
    const [after, first, last, before] = await writeAt(backend, [
      '2026-01-28T10:00:00.000003',
      '2026-01-28T10:00:00.000001',
      '2026-01-28T10:00:00.000002',
      '2026-01-28T10:00:00',
    ]);
    const span = { start: '2026-01-28T10:00:00.000001', end: '2026-01-28T10:00:00.000002' };
    assert.deepEqual(idsOf((await backend.listEntries(span)).entries), [first, last]);
    assert.deepEqual(idsOf((await backend.listEntries()).entries), [before, first, last, after]);
    assert.deepEqual(idsOf((await backend.listEntries({ start: span.end })).entries), [last, after]);
    assert.deepEqual(idsOf((await backend.listEntries({ end: span.start })).entries), [before, first]);
    assert.deepEqual((await backend.listEntries({ start: '2027-01-01' })).entries, []);
  });

  it('takes dates, zones and Date objects for a span', async (backend) => {
    const [early, late] = await writeAt(backend, ['2026-01-28T00:00:00', '2026-01-28T23:59:59.999999']);
    await writeAt(backend, ['2026-01-27T23:59:59.999999', '2026-01-29T00:00:00']);
    for (const span of [
      { start: '2026-01-28', end: '2026-01-28' },
      { start: '2026-01-28T02:00:00+02:00', end: '2026-01-28T23:59:59.999999Z' },
      { start: new Date(Date.UTC(2026, 0, 28)), end: '2026-01-28' },
    ]) {
      assert.deepEqual(idsOf((await backend.listEntries(span)).entries), [early, late]);
    }
  });

  it('lists the last days of a month, a leap day and the turn of a year', async (backend) => {
    const timestamps = [
      '2024-02-28T12:00:00',
      '2024-02-29T12:00:00',
      '2024-12-29T00:00:00',
      '2024-12-30T00:00:00',
      '2024-12-31T23:59:59',
      '2025-01-01T00:00:00',
    ];
    const ids = await writeAt(backend, timestamps);
    const span = { start: '2024-02-29T00:00:00', end: '2025-01-01T00:00:00' };
    assert.deepEqual(idsOf((await backend.listEntries(span)).entries), ids.slice(1));
  });

  it('refuses a span that ends before it begins, and what is no time', async (backend) => {
    await rejectsWith('invalid_range', () => backend.listEntries({ start: '2026-01-02', end: '2026-01-01' }));
    await rejectsWith('invalid_argument', () => backend.listEntries({ start: 'yesterday' }));
    await rejectsWith('invalid_argument', () => backend.listEntries({ end: new Date(Number.NaN) }));
  });

  it('tells nothing unreadable where everything is readable', async (backend) => {
    await backend.write(sampleEntry());
    assert.deepEqual((await backend.listEntries()).unreadable, []);
  });
}

function defineDeleting(it: Suite): void {
  it('deletes one entry and leaves the others', async (backend) => {
    const [first, second, third] = await writeAt(backend, [
      '2026-01-01T00:00:00',
      '2026-01-01T00:00:00',
      '2026-02-01T00:00:00',
    ]);
    assert.equal(await backend.delete(second ?? ''), true);
    assert.equal(await backend.delete(second ?? ''), false);
    assert.equal(await backend.read(second ?? ''), null);
    assert.deepEqual(idsOf((await backend.listEntries()).entries), [first, third]);
    assert.equal(await backend.count(), 2);
  });

  it('can be written again after everything was deleted', async (backend) => {
    const [id] = await writeAt(backend, ['2026-01-01T00:00:00']);
    assert.equal(await backend.delete(id ?? ''), true);
    assert.equal(await backend.count(), 0);
    await writeAt(backend, ['2026-01-02T00:00:00']);
    assert.equal(await backend.count(), 1);
  });

  it('deletes many up to a microsecond, that one included; a dry run only counts', async (backend) => {
    if (backend.deleteMany === undefined) return;
    const ids = await writeAt(backend, [
      '2026-01-01T00:00:00.000001',
      '2026-01-01T00:00:00.000002',
      '2026-01-01T00:00:00.000003',
    ]);
    const upToUs = Date.UTC(2026, 0, 1) * 1000 + 2;
    const dry = await backend.deleteMany({ upToUs }, { dryRun: true });
    assert.deepEqual([dry.removed, dry.kept, dry.unreadableKept, dry.stopped], [2, 1, 0, false]);
    assert.equal(await backend.count(), 3);
    const done = await backend.deleteMany({ upToUs });
    assert.deepEqual([done.removed, done.kept, done.unreadableKept, done.stopped], [2, 1, 0, false]);
    assert.deepEqual(idsOf((await backend.listEntries()).entries), ids.slice(2));
    assert.equal((await backend.deleteMany({ upToUs })).removed, 0);
  });

  it('deletes many by id', async (backend) => {
    if (backend.deleteMany === undefined) return;
    const ids = await writeAt(backend, ['2026-01-01T00:00:00', '2026-01-02T00:00:00', '2026-01-03T00:00:00']);
    const report = await backend.deleteMany({ ids: new Set([ids[0] ?? '', ids[2] ?? '', 'not-there']) });
    assert.deepEqual([report.removed, report.kept], [2, 1]);
    assert.deepEqual(idsOf((await backend.listEntries()).entries), [ids[1]]);
  });

  it('does nothing and says that it was stopped where the signal is aborted already', async (backend) => {
    if (backend.deleteMany === undefined) return;
    await writeAt(backend, ['2026-01-01T00:00:00']);
    const report = await backend.deleteMany({ upToUs: Number.MAX_SAFE_INTEGER }, { signal: AbortSignal.abort() });
    assert.deepEqual([report.removed, report.stopped], [0, true]);
    assert.equal(await backend.count(), 1);
  });
}

function defineScanning(it: Suite): void {
  it('scans every entry with the bytes it was read from, which can be read again', async (backend) => {
    if (backend.scan === undefined) return;
    const ids = await writeAt(backend, ['2026-01-01T00:00:00', '2026-01-02T00:00:00', '2026-01-03T00:00:00']);
    const seen: string[] = [];
    for await (const line of backend.scan()) {
      assert.equal(line.kind, 'entry');
      const { entry, raw, location, epochUs } = line as Extract<ScannedLine, { kind: 'entry' }>;
      seen.push(entry.id);
      const text = Buffer.from(raw).toString();
      assert.equal((JSON.parse(text) as { id: string }).id, entry.id);
      assert.equal(epochUs % 86_400_000_000, 0);
      if (backend.readLine !== undefined) assert.equal(Buffer.from(await backend.readLine(location)).toString(), text);
    }
    assert.deepEqual(seen.sort(), ids);
  });

  it('refuses to read a line that is not there any more', async (backend) => {
    if (backend.scan === undefined || backend.readLine === undefined) return;
    const [id] = await writeAt(backend, ['2026-01-01T00:00:00']);
    const scanned: ScannedLine[] = [];
    for await (const line of backend.scan()) scanned.push({ ...line });
    await backend.delete(id ?? '');
    const line = scanned[0] as Extract<ScannedLine, { kind: 'entry' }>;
    await rejectsWith('entry_changed', async () => await backend.readLine?.(line.location));
  });

  it('closes twice without complaint', async (backend) => {
    await backend.write(sampleEntry());
    await backend.close?.();
    await backend.close?.();
  });
}

/** Defines the suite for one backend. `makeBackend` is called for each test and answers a new, empty one. */
export function storageContract(name: string, makeBackend: () => Promise<BackendUnderTest>, runner: TestRunner): void {
  const it: Suite = (title, run) => {
    runner.it(title, async () => {
      const { backend, cleanUp } = await makeBackend();
      try {
        await run(backend);
      } finally {
        await backend.close?.();
        await cleanUp();
      }
    });
  };
  runner.describe(`${name} keeps the storage contract`, () => {
    defineReading(it);
    defineListing(it);
    defineDeleting(it);
    defineScanning(it);
  });
}
