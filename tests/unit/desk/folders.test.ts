import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDesk, type TestDesk } from './test-desk.ts';

let test: TestDesk;
let root: string;
beforeEach(async () => {
  test = await openTestDesk();
  root = join(test.dataFolder, 'root');
  await mkdir(root);
});
afterEach(async () => await test.end());

describe('browsing folders', () => {
  it('lists them by name, hidden ones last, with the number of their log files', async () => {
    for (const name of ['.hidden', 'week 10', 'week 9', 'claims']) await mkdir(join(root, name));
    await symlink(join(root, 'claims'), join(root, 'linked'));
    await symlink(join(root, 'nowhere'), join(root, 'dangling'));
    await writeFile(join(root, 'claims', 'audit_20260128.jsonl'), '');
    await writeFile(join(root, 'claims', 'notes.txt'), '');
    await mkdir(join(root, 'claims', 'audit_folder.jsonl'));
    await writeFile(join(root, 'audit_20260127.jsonl'), '');
    const listing = await test.desk.handlers['sources.browseFolders']({ path: root });
    expect(listing).toMatchObject({ path: root, parent: dirname(root), logFiles: 1 });
    expect(listing.folders.map(({ name, logFiles }) => [name, logFiles])).toEqual([
      ['claims', 1],
      ['linked', 1],
      ['week 9', 0],
      ['week 10', 0],
      ['.hidden', 0],
    ]);
    expect(listing.folders[0]?.path).toBe(join(root, 'claims'));
  });

  it('begins at the home folder, and has nothing above the root', async () => {
    expect((await test.desk.handlers['sources.browseFolders']({ path: null })).path).toBe(homedir());
    expect((await test.desk.handlers['sources.browseFolders']({ path: '/' })).parent).toBeNull();
  });

  it('says by code why a folder cannot be listed', async () => {
    await writeFile(join(root, 'file'), '');
    const browse = (path: string) => test.desk.handlers['sources.browseFolders']({ path });
    await expect(browse(join(root, 'missing'))).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(browse(join(root, 'file'))).rejects.toMatchObject({ code: 'not_a_folder' });
  });
});
