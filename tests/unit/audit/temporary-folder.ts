import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Gives a test file a folder of its own; `next()` answers a path in it that does not exist yet. */
export function temporaryFolder(): { readonly next: () => string } {
  let root = '';
  let made = 0;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'audit-unit-'));
  });
  afterAll(() => rm(root, { recursive: true }));
  return {
    next() {
      made += 1;
      return join(root, `folder-${made}`);
    },
  };
}
