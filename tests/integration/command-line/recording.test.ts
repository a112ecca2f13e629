import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENTRY_FIELDS } from '../../../src/main/audit/index.ts';
import { FIXTURES, REFERENCE, runCommand } from './command-run.ts';

const KEY_A = join(REFERENCE, 'key-a.key');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-log-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

async function storedLines(): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== ''));
}

describe('audit-desk log', () => {
  it('prints one id a line in the order of the input, however many are under way', async () => {
    const stdin = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({ input: `q${index}`, output: 'a', metadata: { index } }),
    ).join('\n');
    const result = await runCommand(['log', folder], { stdin });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const byId = new Map(
      (await storedLines()).map((line) => {
        const entry = JSON.parse(line) as { id: string; metadata: { index: number } };
        return [entry.id, entry.metadata.index];
      }),
    );
    expect(
      result.stdout
        .trimEnd()
        .split('\n')
        .map((id) => byId.get(id)),
    ).toEqual(Array.from({ length: 3000 }, (_, index) => index));
  });

  it('records every field it is given, and only hashes of the texts', async () => {
    const interaction = {
      input: 'Wie lange heben wir auf?',
      output: '183 Tage. 📅',
      provider: 'openai',
      model: 'gpt-4',
      conversation_id: 'c-1',
      safety_passed: false,
      detectors_triggered: ['pii'],
      block_reason: 'Personal data',
      alerts: ['privacy_officer'],
      latency_ms: 12.5,
      input_tokens: 6,
      output_tokens: 3,
      metadata: { department: 'legal' },
    };
    expect(await runCommand(['log', folder], { stdin: `${JSON.stringify(interaction)}\n` })).toMatchObject({
      exitCode: 0,
    });
    const entry = JSON.parse((await storedLines())[0] ?? '') as Record<string, unknown>;
    const { input: _, output: __, ...recorded } = interaction;
    expect(Object.keys(entry)).toEqual([...ENTRY_FIELDS]);
    expect(entry).toMatchObject({ ...recorded, input_content: null, output_content: null });
    const hash = await runCommand(['hash'], { stdin: interaction.input });
    expect(hash.stdout).toBe(`${entry['input_hash']}\n`);
  });

  it('names a bad line, records the rest, and ends with 3', async () => {
    const stdin = [
      '{"input": "one", "output": "1"}',
      '{"input": "secret-text", ',
      '{"input": "no output"}',
      '',
      '{"input": "x", "output": "y", "colour": "red"}',
      '{"input": "\\ud800", "output": "half a pair"}',
      '{"input": "two", "output": "2"}',
    ].join('\n');
    const result = await runCommand(['log', folder], { stdin });
    expect(result.exitCode).toBe(3);
    expect(result.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(result.stderr.match(/^line \d+/gm)).toEqual(['line 2', 'line 3', 'line 5', 'line 6']);
    expect(result.stderr).toContain('(unencodable_text)');
    expect(result.stderr).not.toContain('secret-text');
    expect(await storedLines()).toHaveLength(2);
  });

  it('stores texts encrypted, and get shows them with the key', async () => {
    const stdin = '{"input": "frage", "output": "antwort"}';
    const { stdout } = await runCommand(['log', folder, '--store-content', '--key-file', KEY_A], { stdin });
    expect((await storedLines())[0]).not.toContain('frage');
    const shown = await runCommand(['get', folder, stdout.trim(), '--key-file', KEY_A]);
    expect(shown).toMatchObject({ exitCode: 0 });
    expect(shown.stdout).toContain('input (content matches its recorded hash):\nfrage\n');
    const locked = await runCommand(['get', folder, stdout.trim()]);
    expect(locked.stdout).toMatch(/^input: encrypted, \d+ bytes/m);
  });

  it('says so where a key is given but nothing is stored', async () => {
    const result = await runCommand(['log', folder, '--key-file', KEY_A], { stdin: '{"input": "a", "output": "b"}' });
    expect(result.exitCode).toBe(0);
    expect(result.stderr).toContain('--store-content');
    expect((await storedLines())[0]).toContain('"input_content": null');
  });

  it('records what is no ASCII and keeps integers past 2^53', async () => {
    const stdin = '{"input": "你好", "output": "مرحبا", "metadata": {"n": 123456789012345678901234567890}}';
    await runCommand(['log', folder, '--store-content'], { stdin });
    const [line = ''] = await storedLines();
    expect(line).toContain('123456789012345678901234567890');
    expect((JSON.parse(line) as { input_content: string }).input_content).toBe('你好');
  });

  it('fails where it cannot write, and prints no id', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const result = await runCommand(['log', file], { stdin: '{"input": "a", "output": "b"}' });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/^line 1: .*\((not_a_folder|file_exists|io_error)\)$/m);
  });
});

