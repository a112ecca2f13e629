/** Keys that the system's key store remembers: only where there is a real one, and only as ciphertext. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestDesk, test } from '../support/desk-test.ts';
import { expectNoBarriers } from '../support/expect-no-barriers.ts';
import { DeskWindow } from '../window/desk-window.ts';
import { copyLog, keyFile, type LogCopy } from '../window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async () => {
  process.env['STAND_IN_KEY_STORE'] = '1';
  log = await copyLog('two-keys');
});
test.afterEach(async () => {
  delete process.env['STAND_IN_KEY_STORE'];
  await log.remove();
});

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  return window;
}

async function openKeys(window: DeskWindow) {
  await window.page.getByRole('button', { name: /^Keys: / }).click();
  return window.dialog('Keys');
}

test('a remembered key is locked, unlocked, and there again after a restart; on disk it is ciphertext', async ({
  desk,
}) => {
  test.slow();
  const key = (await readFile(keyFile('a'), 'utf8')).trim();
  const window = await openLog(desk);
  await window.pasteKey('first', key);
  await window.pasteKey('second', await readFile(keyFile('b'), 'utf8'));
  const keys = await openKeys(window);
  await keys.getByRole('checkbox', { name: /^Remember first/ }).check();
  await keys.getByRole('button', { name: 'Lock', exact: true }).click();
  const table = keys.getByRole('table', { name: 'Imported keys' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table).toContainText('first locked');
  await keys.getByRole('button', { name: 'Unlock' }).click();
  await expect(table).not.toContainText('locked');
  await expectNoBarriers(desk.page);
  await desk.page.screenshot({ path: test.info().outputPath('remembered.png') });
  const path = join(desk.dataFolder, 'remembered-keys.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const stored = await readFile(path, 'utf8');
  for (const form of [key, Buffer.from(key).toString('base64'), Buffer.from(key, 'base64url').toString('base64')]) {
    expect(stored).not.toContain(form.slice(0, 16));
  }

  await openLog(desk);
  await expect(desk.page.getByRole('button', { name: 'Keys: 1' })).toBeVisible();
  const again = await openKeys(new DeskWindow(desk.page));
  await again.getByRole('button', { name: 'Forget first' }).click();
  await expect(again).toContainText('No key yet');
  expect(await readFile(path, 'utf8')).not.toContain('first');
});
