import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AuditLogger,
  EncryptionManager,
  FileStorage,
  hashContent,
  type InteractionInput,
  MemoryStorage,
  type StorageBackend,
} from '../../../src/main/audit/index.ts';
import { US_PER_DAY } from '../../../src/shared/timestamp.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folders = temporaryFolder();
const withCode = (code: string) => expect.objectContaining({ name: 'AuditError', code });
const NOW_US = Date.UTC(2026, 0, 28, 10) * 1000 + 123_456;
const clock = () => NOW_US;

describe('AuditLogger.log', () => {
  it('records hashes only, unless content is asked for', async () => {
    const logger = new AuditLogger({ storage: new MemoryStorage(), clock, createId: () => 'the-id' });
    expect(await logger.log({ input: 'hällo', output: '' })).toBe('the-id');
    expect(await logger.getEntry('the-id')).toEqual({
      id: 'the-id',
      timestamp: '2026-01-28T10:00:00.123456',
      input_hash: hashContent('hällo'),
      output_hash: hashContent(''),
      input_content: null,
      output_content: null,
      provider: null,
      model: null,
      conversation_id: null,
      safety_passed: true,
      detectors_triggered: [],
      block_reason: null,
      alerts: [],
      latency_ms: 0,
      input_tokens: null,
      output_tokens: null,
      metadata: {},
    });
  });

  it('records every field it is given, under its stored name', async () => {
    const logger = new AuditLogger({ storage: new MemoryStorage(), storeContent: true });
    const recorded = {
      provider: 'openai',
      model: 'gpt-4',
      conversation_id: 'c-1',
      safety_passed: false,
      detectors_triggered: ['pii'],
      block_reason: 'pii',
      alerts: ['a'],
      latency_ms: 12.5,
      input_tokens: 3,
      output_tokens: 2n ** 60n,
      metadata: { department: 'legal', nested: { list: [1, null] } },
    };
    const id = await logger.log({ input: 'in', output: 'out', ...recorded });
    expect(await logger.getEntry(id)).toMatchObject({ input_content: 'in', output_content: 'out', ...recorded });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stores content encrypted with a manager, and decrypts it', async () => {
    const encryption = new EncryptionManager();
    const logger = new AuditLogger({ storage: new MemoryStorage(), storeContent: true, encryption });
    const entry = await logger.getEntry(await logger.log({ input: 'secret 🔐', output: 'answer' }));
    expect(entry?.input_content).toMatch(/^Z0FBQUFB/);
    expect(logger.decryptContent(entry?.input_content ?? '')).toBe('secret 🔐');
    expect(entry?.input_hash).toBe(hashContent('secret 🔐'));
  });

  it('refuses wrong fields and half a surrogate pair anywhere, and records nothing', async () => {
    const storage = new MemoryStorage();
    const logger = new AuditLogger({ storage, storeContent: true });
    const interaction = { input: 'a', output: 'b' };
    const wrong: readonly unknown[] = [
      { input: 'a' },
      { ...interaction, latency_ms: Number.NaN },
      { ...interaction, input_tokens: -1 },
      { ...interaction, unknown_field: 1 },
      { ...interaction, metadata: [] },
      { ...interaction, metadata: { when: new Date() } },
      { ...interaction, metadata: { nothing: undefined } },
      null,
    ];
    for (const input of wrong) {
      await expect(logger.log(input as InteractionInput)).rejects.toThrowError(withCode('invalid_argument'));
    }
    for (const broken of [
      { ...interaction, input: 'x\ud83d' },
      { ...interaction, output: '\udd10' },
      { ...interaction, provider: '\ud83d' },
      { ...interaction, metadata: { deep: [{ '\ud83d': 1 }] } },
    ]) {
      await expect(logger.log(broken)).rejects.toThrowError(withCode('unencodable_text'));
    }
    expect(await storage.count()).toBe(0);
  });

  it('takes the path of a folder for a storage', async () => {
    const folder = folders.next();
    const logger = new AuditLogger({ storage: folder });
    const id = await logger.log({ input: 'a', output: 'b' });
    await logger.close();
    expect((await new FileStorage(folder).read(id))?.id).toBe(id);
    expect(() => new AuditLogger({ storage: 'https://example.invalid/log' })).toThrowError(
      withCode('invalid_argument'),
    );
  });
});

describe('AuditLogger.getEntries', () => {
  it('answers a span, both ends included, and what could not be read', async () => {
    const logger = new AuditLogger({ storage: join(import.meta.dirname, '..', '..', 'fixtures', 'edge-cases') });
    const { entries, unreadable } = await logger.getEntries('2026-03-01T00:00:00', '2026-03-01T00:00:00.000001');
    expect(entries.map(({ id }) => id)).toEqual(['edge-001', 'edge-002']);
    expect(unreadable).toHaveLength(10);
    expect((await logger.getEntries()).entries).toHaveLength(19);
    await expect(logger.getEntries('2026-03-02', '2026-03-01')).rejects.toThrowError(withCode('invalid_range'));
  });
});