describe('audit-desk decrypt', () => {
  it('opens bare and wrapped tokens, and names what it cannot open', async () => {
    const bare = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==';
    const key = join(folder, 'spec.key');
    await writeFile(key, 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=\n');
    const wrapped = Buffer.from(bare).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    const stdin = [bare, wrapped, bare.slice(0, 40)].join('\n');
    const result = await runCommand(['decrypt', '--key-file', key, '--json'], { stdin });
    expect(result).toMatchObject({ exitCode: 3, stdout: '"hello"\n"hello"\nnull\n' });
    expect(result.stderr).toMatch(/^line 3: .*\(invalid_token\)\n$/);
    const wrong = await runCommand(['decrypt', '--key-file', KEY_A], { stdin: bare });
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/\(wrong_key\)\n$/);
  });
});

describe('audit-desk keygen', () => {
  it('prints a new key each time', async () => {
    const [first, second] = [await runCommand(['keygen']), await runCommand(['keygen'])];
    expect(first.stdout).toMatch(/^[A-Za-z0-9_-]{43}=\n$/);
    expect(first.stdout).not.toBe(second.stdout);
  });

  it('writes a file with mode 0600 and never over another', async () => {
    const path = join(folder, 'new.key');
    const result = await runCommand(['keygen', '--out', path]);
    const key = await readFile(path, 'utf8');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(result.stdout).not.toContain(key.trim());
    const again = await runCommand(['keygen', '--out', path]);
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(again.stderr).toMatch(/\(file_exists\)\n$/);
    expect(await readFile(path, 'utf8')).toBe(key);
  });
});

describe('audit-desk get', () => {
  const encrypted = join(REFERENCE, 'encrypted');
  const id = 'fe72a7b1-6177-4ea2-9c6f-4badc686a7dc';

  it('fails by code with a wrong key, a key that is none, and a key file that is missing', async () => {
    const wrong = await runCommand(['get', encrypted, id, '--key-file', join(REFERENCE, 'key-b.key')]);
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^audit-desk: .*\(wrong_key\)\n$/);
    const noKey = await runCommand(['get', encrypted, id, '--key-file', join(FIXTURES, 'edge-cases', 'notes.txt')]);
    expect(noKey.stderr).toMatch(/\(invalid_key\)\n$/);
    const missing = await runCommand(['get', encrypted, id, '--key-file', join(folder, 'missing')]);
    expect(missing.stderr).toMatch(/\(source_not_found\)\n$/);
  });

  it('fails by code where the entry or the folder is not there', async () => {
    const missing = await runCommand(['get', encrypted, '../../etc/passwd']);
    expect(missing).toMatchObject({ exitCode: 1, stdout: '' });
    expect(missing.stderr).toMatch(/^audit-desk: .*\((entry_not_found|invalid_id)\)\n$/);
    const noFolder = await runCommand(['get', join(folder, 'missing'), id]);
    expect(noFolder.stderr).toMatch(/^audit-desk: .*\(source_not_found\)\n$/);
    const noLog = await runCommand(['count', join(encrypted, 'audit_20260226.jsonl')]);
    expect(noLog).toMatchObject({ exitCode: 1, stdout: '' });
    expect(noLog.stderr).toMatch(/\(not_a_folder\)\n$/);
  });

  it('says where content differs from its recorded hash', async () => {
    const line = '{"id": "x", "timestamp": "2026-01-01T00:00:00", "input_hash": "00", "output_hash": "';
    const entry = `${line}${'0'.repeat(64)}", "input_content": "a\\u001b[31m", "output_content": "b"}\n`;
    await writeFile(join(folder, 'audit_20260101.jsonl'), entry);
    const { stdout } = await runCommand(['get', folder, 'x', '--key-file', KEY_A]);
    expect(stdout).toContain('output (CONTENT DIFFERS FROM ITS RECORDED HASH):\nb');
    expect(stdout).toContain('input (its recorded hash cannot be compared):\na\\u001b[31m');
  });
});
