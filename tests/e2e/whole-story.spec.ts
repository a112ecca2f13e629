/** The whole story as one person lives it: open a log, narrow, sort, read, prove, record, clean up. */
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTimestamp } from '../../src/shared/timestamp.ts';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, keyFile, type LogCopy, type StoredLine } from './window/log-copy.ts';

const MS_PER_DAY = 86_400_000;
const BROKEN_LINE = '{"id": "cut off by a crash\n';

let log: LogCopy;

test.beforeEach(async () => {
  log = await copyLog('encrypted');
  await appendFile(join(log.folder, 'audit_20260227.jsonl'), BROKEN_LINE);
});

test.afterEach(async () => {
  await log.remove();
});

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start();
  await desk.chooseFolder(log.folder);
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  return window;
}

/** By the way that this host has: the system's dialog, or a path. */
async function importKeyFile(desk: TestDesk, window: DeskWindow, path: string): Promise<void> {
  await window.page.getByRole('button', { name: 'Keys: 0' }).click();
  const keys = window.dialog('Keys');
  if (desk.host === 'web') {
    await keys.getByRole('textbox', { name: 'Key file' }).fill(path);
    await keys.getByRole('button', { name: 'Import key' }).click();
  } else {
    await desk.answerDialogs(path);
    await keys.getByRole('button', { name: 'Choose a key file' }).click();
  }
  await expect(keys.getByRole('status')).toContainText('Imported key-a.key, fingerprint');
  await expect(keys.getByRole('table', { name: 'Imported keys' })).toContainText('key-a.key');
  await window.page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
}

test('a day of an encrypted log is found, sorted, walked, revealed and proven', async ({ desk }) => {
  const window = await openLog(desk);
  await expect(window.completeness).toContainText('1 line could not be read');
  const ofDay = (await expectedEntries('encrypted')).filter(({ timestamp }) => timestamp.startsWith('2026-02-27'));

  await window.page.getByRole('button', { name: 'Range: All time' }).click();
  const day = window.page.getByRole('button', { name: '27 February 2026' });
  await day.click();
  await day.click();
  await expect(window.page.getByRole('button', { name: 'Range: 2026-02-27 UTC' })).toBeVisible();
  await window.expectCounts(`${ofDay.length} entries in range`);

  await window.sortBy('Latency, ms', 'descending');
  const stored = await log.lines();
  const latencies = stored
    .filter(({ entry }) => String(entry?.['timestamp']).startsWith('2026-02-27'))
    .map(({ entry }) => Number(entry?.['latency_ms']));
  latencies.sort((first, second) => second - first);
  const shown = (await window.column('Latency, ms')).map((text) => Number(text.replaceAll(',', '')));
  expect(shown).toEqual(latencies.slice(0, shown.length));

  await window.sortBy('Time', 'descending');
  await window.sortBy('Time', 'ascending');
  await window.row(0).click();
  await expect(window.field('id')).toContainText(ofDay[0]?.id ?? '');
  const { keyboard } = window.page;
  for (const [key, index] of [
    ['ArrowDown', 1],
    ['j', 2],
    ['j', 3],
    ['k', 2],
    ['ArrowUp', 1],
  ] as const) {
    await keyboard.press(key);
    await expect(window.field('id')).toContainText(ofDay[index]?.id ?? '');
    await expect(window.chosenRow).toHaveAttribute('aria-rowindex', String(index + 2));
  }

  await window.detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(window.detail.getByRole('alert').first()).toContainText('no_key');
  await importKeyFile(desk, window, keyFile('a'));
  await window.detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
  await expect(window.detail.getByText(/Opened with the key “key-a\.key”, fingerprint /)).toHaveCount(2);
  expect(await window.revealedText('Input')).toBe(ofDay[1]?.input);
  expect(await window.revealedText('Output')).toBe(ofDay[1]?.output);

  await window.page.getByRole('button', { name: 'Keys: 1' }).click();
  await window.page.getByRole('button', { name: 'Forget key-a.key' }).click();
  await expect(window.dialog('Keys')).toContainText('No key yet');
  await keyboard.press('Escape');
  await expect(window.page.getByRole('button', { name: 'Keys: 0' })).toBeVisible();
  await expect(window.detail.getByRole('region', { name: 'Input text' })).toBeHidden();
  await expect(window.page.getByText(ofDay[1]?.input ?? '', { exact: true })).toHaveCount(0);
});

