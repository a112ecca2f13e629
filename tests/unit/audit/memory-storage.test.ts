import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../src/main/audit/index.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';

describe('MemoryStorage with a limit', () => {
  it('lets the least recently used entry go: reading counts as use, listing does not', async () => {
    const storage = new MemoryStorage({ maxEntries: 3 });
    for (const id of ['a', 'b', 'c']) await storage.write(sampleEntry({ id }));
    await storage.read('a');
    await storage.listEntries();
    await storage.write(sampleEntry({ id: 'd' }));
    expect(await storage.read('b')).toBeNull();
    expect((await storage.listEntries()).entries.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    await storage.write(sampleEntry({ id: 'e' }));
    expect((await storage.listEntries()).entries.map(({ id }) => id)).toEqual(['a', 'd', 'e']);
  });

  it('replaces an entry that is written again, and makes it the newest', async () => {
    const storage = new MemoryStorage({ maxEntries: 2 });
    for (const id of ['a', 'b', 'a', 'c']) await storage.write(sampleEntry({ id }));
    expect((await storage.listEntries()).entries.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('refuses a limit that is none', () => {
    for (const maxEntries of [0, -1, 1.5, Number.NaN]) {
      expect(() => new MemoryStorage({ maxEntries })).toThrowError(
        expect.objectContaining({ code: 'invalid_argument' }),
      );
    }
  });
});
