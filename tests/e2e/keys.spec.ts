/** The keys page: several keys, from wherever people keep them, locked, unlocked, and remembered only where that is safe. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, keyFile, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async () => {
  log = await copyLog('two-keys');
});
test.afterEach(async () => {
  delete process.env['AUDIT_KEY'];
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

test('a key comes from the environment by its name, and both keys of a rotation are tried', async ({ desk }) => {
  process.env['AUDIT_KEY'] = (await readFile(keyFile('a'), 'utf8')).trim();
  const window = await openLog(desk);
  const keys = await openKeys(window);
  await keys.getByRole('tab', { name: 'Environment' }).click();
  await keys.getByRole('textbox', { name: 'Environment variable' }).fill('NO_SUCH_KEY');
  await keys.getByRole('button', { name: 'Import key' }).click();
  await expect(keys.getByRole('alert')).toContainText('has no variable NO_SUCH_KEY');
  await keys.getByRole('textbox', { name: 'Environment variable' }).fill('AUDIT_KEY');
  await keys.getByRole('button', { name: 'Import key' }).click();
  await expect(keys.getByText(/^Imported AUDIT_KEY, fingerprint/)).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await window.pasteKey('second', await readFile(keyFile('b'), 'utf8'));
  await expect(desk.page.getByRole('button', { name: 'Keys: 2' })).toBeVisible();

  await desk.page.getByRole('button', { name: 'Content', exact: true }).click();
  const panel = desk.page.getByRole('region', { name: 'Search in content' });
  await panel.getByRole('textbox', { name: 'Text to look for in content' }).fill('e');
  await panel.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(panel.getByRole('status').first()).toContainText('looked through');
  await expect(panel.getByText(/no key opens/)).toHaveCount(0);
});

test('a key is made in a file that only its owner reads, and never over another file', async ({ desk }) => {
  const window = await openLog(desk);
  const keys = await openKeys(window);
  const path = join(desk.dataFolder, 'new.key');
  await keys.getByRole('tab', { name: 'Generate' }).click();
  await keys.getByRole('textbox', { name: 'New key file' }).fill(path);
  await keys.getByRole('textbox', { name: 'Name' }).fill('made here');
  await keys.getByRole('button', { name: 'Generate key' }).click();
  await expect(keys.getByRole('table', { name: 'Imported keys' })).toContainText('made here');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const made = await readFile(path, 'utf8');
  expect(made.trim()).toMatch(/^[A-Za-z0-9_-]{43}=$/);
  await expect(keys).not.toContainText(made.trim());
  await keys.getByRole('textbox', { name: 'New key file' }).fill(path);
  await keys.getByRole('button', { name: 'Generate key' }).click();
  await expect(keys.getByRole('alert')).toContainText('file_exists');
  expect(await readFile(path, 'utf8')).toBe(made);
  await keys.getByRole('button', { name: 'Forget' }).click();
  await expect(keys.getByRole('table', { name: 'Imported keys' })).toHaveCount(0);
});

test('the lock hides what is revealed and forgets the keys', async ({ desk }) => {
  const window = await openLog(desk);
  await window.pasteKey('first', await readFile(keyFile('a'), 'utf8'));
  await window.pasteKey('second', await readFile(keyFile('b'), 'utf8'));
  await window.row(0).click();
  await window.detail.getByRole('button', { name: 'Reveal' }).click();
  const text = (await window.revealedText('Input')) ?? '';
  expect(text.length).toBeGreaterThan(3);
  const keys = await openKeys(window);
  await keys.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(keys).toContainText('No key yet');
  await desk.page.keyboard.press('Escape');
  await expect(desk.page.getByRole('button', { name: 'Keys: 0' })).toBeVisible();
  await expect(window.detail.getByRole('region', { name: 'Input text' })).toHaveCount(0);
  expect(await desk.page.content()).not.toContain(text);
});

test('keys are not remembered where there is no real key store, and it says why', async ({ desk }) => {
  test.skip(desk.host === 'electron', 'whether this machine has a key store is not known');
  const window = await openLog(desk);
  await window.pasteKey('first', await readFile(keyFile('a'), 'utf8'));
  const keys = await openKeys(window);
  await expect(keys.getByText(/^Keys are not remembered here\./)).toBeVisible();
  await expect(keys.getByRole('checkbox')).toHaveCount(0);
  expect(await readdir(desk.dataFolder)).not.toContain('remembered-keys.json');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page has no barrier for anybody, ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const window = await openLog(desk);
    await desk.page.emulateMedia({ colorScheme });
    await window.pasteKey('claims-prod 2025', await readFile(keyFile('a'), 'utf8'));
    await window.pasteKey('claims-prod 2026', await readFile(keyFile('b'), 'utf8'));
    const keys = await openKeys(window);
    await keys.getByRole('tab', { name: 'Environment' }).click();
    await expectNoBarriers(desk.page);
    await desk.page.screenshot({ path: test.info().outputPath('keys.png') });
  });
}
