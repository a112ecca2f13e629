import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp } from '../../../src/main/hosts/launch/open-app.ts';

const SOURCE = { kind: 'folder', path: '/var/log/audit' } as const;

let folder: string;
let stderr: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-launch-'));
  stderr = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
  vi.stubEnv('DISPLAY', ':99');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Puts a program in the place of Electron's binary. */
async function installDesktop(script: string): Promise<void> {
  const binary = join(folder, 'electron');
  await writeFile(binary, `#!/bin/sh\n${script}\n`);
  await chmod(binary, 0o755);
}

async function open() {
  const serve = vi.fn(async () => 7);
  return { exitCode: await openApp({ source: SOURCE, serve }), served: serve.mock.calls.length };
}

describe.skipIf(process.platform !== 'linux')('audit-desk open', () => {
  test('starts the desktop with the source and answers its exit code', async () => {
    await installDesktop(`printf '%s\\n' "$@" "run as node:$ELECTRON_RUN_AS_NODE" > ${join(folder, 'seen')}`);
    vi.stubEnv('ELECTRON_RUN_AS_NODE', '1');
    expect(await open()).toEqual({ exitCode: 0, served: 0 });
    const seen = (await readFile(join(folder, 'seen'), 'utf8')).trimEnd().split('\n');
    expect(seen.at(-1)).toBe('run as node:');
    expect(seen).toContain(`--open-source=${JSON.stringify(SOURCE)}`);
    expect(seen.some((argument) => argument.endsWith('/out/main/index.js'))).toBe(true);
    expect(seen.includes('--no-sandbox')).toBe(process.getuid?.() === 0);
  });

  test.each([
    ['has no screen', 'no display', async () => vi.stubEnv('DISPLAY', '').stubEnv('WAYLAND_DISPLAY', '')],
    ['has no binary', 'there is no Electron in', async () => {}],
    ['lacks a library', 'exit code 127', async () => installDesktop('exit 127')],
    ['is refused by its sandbox', 'SIGTRAP', async () => installDesktop('kill -TRAP $$')],
    ['cannot be run', 'cannot be run', async () => writeFile(join(folder, 'electron'), 'no program')],
  ])('where the desktop %s, says so in one line and opens the browser host', async (_what, reason, arrange) => {
    await arrange();
    expect(await open()).toEqual({ exitCode: 7, served: 1 });
    const lines = stderr.trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^Audit Desk opens in a browser: /);
    expect(lines.at(-1)).toContain(reason);
    expect(lines.filter((line) => !line.includes('runs as root'))).toHaveLength(1);
  });
});
