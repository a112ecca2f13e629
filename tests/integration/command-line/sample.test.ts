import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE, runCommand } from './command-run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'audit-desk-sample-'));
});
afterEach(async () => await rm(root, { recursive: true, force: true }));

interface Stored {
  readonly id: string;
  readonly timestamp: string;
  readonly safety_passed: boolean;
  readonly provider: string;
  readonly conversation_id: string;
  readonly input_content: string | null;
  readonly metadata: { readonly department: string };
}

async function sample(name: string, ...options: readonly string[]): Promise<string> {
  const folder = join(root, name);
  const result = await runCommand(['sample', folder, ...options]);
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return folder;
}

/** Every file with the SHA-256 of its bytes. */
async function fingerprint(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).sort();
  return await Promise.all(
    names.map(
      async (name) =>
        `${name} ${createHash('sha256')
          .update(await readFile(join(folder, name)))
          .digest('hex')}`,
    ),
  );
}

async function entries(folder: string): Promise<readonly Stored[]> {
  return JSON.parse((await runCommand(['list', folder, '--json'])).stdout) as Stored[];
}

const WEEK = ['--entries', '3000', '--days', '7', '--until', '2026-02-27T17:30:00'];

describe('audit-desk sample', () => {
  it('writes the same bytes for the same options, and others for another seed', async () => {
    const [one, two] = [await fingerprint(await sample('a', ...WEEK)), await fingerprint(await sample('b', ...WEEK))];
    expect(one).toEqual(two);
    expect(await fingerprint(await sample('c', ...WEEK, '--seed', '2'))).not.toEqual(one);
  });

  it('writes the same bytes also where content is encrypted', async () => {
    const options = [...WEEK, '--encrypted', '--key-file', join(REFERENCE, 'key-a.key')];
    const folder = await sample('a', ...options);
    expect(await fingerprint(folder)).toEqual(await fingerprint(await sample('b', ...options)));
    const all = await entries(folder);
    expect(all.every(({ input_content }) => input_content?.startsWith('Z0FBQUFB'))).toBe(true);
    const shown = await runCommand(['get', folder, all[5]?.id ?? '', '--key-file', join(REFERENCE, 'key-a.key')]);
    expect(shown.stdout.match(/content matches its recorded hash/g)).toHaveLength(2);
  });

  it('is as large and as long as it was asked to be, and believable', async () => {
    const folder = await sample('a', ...WEEK);
    const all = await entries(folder);
    expect(all).toHaveLength(3000);
    const days = [...new Set(all.map(({ timestamp }) => timestamp.slice(0, 10)))];
    expect(days).toEqual(['21', '22', '23', '24', '25', '26', '27'].map((day) => `2026-02-${day}`));
    expect(await readdir(folder)).toHaveLength(7);
    expect(all.every(({ timestamp }) => timestamp <= '2026-02-27T17:30:00')).toBe(true);
    const blocked = all.filter(({ safety_passed }) => !safety_passed).length / all.length;
    expect(blocked).toBeGreaterThan(0.02);
    expect(blocked).toBeLessThan(0.04);
    expect(new Set(all.map(({ provider }) => provider)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(all.map(({ metadata }) => metadata.department)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(all.map(({ conversation_id }) => conversation_id)).size).toBeLessThan(2200);
    const onDay = (day: string) => all.filter(({ timestamp }) => timestamp.startsWith(`2026-02-${day}`)).length;
    expect(onDay('25')).toBeGreaterThan(3 * onDay('22'));
    const texts = all.map(({ input_content }) => input_content ?? '').join(' ');
    for (const script of [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Emoji_Presentation}/u]) {
      expect(texts).toMatch(script);
    }
  });

  it('lies in the files in the order of time', async () => {
    const folder = await sample('a', ...WEEK);
    for (const name of await readdir(folder)) {
      const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
      const times = lines.map((line) => (JSON.parse(line) as Stored).timestamp);
      const day = `${name.slice(6, 10)}-${name.slice(10, 12)}-${name.slice(12, 14)}`;
      expect(times.every((time) => time.startsWith(day))).toBe(true);
    }
  });

  it('ends at the last microsecond before midnight where that is its end', async () => {
    const folder = await sample('a', '--entries', '10', '--days', '1', '--until', '2026-02-27T00:00:00.000001');
    expect((await entries(folder)).every(({ timestamp }) => timestamp <= '2026-02-27T00:00:00.000001')).toBe(true);
  });

  it('refuses a folder that holds a log, and options that do not fit', async () => {
    await writeFile(join(root, 'audit_20260101.jsonl'), '');
    const taken = await runCommand(['sample', root, ...WEEK]);
    expect(taken).toMatchObject({ exitCode: 1, stdout: '' });
    expect(taken.stderr).toMatch(/\(file_exists\)\n$/);
    for (const options of [
      ['--entries', '0', '--days', '1'],
      ['--entries', '10'],
      ['--entries', '10', '--days', '1', '--encrypted'],
      ['--entries', '10', '--days', '1', '--until', 'soon'],
    ]) {
      expect(await runCommand(['sample', join(root, 'other'), ...options])).toMatchObject({ exitCode: 2, stdout: '' });
    }
  });
});