test('an entry recorded by hand stands in the table and, encrypted, in the file', async ({ desk }) => {
  const window = await openLog(desk);
  await window.pasteKey('claims key', await readFile(keyFile('a'), 'utf8'));
  await window.page.getByRole('button', { name: 'Record entry' }).click();
  const form = window.dialog('Record an entry');
  await form.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(form.getByText('Enter what was asked.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Input', exact: true }).fill('Darf ich das löschen? 🗑️');
  await form.getByRole('textbox', { name: 'Output', exact: true }).fill('Nein.\nErst nach sechs Monaten.');
  await form.getByRole('textbox', { name: 'Provider' }).fill('anthropic');
  await form.getByRole('textbox', { name: 'Metadata, a JSON object' }).fill('{"department": "claims"}');
  await form.getByRole('radio', { name: 'The texts, encrypted' }).check();
  await form.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(form.getByRole('status')).toContainText('Recorded as');
  const id = (await form.getByRole('status').getByRole('code').textContent()) ?? '';
  await form.getByRole('button', { name: 'Close' }).last().click();

  await window.expectCounts('201 entries');
  await expect(window.row(0)).toContainText(id);
  await window.row(0).click();
  await window.detail.getByRole('button', { name: 'Reveal' }).click();
  await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
  expect(await window.revealedText('Output')).toBe('Nein.\nErst nach sechs Monaten.');

  const written = (await log.lines()).find(({ entry }) => entry?.['id'] === id);
  expect(written?.file).toMatch(/^audit_\d{8}\.jsonl$/);
  expect(Object.keys(written?.entry ?? {})).toHaveLength(17);
  expect(written?.entry).toMatchObject({
    input_content: expect.stringMatching(/^Z0FBQUFB/),
    provider: 'anthropic',
    metadata: { department: 'claims' },
  });
});

function isExpired(cutoffUs: number): (line: StoredLine) => boolean {
  return ({ entry }) => entry !== null && (parseTimestamp(String(entry['timestamp'])) ?? Infinity) <= cutoffUs;
}

test('a cleanup is rehearsed, confirmed in words and receipted, and keeps every other byte', async ({ desk }) => {
  const window = await openLog(desk);
  const before = await log.lines();
  const daysKept = Math.floor((Date.now() - Date.parse('2026-02-28T00:00:00Z')) / MS_PER_DAY);
  await window.page.getByRole('button', { name: 'Clean up' }).click();
  const cleanup = window.dialog('Clean up entries past their retention');
  await cleanup.getByRole('textbox', { name: 'Days to keep' }).fill(String(daysKept));
  await cleanup.getByRole('button', { name: 'Preview' }).click();

  const summary = cleanup.getByRole('status').filter({ hasText: 'would be deleted' });
  const [, cutoff] = /from (\S+ \S+) UTC or before/.exec((await summary.textContent()) ?? '') ?? [];
  const expired = isExpired(parseTimestamp(cutoff ?? '') ?? 0);
  const gone = before.filter(expired);
  expect(gone.length).toBeGreaterThan(80);
  await expect(summary).toContainText(`${gone.length} entries from`);
  await expect(summary).toContainText(`${200 - gone.length} would stay`);
  const countOf = (lines: readonly StoredLine[], day: string) =>
    lines.filter(({ entry }) => String(entry?.['timestamp']).startsWith(day)).length;
  const byDay = cleanup.getByRole('region', { name: 'By day' });
  for (const day of ['2026-02-26', '2026-02-27', '2026-02-28']) {
    await expect(byDay.getByRole('row', { name: `${day} ${countOf(gone, day)}` })).toHaveCount(
      countOf(gone, day) ? 1 : 0,
    );
  }
  const byFile = cleanup.getByRole('region', { name: 'By file' });
  await expect(byFile.getByRole('row', { name: /audit_20260226\.jsonl/ })).toContainText('file removed');
  await expect(byFile.getByRole('row', { name: /audit_20260227\.jsonl/ })).toContainText(/unreadable line.*rewritten/);

  const words = cleanup.getByRole('textbox', { name: /^Type .* to confirm$/ });
  const destroy = cleanup.getByRole('button', { name: `Delete ${gone.length} entries` });
  await expect(destroy).toBeDisabled();
  await words.fill('delete everything');
  await expect(destroy).toBeDisabled();
  await words.press('Enter');
  await expect(cleanup.getByRole('region', { name: 'Receipt' })).toBeHidden();
  await words.fill(`delete ${gone.length} entries`);
  await destroy.click();

  const receipt = cleanup.getByRole('region', { name: 'Receipt' });
  await expect(receipt.getByRole('status')).toHaveText('The cleanup is done', { timeout: 30_000 });
  for (const [name, value] of [
    ['Entries deleted', gone.length],
    ['Entries kept', 200 - gone.length],
    ['Unreadable lines kept', 1],
  ] as const) {
    const term = receipt.getByRole('term').getByText(name, { exact: true });
    await expect(term.locator('xpath=following-sibling::dd')).toHaveText(String(value));
  }
  await receipt.getByRole('button', { name: 'Done' }).click();
  await window.expectCounts(`${200 - gone.length} entries`);
  await expect(window.completeness).toContainText('1 line could not be read');

  const kept = before.filter((line) => !expired(line));
  const after = await log.files();
  expect([...after.keys()]).toEqual([...new Set(kept.map(({ file }) => file))]);
  for (const [file, bytes] of after) {
    const expected = Buffer.concat(kept.filter((line) => line.file === file).map((line) => line.bytes));
    expect(bytes.equals(expected), `${file} keeps its other lines byte for byte`).toBe(true);
  }
});
