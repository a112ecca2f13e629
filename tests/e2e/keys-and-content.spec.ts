/** What opens with which key, and what is said where nothing fits. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EncryptionManager } from '../../src/main/audit/index.ts';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, keyFile, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;

test.beforeEach(async () => {
  log = await copyLog('two-keys');
});

test.afterEach(async () => {
  await log.remove();
});

const keyText = (key: 'a' | 'b') => readFile(keyFile(key), 'utf8');

/** Id of the first entry whose input a key opens. */
async function idOpenedBy(key: 'a' | 'b'): Promise<string> {
  const manager = new EncryptionManager(await keyText(key));
  for (const { entry } of await log.lines()) {
    try {
      manager.decrypt(String(entry?.['input_content']));
      return String(entry?.['id']);
    } catch {
      // The other key's.
    }
  }
  throw new Error(`No entry opens with key ${key}`);
}

/** Cuts the stored input of an entry in half. */
async function damageInput(id: string): Promise<void> {
  const line = (await log.lines()).find(({ entry }) => entry?.['id'] === id);
  const stored = String(line?.entry?.['input_content']);
  const path = join(log.folder, line?.file ?? '');
  await writeFile(path, (await readFile(path, 'utf8')).replace(stored, stored.slice(0, stored.length / 2)));
}

test('of several keys the one that fits opens, and is named', async ({ desk }) => {
  const expected = await expectedEntries('two-keys');
  const window = new DeskWindow(await desk.start({ source: log.folder }));
  await window.expectCounts('60 entries');
  await window.pasteKey('old key', await keyText('a'));
  await window.pasteKey('new key', await keyText('b'));
  for (const [key, name] of [
    ['a', 'old key'],
    ['b', 'new key'],
  ] as const) {
    const id = await idOpenedBy(key);
    await window.findById(id);
    await window.reveal();
    await expect(window.detail.getByText(`Opened with the key “${name}”`)).toHaveCount(2);
    await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
    const entry = expected.find((known) => known.id === id);
    expect(await window.revealedText('Input')).toBe(entry?.input);
    expect(await window.revealedText('Output')).toBe(entry?.output);
  }
});

test('no key, another key and a damaged token are told apart', async ({ desk }) => {
  const [id, damaged] = [await idOpenedBy('a'), await idOpenedBy('b')];
  await damageInput(damaged);
  const window = new DeskWindow(await desk.start({ source: log.folder }));
  await window.expectCounts('60 entries');

  await window.findById(id);
  await window.reveal();
  await expect(window.detail.getByRole('alert').filter({ hasText: 'no_key' })).toHaveCount(2);
  await expect(window.detail.getByRole('alert').first()).toContainText('Import the key');

  await window.page.getByRole('button', { name: 'Keys: 0' }).click();
  const keys = window.dialog('Keys');
  await keys.getByRole('tab', { name: 'Paste' }).click();
  await keys.getByLabel('Key', { exact: true }).fill('tomato soup');
  await keys.getByRole('button', { name: 'Import key' }).click();
  await expect(keys.getByRole('alert')).toContainText('invalid_key');
  await expect(keys.getByRole('alert')).not.toContainText('tomato soup');
  await window.page.keyboard.press('Escape');

  await window.pasteKey('new key', await keyText('b'));
  await window.reveal();
  await expect(window.detail.getByRole('alert').filter({ hasText: 'wrong_key' })).toHaveCount(2);
  await expect(window.detail.getByRole('region', { name: 'Input text' })).toBeHidden();

  await window.findById(damaged);
  await window.reveal();
  await expect(window.detail.getByRole('alert')).toContainText('invalid_token');
  await expect(window.detail.getByRole('region', { name: 'Output text' })).toBeVisible();
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(1);
});
