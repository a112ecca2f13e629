import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import { formatDay } from '../../../src/shared/timestamp.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folders = temporaryFolder();
const PROGRAM = join(import.meta.dirname, 'programs', 'fill-disk.ts');

describe('FileStorage where the disk takes only a part of a line', () => {
  // A limit on the size of files makes the system write short, as a full disk does.
  it.skipIf(process.platform === 'win32')('takes the part back, and goes on when there is space', async () => {
    const folder = folders.next();
    const script = 'ulimit -f 12; exec "$0" "$@"';
    const output = execFileSync('sh', ['-c', script, process.execPath, PROGRAM, folder], { encoding: 'utf8' });
    const told = output.trim().split('\n');
    const written = told.slice(0, -5);
    expect(told.slice(-5)).toEqual(Array.from({ length: 5 }, () => 'disk_full'));
    const file = join(folder, `audit_${formatDay(Date.now() * 1000).replaceAll('-', '')}.jsonl`);
    expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
    const storage = new FileStorage(folder);
    const next = sampleEntry({ id: 'next' });
    await storage.write(next);
    expect(readFileSync(file, 'utf8').endsWith(`\n${entryToJson(next)}\n`)).toBe(true);
    const { entries, unreadable } = await storage.listEntries();
    expect(written.length).toBeGreaterThan(1);
    expect(entries.map(({ id }) => id)).toEqual([...written, 'next']);
    expect(unreadable).toEqual([]);
  });
});
