import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecentSources } from '../../../src/main/desk/recent-sources.ts';
import type { SourceLocation } from '../../../src/shared/contract.ts';
import { makeFolder } from './test-desk.ts';

const folder = (path: string): SourceLocation => ({ kind: 'folder', path });

let dataFolder: string;
let recent: RecentSources;
beforeEach(async () => {
  dataFolder = await makeFolder();
  recent = await RecentSources.open(dataFolder);
});
afterEach(async () => await rm(dataFolder, { recursive: true }));

async function remember(path: string, lastOpenedAtMs: number): Promise<void> {
  await recent.remember({ location: folder(path), name: path.slice(1), lastOpenedAtMs });
}

describe('recent sources', () => {
  it('stand newest first, each once, also in the next run', async () => {
    await remember('/a', 1);
    await remember('/b', 2);
    await remember('/a', 3);
    const next = await RecentSources.open(dataFolder);
    expect(next.list().map(({ name, lastOpenedAtMs }) => [name, lastOpenedAtMs])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('keep a starred one past their limit, and let the oldest of the others go', async () => {
    await remember('/starred', 0);
    await recent.star(folder('/starred'), true);
    for (let number = 1; number <= 25; number += 1) await remember(`/${number}`, number);
    const names = recent.list().map(({ name }) => name);
    expect(names).toHaveLength(21);
    expect(names).toContain('starred');
    expect(names).not.toContain('5');
    expect(names).toContain('6');
  });

  it('are forgotten one by one', async () => {
    await remember('/a', 1);
    await remember('/b', 2);
    await recent.forget(folder('/a'));
    expect(recent.list().map(({ name }) => name)).toEqual(['b']);
  });

  it('tell buckets apart by everything that leads to them', async () => {
    const bucket = {
      kind: 'bucket',
      bucket: 'logs',
      prefix: '',
      region: null,
      endpoint: null,
      pathStyle: false,
    } as const;
    await recent.remember({ location: { ...bucket, profile: null }, name: 'one', lastOpenedAtMs: 1 });
    await recent.remember({ location: { ...bucket, profile: 'other' }, name: 'two', lastOpenedAtMs: 2 });
    expect(recent.list()).toHaveLength(2);
  });

  it('begin anew where their file is damaged', async () => {
    await writeFile(join(dataFolder, 'recent-sources.json'), '[{"location": 5}]');
    expect((await RecentSources.open(dataFolder)).list()).toEqual([]);
  });
});
