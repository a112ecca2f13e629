import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBrowserWindow } from '../../../src/main/hosts/web/open-window.ts';

const LINK = 'http://127.0.0.1:1/#token=canary-token';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-window-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** A browser that notes its arguments, one a line. */
async function installBrowser(): Promise<string> {
  const browser = join(folder, 'browser');
  await writeFile(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/seen.part && mv ${folder}/seen.part ${folder}/seen\n`,
  );
  await chmod(browser, 0o755);
  vi.stubEnv('AUDIT_DESK_CHROMIUM', browser);
  return join(folder, 'seen');
}

describe.skipIf(process.platform === 'win32')('the window of the web host', () => {
  test('is one of its own, and the token is in no argument but in a page that only its owner may read', async () => {
    const seen = await installBrowser();
    const window = await openBrowserWindow(LINK, folder);
    expect(window.kind).toBe('app-window');
    await vi.waitFor(() => expect(existsSync(seen)).toBe(true));
    const seenArguments = (await readFile(seen, 'utf8')).split('\n');
    expect(seenArguments.join(' ')).not.toContain('canary');
    expect(seenArguments).toContain(`--user-data-dir=${join(folder, 'browser')}`);
    const app = seenArguments.find((argument) => argument.startsWith('--app='));
    const page = fileURLToPath(app?.slice('--app='.length) ?? '');
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect(await readFile(page, 'utf8')).toContain(`url=${LINK}`);
    await window.forget();
    await window.forget();
    expect(existsSync(page)).toBe(false);
  });
});
