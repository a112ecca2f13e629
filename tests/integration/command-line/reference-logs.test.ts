/** Logs that the Python original wrote, read by the command line. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFERENCE, runCommand } from './command-run.ts';
import { expectedSet, expectPlaintexts, KEY_A, KEY_B, listEntries, told } from './reference-set.ts';

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'audit-desk-data-'));
});
afterAll(async () => await rm(dataFolder, { recursive: true }));

async function decryptAll(tokens: readonly (string | null)[], keys: readonly string[]): Promise<unknown[]> {
  const result = await runCommand(['decrypt', '--json', ...keys], { stdin: tokens.join('\n') });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  return result.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

describe.each([
  { set: 'plaintext', keys: [] },
  { set: 'encrypted', keys: KEY_A },
  { set: 'two-keys', keys: [...KEY_A, ...KEY_B] },
])('the reference log $set', ({ set, keys }) => {
  const folder = join(REFERENCE, set);
  const expected = expectedSet(set);

  it('is counted', async () => {
    const result = await runCommand(['count', folder], { dataFolder });
    expect(result).toEqual({ exitCode: 0, stdout: `${expected.count}\n`, stderr: '' });
  });

  it('is listed by time, oldest first', async () => {
    expect((await listEntries(folder, dataFolder)).map(told)).toEqual(expected.entries.map(told));
  });

  it('shows its plaintexts', async () => {
    const entries = await listEntries(folder, dataFolder);
    const isEncrypted = keys.length > 0;
    const inputs = entries.map((entry) => entry.input_content);
    const outputs = entries.map((entry) => entry.output_content);
    const wanted = [expected.entries.map(({ input }) => input), expected.entries.map(({ output }) => output)];
    const found = isEncrypted ? [await decryptAll(inputs, keys), await decryptAll(outputs, keys)] : [inputs, outputs];
    expect(found).toEqual(wanted);
    await expectPlaintexts(folder, expected, keys, dataFolder);
  });
});

describe('the reference log hash-only', () => {
  const folder = join(REFERENCE, 'hash-only');
  const expected = expectedSet('hash-only');

  it('is counted and listed by time', async () => {
    expect(await runCommand(['count', folder], { dataFolder })).toMatchObject({ exitCode: 0, stdout: '300\n' });
    expect((await listEntries(folder, dataFolder)).map(told)).toEqual(expected.entries.map(told));
  });

  it('keeps hashes and no content', async () => {
    const entries = await listEntries(folder, dataFolder);
    expect(entries.map(({ input_hash }) => input_hash)).toEqual(
      expected.entries.map(({ input_sha256 }) => input_sha256),
    );
    expect(entries.every((entry) => entry.input_content === null && entry.output_content === null)).toBe(true);
  });
});

describe('the reference log two-keys', () => {
  it('opens with either key only what was written with it', async () => {
    const tokens = (await listEntries(join(REFERENCE, 'two-keys'), dataFolder)).map((entry) => entry.input_content);
    const opened = async (key: readonly string[]) => {
      const result = await runCommand(['decrypt', '--json', ...key], { stdin: tokens.join('\n') });
      expect(result.exitCode).toBe(3);
      expect(result.stderr).toContain('(wrong_key)');
      return result.stdout.split('\n').filter((line) => line.startsWith('"')).length;
    };
    const [withA, withB] = [await opened(KEY_A), await opened(KEY_B)];
    expect(withA).toBeGreaterThan(0);
    expect(withB).toBeGreaterThan(0);
    expect(withA + withB).toBe(60);
  });
});
