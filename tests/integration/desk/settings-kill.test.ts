/** Settings that are being saved while the process is killed: old or new, always whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSettings } from '../../../src/main/desk/settings.ts';

const ROUNDS = 12;
const SETTINGS = join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'desk', 'settings.ts');
const SAVE_FOR_EVER = `
  const { openSettings } = await import(process.argv[1]);
  const settings = await openSettings(process.argv[2]);
  for (let round = 0; ; round += 1) {
    const timeZone = round % 2 === 0 ? 'Europe/Berlin' : 'America/Argentina/ComodRivadavia';
    await settings.update((value) => ({ ...value, timeZone }));
    if (round === 0) process.stdout.write('saving');
  }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-settings-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

it('settings are old or new after a kill at any moment, never damaged', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', SAVE_FOR_EVER, SETTINGS, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    child.kill('SIGKILL');
    await once(child, 'close');
    const settings = await openSettings(folder);
    expect(settings.value.timeZone).toMatch(/^(Europe\/Berlin|America\/Argentina\/ComodRivadavia)$/);
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toEqual([]);
  }
}, 60_000);
