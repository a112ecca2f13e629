import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entryToJson, FileStorage } from '../../../src/main/audit/index.ts';
import { formatDay } from '../../../src/shared/timestamp.ts';
import { sampleEntry } from '../../contract/storage-contract.ts';
import { temporaryFolder } from './temporary-folder.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');
const folders = temporaryFolder();

interface Running {
  readonly child: ChildProcess;
  /** The ids it printed, once it has ended. */
  readonly acknowledged: Promise<readonly string[]>;
}

function start(program: string, args: readonly (string | number)[]): Running {
  const child = spawn(process.execPath, [join(PROGRAMS, program), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let problems = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    problems += data.toString();
  });
  const acknowledged = once(child, 'close').then(() => {
    if (problems !== '') throw new Error(problems);
    return output.split('\n').slice(0, -1);
  });
  return { child, acknowledged };
}

function todaysFile(folder: string): string {
  return join(folder, `audit_${formatDay(Date.now() * 1000).replaceAll('-', '')}.jsonl`);
}

async function idsIn(folder: string) {
  const { entries, unreadable } = await new FileStorage(folder).listEntries();
  return { ids: entries.map(({ id }) => id), unreadable };
}

describe('several programs on one folder', { timeout: 60_000 }, () => {
  it('lose, overwrite and fuse nothing while four of them write and rotate', async () => {
    const folder = folders.next();
    const writers = ['a', 'b', 'c', 'd'].map((prefix) => start('write-entries.ts', [folder, 250, prefix, 20 / 1024]));
    const acknowledged = (await Promise.all(writers.map((writer) => writer.acknowledged))).flat();
    const { ids, unreadable } = await idsIn(folder);
    expect(acknowledged).toHaveLength(1000);
    expect([...ids].sort()).toEqual([...acknowledged].sort());
    expect(unreadable).toEqual([]);
    expect(readdirSync(folder).length).toBeGreaterThan(20);
  });

  it('lose nothing while two of ours and two that append like Python write into one file', async () => {
    const folder = folders.next();
    mkdirSync(folder);
    const file = todaysFile(folder);
    const programs = [
      start('write-entries.ts', [folder, 300, 'ours-1']),
      start('write-entries.ts', [folder, 300, 'ours-2']),
      start('append-lines.ts', [file, 1500, 'theirs-1']),
      start('append-lines.ts', [file, 1500, 'theirs-2']),
    ];
    const acknowledged = (await Promise.all(programs.map((program) => program.acknowledged))).flat();
    const { ids, unreadable } = await idsIn(folder);
    expect(acknowledged).toHaveLength(3600);
    expect([...ids].sort()).toEqual([...acknowledged].sort());
    expect(unreadable).toEqual([]);
  });

  it('lose nothing while the file they write to is rewritten again and again', async () => {
    const folder = folders.next();
    mkdirSync(folder);
    const file = todaysFile(folder);
    const old = Array.from({ length: 200 }, (_, index) => `old-${index}`);
    writeFileSync(file, old.map((id) => `${entryToJson(sampleEntry({ id }))}\n`).join(''));
    const programs = [
      start('write-entries.ts', [folder, 400, 'ours', 40 / 1024]),
      start('append-lines.ts', [file, 3000, 'theirs']),
    ];
    const storage = new FileStorage(folder);
    let isRunning = true;
    const acknowledging = Promise.all(programs.map((program) => program.acknowledged)).finally(() => {
      isRunning = false;
    });
    let deleted = 0;
    while (isRunning && deleted < old.length) {
      expect(await storage.delete(old[deleted] ?? '')).toBe(true);
      deleted += 1;
    }
    const acknowledged = (await acknowledging).flat();
    const { ids, unreadable } = await idsIn(folder);
    expect(deleted).toBeGreaterThan(3);
    expect([...ids].sort()).toEqual([...acknowledged, ...old.slice(deleted)].sort());
    expect(unreadable).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('lose no acknowledged entry when a writer is killed', async () => {
    for (let round = 0; round < 6; round += 1) {
      const folder = folders.next();
      const { child, acknowledged } = start('write-entries.ts', [folder, 1_000_000, `r${round}`, 20 / 1024]);
      child.stdout?.once('data', () => setTimeout(() => child.kill('SIGKILL'), 20 + 37 * round));
      const told = await acknowledged;
      const { ids, unreadable } = await idsIn(folder);
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((id) => !ids.includes(id))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(unreadable.length).toBeLessThanOrEqual(1);
    }
  });
});
