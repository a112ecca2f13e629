/** The command line as a process: exit codes, streams that end early, users without permission. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE, spawnCommand } from './command-run.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const CLI = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'cli.ts');

let folder: string;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-process-'));
  env = { AUDIT_DESK_DATA: join(folder, 'data') };
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe('the process audit-desk', () => {
  it('tells its version and its help with exit 0', async () => {
    const version = await spawnCommand(['--version']);
    expect(version).toMatchObject({ exitCode: 0, stderr: '' });
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await spawnCommand(['--help']);
    expect(help.exitCode).toBe(0);
    for (const command of [
      'open',
      'serve',
      'list',
      'get',
      'count',
      'log',
      'cleanup',
      'decrypt',
      'keygen',
      'hash',
      'sample',
    ]) {
      expect(help.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
  });

  it('ends with 2 where it was called wrongly, and says how to get help', async () => {
    for (const args of [
      ['list'],
      ['count', 'a', 'b'],
      ['keygen', '--colour'],
      ['list', 'x', '--limit', '0'],
      ['decrypt'],
    ]) {
      const result = await spawnCommand(args);
      expect(result).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).toMatch(/^audit-desk: /);
      expect(result.stderr).toContain('--help');
    }
  });

  it('says in one line what failed, without a stack', async () => {
    const result = await spawnCommand(['count', join(folder, 'missing')], { env });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/^audit-desk: [^\n]+ \(source_not_found\)\n$/);
  });

  it('takes what is no command for a SOURCE, and says that it is not there before any window opens', async () => {
    const result = await spawnCommand(['lst'], { env });
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toMatch(/^audit-desk: [^\n]+lst[^\n]+ \(source_not_found\)\n$/);
  });

  it('prints more than a pipe holds, and nothing else', async () => {
    const log = join(folder, 'log');
    await spawnCommand(['sample', log, '--entries', '15000', '--days', '3', '--until', '2026-02-28'], { env });
    const { stdout, stderr } = await spawnCommand(['list', log, '--json'], { env });
    expect(stderr).toBe('');
    expect((JSON.parse(stdout) as unknown[]).length).toBe(15_000);
  });

  it('reads standard input and prints the hash of every byte of it', async () => {
    const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    expect(await spawnCommand(['hash'], { stdin: 'hello' })).toEqual({ exitCode: 0, stdout: `${hello}\n`, stderr: '' });
  });

  it('ends quietly where the reader of its output goes away', async () => {
    const log = join(folder, 'log');
    await spawnCommand(['sample', log, '--entries', '20000', '--days', '3', '--until', '2026-02-28'], { env });
    const child = spawn(process.execPath, [CLI, 'list', log, '--json'], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  });

  it('goes on recording where the reader of its ids goes away', async () => {
    const log = join(folder, 'log');
    const child = spawn(process.execPath, [CLI, 'log', log], { env: { ...process.env, ...env }, stdio: 'pipe' });
    child.stdin.write('{"input": "1", "output": "a"}\n');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end(Array.from({ length: 50 }, () => '{"input": "2", "output": "b"}\n').join(''));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(await spawnCommand(['count', log], { env })).toMatchObject({ stdout: '51\n' });
  });

  it('prints an id as soon as its entry is safe, while standard input stays open', async () => {
    const log = join(folder, 'log');
    const child = spawn(process.execPath, [CLI, 'log', log], { env: { ...process.env, ...env }, stdio: 'pipe' });
    child.stdin.write('{"input": "1", "output": "a"}\n');
    const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const stored = await readFile(join(log, `audit_${day}.jsonl`), 'utf8');
    expect((JSON.parse(stored) as { id: string }).id).toBe(String(chunk).trim());
    child.stdin.end();
    await once(child, 'close');
  });

  it.skipIf(!isRoot)('fails by code without permission (tested as another user, which takes root)', async () => {
    const log = join(folder, 'log');
    await cp(join(REFERENCE, 'hash-only'), log, { recursive: true });
    await chmod(folder, 0o755);
    await chmod(log, 0o700);
    const nobody = { uid: NOBODY, env: { AUDIT_DESK_DATA: '/nonexistent/data', HOME: '/nonexistent' } };
    const count = await spawnCommand(['count', log], nobody);
    expect(count).toMatchObject({ exitCode: 1, stdout: '' });
    expect(count.stderr).toMatch(/^audit-desk: [^\n]+ \(permission_denied\)\n$/);
    await chmod(log, 0o755);
    const write = await spawnCommand(['log', log], { ...nobody, stdin: '{"input": "1", "output": "a"}' });
    expect(write).toMatchObject({ exitCode: 1, stdout: '' });
    expect(write.stderr).toMatch(/^line 1: [^\n]+ \(permission_denied\)$/m);
    const get = await spawnCommand(['get', log, 'missing'], nobody);
    expect(get.stderr).toMatch(/\(entry_not_found\)\n$/);
  });
});
