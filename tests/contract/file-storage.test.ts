import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { FileStorage, type FileStorageOptions } from '../../src/main/audit/index.ts';
import { storageContract } from './storage-contract.ts';

function folderOf(options: FileStorageOptions) {
  return async () => {
    const parent = await mkdtemp(join(tmpdir(), 'file-storage-'));
    const backend = new FileStorage(join(parent, 'log'), options);
    return { backend, cleanUp: () => rm(parent, { recursive: true }) };
  };
}

storageContract('FileStorage', folderOf({}), { describe, it });
storageContract('FileStorage without sync', folderOf({ durable: false }), { describe, it });
storageContract('FileStorage rotating at every kilobyte', folderOf({ rotationSizeMb: 1 / 1024 }), { describe, it });