describe('AuditLogger.cleanupExpired', () => {
  async function filled(storage: StorageBackend): Promise<StorageBackend> {
    const cutoff = '2026-01-18T10:00:00.123456';
    for (const timestamp of ['2020-01-01T00:00:00', cutoff, '2026-01-18T10:00:00.123457', '2030-01-01T00:00:00']) {
      await storage.write(sampleEntry({ timestamp }));
    }
    return storage;
  }

  it('removes what is at or before the cutoff, to the microsecond', async () => {
    for (const storage of [new MemoryStorage(), new FileStorage(folders.next())]) {
      const logger = new AuditLogger({ storage: await filled(storage), retentionDays: 10, clock });
      expect(await logger.cleanupExpired()).toBe(2);
      expect((await logger.getEntries()).entries.map(({ timestamp }) => timestamp)).toEqual([
        '2026-01-18T10:00:00.123457',
        '2030-01-01T00:00:00',
      ]);
      expect(await logger.cleanupExpired()).toBe(0);
    }
  });

  it('works with a backend that has only the five methods', async () => {
    const inner = await filled(new MemoryStorage());
    const storage: StorageBackend = {
      write: (entry) => inner.write(entry),
      read: (id) => inner.read(id),
      listEntries: (span) => inner.listEntries(span),
      delete: (id) => inner.delete(id),
      count: () => inner.count(),
    };
    const logger = new AuditLogger({ storage, retentionDays: 10, clock });
    expect(await logger.cleanupExpired()).toBe(2);
    expect(await storage.count()).toBe(2);
    await logger.close();
  });

  it('with 0 days removes what is past and keeps what is dated ahead', async () => {
    const logger = new AuditLogger({ storage: await filled(new MemoryStorage()), retentionDays: 0, clock });
    expect(await logger.cleanupExpired()).toBe(3);
  });

  it('removes nothing where the retention reaches beyond the calendar', async () => {
    for (const retentionDays of [3_000_000, 1e9, 1e300]) {
      const logger = new AuditLogger({ storage: await filled(new MemoryStorage()), retentionDays, clock });
      expect(await logger.cleanupExpired()).toBe(0);
    }
  });

  it('keeps 365 days where nothing is said', async () => {
    const storage = new MemoryStorage();
    await storage.write(sampleEntry({ timestamp: '2026-01-01T00:00:00' }));
    const bornUs = Date.UTC(2026, 0, 1) * 1000;
    expect(await new AuditLogger({ storage, clock: () => bornUs + 365 * US_PER_DAY - 1 }).cleanupExpired()).toBe(0);
    expect(await new AuditLogger({ storage, clock: () => bornUs + 365 * US_PER_DAY }).cleanupExpired()).toBe(1);
  });

  it('is refused for days that are negative or no number', () => {
    for (const retentionDays of [-1, -0.001, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new AuditLogger({ storage: new MemoryStorage(), retentionDays })).toThrowError(
        withCode('invalid_argument'),
      );
    }
  });
});

describe('AuditLogger.decryptContent', () => {
  it('has a code of its own for each failure', () => {
    const storage = new MemoryStorage();
    const token = new EncryptionManager().encrypt('x');
    expect(() => new AuditLogger({ storage }).decryptContent(token)).toThrowError(
      withCode('encryption_not_configured'),
    );
    const logger = new AuditLogger({ storage, encryption: new EncryptionManager() });
    expect(() => logger.decryptContent(token)).toThrowError(withCode('wrong_key'));
    expect(() => logger.decryptContent('no token')).toThrowError(withCode('invalid_token'));
  });

  it('opens what the Python original encrypted', async () => {
    const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'python-reference');
    const expected = JSON.parse(readFileSync(join(fixtures, 'encrypted.expected.json'), 'utf8')) as {
      entries: readonly { id: string; input?: string; output?: string }[];
    };
    const encryption = new EncryptionManager(readFileSync(join(fixtures, 'key-a.key')));
    const logger = new AuditLogger({ storage: join(fixtures, 'encrypted'), encryption });
    for (const { id, input, output } of expected.entries) {
      const entry = await logger.getEntry(id);
      expect(logger.decryptContent(entry?.input_content ?? '')).toBe(input);
      expect(logger.decryptContent(entry?.output_content ?? '')).toBe(output);
      expect(entry?.input_hash).toBe(hashContent(input ?? ''));
    }
  });
});
