import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REFERENCE, runCommand } from './command-run.ts';

const FOLDER = join(REFERENCE, 'hash-only');

async function ids(...options: readonly string[]): Promise<readonly string[]> {
  const result = await runCommand(['list', FOLDER, '--json', ...options]);
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return (JSON.parse(result.stdout) as { id: string }[]).map(({ id }) => id);
}

async function timestamps(...options: readonly string[]): Promise<readonly string[]> {
  const result = await runCommand(['list', FOLDER, '--json', ...options]);
  return (JSON.parse(result.stdout) as { timestamp: string }[]).map(({ timestamp }) => timestamp);
}

describe('audit-desk list', () => {
  it('takes a bare date as the whole day, to its last microsecond', async () => {
    const day = await timestamps('--from', '2026-01-28', '--to', '2026-01-28');
    expect(day.length).toBeGreaterThan(0);
    expect(day.every((timestamp) => timestamp.startsWith('2026-01-28T'))).toBe(true);
    const all = await timestamps();
    expect(day).toHaveLength(all.filter((timestamp) => timestamp.startsWith('2026-01-28T')).length);
  });

  it('takes both ends of a range as part of it', async () => {
    const [first = '', , third = ''] = await timestamps();
    const range = await timestamps('--from', first, '--to', third);
    expect(range[0]).toBe(first);
    expect(range.at(-1)).toBe(third);
  });

  it('gives the first ones of a limit', async () => {
    expect(await ids('--limit', '7')).toEqual((await ids()).slice(0, 7));
  });

  it('filters by provider, model and what was blocked', async () => {
    const all = JSON.parse((await runCommand(['list', FOLDER, '--json'])).stdout) as {
      id: string;
      provider: string | null;
      model: string | null;
      safety_passed: boolean;
    }[];
    const idsOf = (keep: (entry: (typeof all)[number]) => boolean) => all.filter(keep).map(({ id }) => id);
    expect(await ids('--provider', 'openai')).toEqual(idsOf(({ provider }) => provider === 'openai'));
    expect(await ids('--model', 'gpt-4-turbo')).toEqual(idsOf(({ model }) => model === 'gpt-4-turbo'));
    const blocked = idsOf(({ safety_passed }) => !safety_passed);
    expect(blocked.length).toBeGreaterThan(0);
    expect(await ids('--blocked')).toEqual(blocked);
  });

  it('prints an empty array where nothing matches', async () => {
    expect(await runCommand(['list', FOLDER, '--json', '--provider', 'nobody'])).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: '',
    });
  });

  it('prints aligned columns without colours for a person', async () => {
    const { stdout } = await runCommand(['list', FOLDER, '--limit', '3']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^TIME \(UTC\) +STATUS +PROVIDER +MODEL +LATENCY +TOKENS +ID$/);
    expect(new Set(lines.map((line) => line.search(/\S+$/))).size).toBe(1);
    expect(stdout).not.toContain('\u001b');
  });

  it('reads more entries than a page holds', async () => {
    const { stdout } = await runCommand(['list', FOLDER, '--json']);
    expect((JSON.parse(stdout) as unknown[]).length).toBe(300);
  });

  it('refuses a range that ends before it begins, and times that are none', async () => {
    const inverted = await runCommand(['list', FOLDER, '--from', '2026-02-01', '--to', '2026-01-01']);
    expect(inverted).toMatchObject({ exitCode: 2, stdout: '' });
    expect(inverted.stderr).toMatch(/^audit-desk: .*\(invalid_range\)\n$/);
    const noTime = await runCommand(['list', FOLDER, '--from', 'yesterday']);
    expect(noTime).toMatchObject({ exitCode: 2, stdout: '' });
    expect(noTime.stderr).toMatch(/\(invalid_argument\)\n$/);
  });
});
