/** A conversation as a chat, from any of its entries and back; and what proves an entry, in the detail. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, type FixtureLog, keyFile, type LogCopy } from './window/log-copy.ts';

let log: LogCopy | null = null;
const openCopy = async (name: FixtureLog) => {
  log = await copyLog(name);
  return log;
};
test.afterEach(async () => {
  // A test that was skipped opened none.
  await log?.remove();
  log = null;
});

test('the turns are read as a chat, revealed on request, and lead to their entries and back', async ({ desk }) => {
  const { folder } = await openCopy('encrypted');
  const entries = await expectedEntries('encrypted');
  const counts = Map.groupBy(entries, ({ conversation_id }) => conversation_id);
  const [id = '', turns = []] = [...counts].find(([name, list]) => name !== null && list.length >= 3) ?? [];
  await desk.start({ source: folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  await window.pasteKey('claims key', await readFile(keyFile('a'), 'utf8'));
  await desk.page
    .getByRole('searchbox')
    .or(desk.page.getByRole('combobox', { name: /search/i }))
    .first()
    .fill(turns[1]?.id ?? '');
  await desk.page.keyboard.press('Enter');
  await window.expectCounts(/^1 of/);
  await window.row(0).click();
  await window.detail.getByRole('button', { name: `Open, ${turns.length} turns` }).click();

  const shown = window.detail.getByRole('listitem', { name: /^Turn at/ });
  await expect(shown).toHaveCount(turns.length);
  await expect(window.detail.getByRole('heading', { name: `Conversation ${id}` })).toBeVisible();
  await expect(shown.nth(1)).toHaveAttribute('aria-current', 'true');
  await expect(window.detail.getByText(turns[0]?.input ?? '', { exact: true })).toHaveCount(0);
  await window.detail.getByRole('button', { name: 'Reveal all shown' }).click();
  for (const [index, turn] of turns.entries()) {
    await expect(shown.nth(index)).toContainText(turn.input);
    await expect(shown.nth(index)).toContainText(turn.output);
    await expect(shown.nth(index).getByText('Content matches its recorded hash')).toHaveCount(2);
  }
  const { violations } = await new AxeBuilder({ page: desk.page }).analyze();
  expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  await shown.nth(2).getByRole('button', { name: 'Show entry' }).click();
  await expect(window.field('id')).toContainText(turns[2]?.id ?? '');
  await expect(window.detail.getByText('Not among the entries shown now')).toBeVisible();
  await window.detail.getByRole('button', { name: /^Open, / }).click();
  await expect(shown.nth(2)).toHaveAttribute('aria-current', 'true');
  await expect(window.detail.getByText(turns[0]?.input ?? '', { exact: true }), 'closed again').toHaveCount(0);
  await desk.page.keyboard.press('Escape');
  await expect(window.field('id')).toContainText(turns[2]?.id ?? '');
});

test('an entry shows what proves it: metadata as a tree, the token’s own time, commands that anyone can run', async ({
  desk,
}) => {
  const { folder } = await openCopy('plaintext');
  const texts = { input: 'Ist das erlaubt? 🧾', output: 'لا، ليس بعد.' };
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const entry = {
    id: randomUUID(),
    timestamp: '2031-01-01T00:00:00',
    input_hash: sha256(texts.input),
    output_hash: sha256(texts.output),
    input_content: texts.input,
    output_content:
      'gAAAAABpn40AAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
    metadata: { nested: { deep: [1, { more: 'MORE' }] } },
  };
  const line = JSON.stringify(entry).replace('"MORE"', '12345678901234567890');
  await appendFile(join(folder, 'audit_20310101.jsonl'), `${line}\n`);
  await desk.start({ source: folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts(/entries$/);
  await window.row(0).click();
  await expect(window.field('id')).toContainText(entry.id);
  await expect(window.field('nested')).toContainText('12345678901234567890');
  await expect(window.field('nested').getByText('1 key').first()).toBeVisible();
  await expect(window.detail.getByText(/years? before|days.* before the entry’s time: imported/)).toBeVisible();

  await window.detail.getByText('Check the hashes yourself').click();
  await expect(window.detail.locator('code', { hasText: entry.input_hash })).toBeVisible();
  const command = await window.detail.locator('code', { hasText: 'tail -c' }).first().textContent();
  expect(command).toContain('jq -j .input_content | sha256sum');
  // jq is not everywhere; the part before it must give the very line.
  const { stdout } = await promisify(execFile)('sh', ['-c', (command ?? '').replace(/ \| jq.*/, '')]);
  expect(JSON.parse(stdout)).toMatchObject({ id: entry.id });
});
