import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIXTURES, REFERENCE, runCommand } from './command-run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-log-'));
  await cp(join(REFERENCE, 'hash-only'), folder, { recursive: true });
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

/** Noon of 30 January: with a retention of one day the cutoff lies inside of a file. */
const now = () => Date.UTC(2026, 0, 30, 12);

async function files(): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const hash = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await hash(name)] as const)));
}

async function timestamps(): Promise<readonly string[]> {
  const { stdout } = await runCommand(['list', folder, '--json']);
  return (JSON.parse(stdout) as { timestamp: string }[]).map(({ timestamp }) => timestamp);
}

describe('audit-desk cleanup', () => {
  it('removes what is at or before the cutoff and keeps the rest, with a receipt', async () => {
    const before = await timestamps();
    const result = await runCommand(['cleanup', folder, '--retention-days', '1', '--yes', '--json'], { now });
    const gone = before.filter((timestamp) => timestamp <= '2026-01-29T12:00:00');
    expect(gone.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({
      cutoff: '2026-01-29T12:00:00',
      dryRun: false,
      removed: gone.length,
      kept: before.length - gone.length,
      unreadableKept: 0,
      stopped: false,
    });
    expect(await timestamps()).toEqual(before.slice(gone.length));
  });

  it('only counts with --dry-run', async () => {
    const before = await files();
    const dry = await runCommand(['cleanup', folder, '--retention-days', '1', '--dry-run', '--json'], { now });
    expect(await files()).toEqual(before);
    const done = await runCommand(['cleanup', folder, '--retention-days', '1', '--yes', '--json'], { now });
    const counts = (text: string) => {
      const { removed, kept, filesRemoved, filesRewritten } = JSON.parse(text) as Record<string, number>;
      return { removed, kept, filesRemoved, filesRewritten };
    };
    expect(counts(dry.stdout)).toEqual(counts(done.stdout));
  });

  it('wants a confirmation where nobody can be asked, and touches nothing', async () => {
    const before = await files();
    const result = await runCommand(['cleanup', folder, '--retention-days', '1'], { now });
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toMatch(/\(confirmation_required\)\n$/);
    expect(await files()).toEqual(before);
  });

  it('refuses days that are no whole number from 0', async () => {
    for (const days of ['-1', '1.5', 'ten', '']) {
      const result = await runCommand(['cleanup', folder, `--retention-days=${days}`, '--yes'], { now });
      expect(result.exitCode).toBe(2);
    }
    expect(await timestamps()).toHaveLength(300);
  });

  it('keeps lines that cannot be read, and names them: exit 3', async () => {
    await rm(folder, { recursive: true });
    await cp(join(FIXTURES, 'edge-cases'), folder, { recursive: true });
    const result = await runCommand(['cleanup', folder, '--retention-days', '0', '--yes']);
    expect(result.exitCode).toBe(3);
    expect(result.stdout).toMatch(/^unreadable, kept {2}10$/m);
    expect(result.stderr.match(/^unreadable: /gm)).toHaveLength(10);
    const count = await runCommand(['count', folder, '--json']);
    expect(JSON.parse(count.stdout)).toMatchObject({ unreadable: 10 });
  });

  it('fails where the folder is not there', async () => {
    const result = await runCommand(['cleanup', join(folder, 'missing'), '--retention-days', '1', '--yes']);
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/\(source_not_found\)\n$/);
  });
});
