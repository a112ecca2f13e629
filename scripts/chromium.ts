/** Finds a Chromium for the tests, or installs one: Debian's through apt as root, otherwise Playwright's own. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium that is there now, or null. `AUDIT_DESK_CHROMIUM` names one outright. */
export function findChromium(): string | null {
  const named = process.env['AUDIT_DESK_CHROMIUM'];
  const paths = [...(named === undefined ? [] : [named]), ...CANDIDATES, chromium.executablePath()];
  return paths.find((path) => path !== '' && existsSync(path)) ?? null;
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

/** Path of a Chromium, installed first where there is none. */
export function provideChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', [
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      'chromium',
      'fonts-noto-core',
      'fonts-noto-cjk',
      'fonts-noto-color-emoji',
    ]);
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed === null) throw new Error('No Chromium could be found or installed; set AUDIT_DESK_CHROMIUM to one.');
  return installed;
}
