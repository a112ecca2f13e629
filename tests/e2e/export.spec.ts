/** Entries taken out of the log: as they are stored, or as a table, with a file beside them that says what they are. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, keyFile, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
let folder: string;

test.beforeEach(async () => {
  log = await copyLog('encrypted');
  folder = await mkdtemp(join(tmpdir(), 'audit-desk-exports-'));
});

test.afterEach(async () => {
  await log.remove();
  await rm(folder, { recursive: true, force: true });
});

async function openExport(desk: TestDesk): Promise<{ readonly window: DeskWindow; readonly dialog: Locator }> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  return { window, dialog: window.dialog('Export entries') };
}

/** Opens the dialog and names the file, by the way that this host has. */
async function exportTo(desk: TestDesk, dialog: Locator, path: string): Promise<void> {
  if (desk.host === 'web') await dialog.getByRole('textbox', { name: 'File' }).fill(path);
  else await desk.answerDialogs(path);
  await dialog.getByRole('button', { name: /^Export \d/ }).click();
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('what the filter leaves is exported byte for byte, counted and proven', async ({ desk }) => {
  const { window, dialog } = await openExport(desk);
  await window.typeRange('2026-02-27');
  await expect(window.completeness.getByRole('status')).toHaveText(/^\d+ entries in range$/);
  const counts = (await window.completeness.getByRole('status').textContent()) ?? '';
  const shown = /^\d+/.exec(counts)?.[0] ?? '';

  await window.page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('radio', { name: `Everything shown: ${shown} entries` })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: /What is selected: nothing/ })).toBeDisabled();
  const path = join(folder, 'day.jsonl');
  await exportTo(desk, dialog, path);
  await expect(dialog.getByRole('status')).toHaveText(`${shown} entries were exported`);

  const stored = (await log.lines()).filter(({ entry }) => String(entry?.['timestamp']).startsWith('2026-02-27'));
  expect(String(stored.length)).toBe(shown);
  const bytes = await readFile(path);
  expect(sha256(bytes)).toBe(sha256(Buffer.concat(stored.map((line) => line.bytes))));
  await expect(dialog.getByRole('region', { name: 'Receipt' })).toContainText(sha256(bytes));
  const about = JSON.parse(await readFile(`${path}.about.json`, 'utf8')) as Record<string, unknown>;
  expect(about).toMatchObject({
    entries: stored.length,
    time_zone: 'UTC',
    file: { sha256: sha256(bytes) },
    selection: { from: '2026-02-27 00:00:00.000000+00:00', to: '2026-02-27 23:59:59.999999+00:00' },
    log: { complete: true },
  });
  expect((await readdir(folder)).sort()).toEqual(['day.jsonl', 'day.jsonl.about.json']);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
});

test('the selected entry alone becomes a table, its content in the clear only when asked for', async ({ desk }) => {
  const { window, dialog } = await openExport(desk);
  await window.row(2).click();
  const id = (await window.field('id').textContent()) ?? '';
  await window.page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByRole('radio', { name: 'What is selected: 1 entry' }).check();
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  await expect(dialog.getByRole('checkbox', { name: 'With decrypted content' })).toBeDisabled();
  await exportTo(desk, dialog, join(folder, 'one.csv'));
  await expect(dialog.getByRole('status')).toHaveText('1 entry was exported');
  await dialog.getByRole('button', { name: 'Done' }).click();
  const stored = await readFile(join(folder, 'one.csv'), 'utf8');
  expect(stored).toMatch(/^\ufeff"time","id",.*\r\n.*\r\n$/);
  expect(id).toContain(/"([0-9a-f-]{36})"/.exec(stored)?.[1] ?? 'no id');
  expect(stored).toContain('Z0FBQUFB');

  await window.pasteKey('claims', await readFile(keyFile('a'), 'utf8'));
  await window.page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByRole('radio', { name: 'What is selected: 1 entry' }).check();
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  await dialog.getByRole('checkbox', { name: 'With decrypted content' }).check();
  await expect(dialog.getByText(/It no longer needs a key/)).toBeVisible();
  await exportTo(desk, dialog, join(folder, 'clear.csv'));
  await expect(dialog.getByRole('region', { name: 'Receipt' })).toContainText('Texts decrypted');
  expect(await readFile(join(folder, 'clear.csv'), 'utf8')).not.toContain('Z0FBQUFB');
});

test('a file that is there goes only when a person says so', async ({ desk }) => {
  const { window, dialog } = await openExport(desk);
  const path = join(folder, 'there.jsonl');
  await writeFile(path, 'precious');
  await window.page.getByRole('button', { name: 'Export', exact: true }).click();
  await exportTo(desk, dialog, path);
  if (desk.host === 'web') {
    await expect(dialog.getByRole('alert')).toContainText('file_exists');
    expect(await readFile(path, 'utf8')).toBe('precious');
    await dialog.getByRole('button', { name: 'Replace it' }).click();
  }
  await expect(dialog.getByRole('status')).toHaveText('200 entries were exported');
  expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(201);
});

test('a path that cannot be written is told in place, and nothing is left', async ({ desk }) => {
  const { window, dialog } = await openExport(desk);
  await window.page.getByRole('button', { name: 'Export', exact: true }).click();
  await exportTo(desk, dialog, join(folder, 'missing', 'x.jsonl'));
  await expect(dialog.getByRole('alert')).toContainText('Nothing was exported');
  await exportTo(desk, dialog, join(log.folder, 'audit_export.jsonl'));
  await expect(dialog.getByRole('alert')).toContainText('would become part of the log');
  expect(await readdir(folder)).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the dialog has no barrier for anybody, ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const { window, dialog } = await openExport(desk);
    await desk.page.emulateMedia({ colorScheme });
    await window.pasteKey('claims', await readFile(keyFile('a'), 'utf8'));
    await window.page.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('radio', { name: 'CSV' }).check();
    await dialog.getByRole('checkbox', { name: 'With decrypted content' }).check();
    await expectNoBarriers(desk.page);
    await desk.page.screenshot({ path: test.info().outputPath('form.png') });
    await exportTo(desk, dialog, join(folder, 'all.csv'));
    await expect(dialog.getByRole('status')).toHaveText('200 entries were exported');
    await expectNoBarriers(desk.page);
    await desk.page.screenshot({ path: test.info().outputPath('receipt.png') });
  });
}
