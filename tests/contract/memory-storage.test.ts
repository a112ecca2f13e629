import { describe, it } from 'vitest';
import { MemoryStorage } from '../../src/main/audit/index.ts';
import { storageContract } from './storage-contract.ts';

storageContract('MemoryStorage', async () => ({ backend: new MemoryStorage(), cleanUp: async () => {} }), {
  describe,
  it,
});
