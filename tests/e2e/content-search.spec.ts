/** Search in what was asked and answered: opened in memory, found, marked, walked, and gone with the lock. */
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, keyFile, type LogCopy } from './window/log-copy.ts';

const MARK = 'Its content holds what was searched for';

let log: LogCopy;
test.beforeEach(async () => {
  log = await copyLog('encrypted');
});
test.afterEach(async () => {
  await log.remove();
});

interface OpenSearch {
  readonly window: DeskWindow;
  readonly panel: Locator;
  readonly hits: Locator;
  find(text: string): Promise<void>;
}

async function openSearch(desk: TestDesk): Promise<OpenSearch> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  await window.pasteKey('claims', await readFile(keyFile('a'), 'utf8'));
  await desk.page.getByRole('button', { name: 'Content', exact: true }).click();
  const panel = desk.page.getByRole('region', { name: 'Search in content' });
  return {
    window,
    panel,
    hits: panel.getByRole('list', { name: 'Entries that hold it' }).getByRole('button'),
    find: async (text) => {
      await panel.getByRole('textbox', { name: 'Text to look for in content' }).fill(text);
      await panel.getByRole('button', { name: 'Search', exact: true }).click();
    },
  };
}

/** Entries of the reference whose texts hold a word, newest first. */
async function entriesWith(word: string) {
  const holds = (text: string) => text.toLowerCase().includes(word);
  return (await expectedEntries('encrypted')).filter(({ input, output }) => holds(input) || holds(output)).toReversed();
}

/** A word that some of the reference's entries hold, and not all. */
async function someWord(): Promise<string> {
  const entries = await expectedEntries('encrypted');
  const words = new Set(entries.flatMap(({ input }) => input.toLowerCase().match(/\p{L}{5,}/gu) ?? []));
  for (const word of words) {
    const { length } = await entriesWith(word);
    if (length > 5 && length < 60) return word;
  }
  throw new Error('The reference has no such word.');
}

test('what holds the text is listed, marked in the table, and shown when it is chosen', async ({ desk }) => {
  const { window, panel, hits, find } = await openSearch(desk);
  const word = await someWord();
  const wanted = await entriesWith(word);
  await find(word);
  await expect(panel.getByRole('status').first()).toHaveText(`${wanted.length} entries hold it, of 200 looked through`);
  await expect(hits).toHaveCount(wanted.length);
  const marks = await hits.first().locator('mark').allTextContents();
  for (const mark of marks) expect(mark.toLowerCase()).toBe(word);

  await hits.nth(3).click();
  await expect(window.field('id')).toContainText(wanted[3]?.id ?? 'no id');
  await expect(hits.nth(3)).toHaveAttribute('aria-current', 'true');
  await expect(
    window.grid
      .getByRole('row')
      .and(desk.page.locator(`[aria-description="${MARK}"]`))
      .first(),
  ).toBeVisible();
  const marked = await window.grid
    .getByRole('row')
    .and(desk.page.locator(`[aria-description="${MARK}"]`))
    .allTextContents();
  const ids = new Set(wanted.map(({ id }) => id));
  for (const text of marked)
    expect(
      [...ids].some((id) => text.includes(id)),
      text,
    ).toBe(true);

  await desk.page.keyboard.press('ArrowDown');
  await expect(window.field('id')).toContainText(wanted[4]?.id ?? 'no id');
});

test('it keeps to the filter, counts what no key opens, and says when nothing is found', async ({ desk }) => {
  const { window, panel, hits, find } = await openSearch(desk);
  await find('no such words in any text');
  await expect(panel.getByRole('status').first()).toHaveText('No entry holds it, of 200 looked through');
  await expect(hits).toHaveCount(0);
  await window.typeRange('2026-02-27');
  await expect(panel.getByText('The filter has changed since')).toBeVisible();
  await find('e');
  await expect(panel.getByRole('status').first()).toHaveText(/^\d+ entries hold it, of \d\d looked through$/);
  await desk.page.getByRole('button', { name: /^Keys: / }).click();
  await window.dialog('Keys').getByRole('button', { name: 'Forget claims' }).click();
  await desk.page.keyboard.press('Escape');
  await find('e');
  await expect(panel.getByText(/^Not looked through: \d+ texts no key opens\.$/)).toBeVisible();
});

test('what was found is gone with the lock, from the panel and from the table', async ({ desk }) => {
  const { window, panel, hits, find } = await openSearch(desk);
  await find('e');
  await expect(hits.first()).toBeVisible();
  const found = (await hits.first().textContent()) ?? '';
  await desk.page.getByRole('button', { name: /^Keys: / }).click();
  const keys = window.dialog('Keys');
  await keys.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(keys.getByText(/^Locked: no plaintext/)).toBeVisible();
  await desk.page.keyboard.press('Escape');
  await expect(panel.getByRole('status')).toHaveText('The desk was locked: what was found is gone.');
  await expect(hits).toHaveCount(0);
  await expect(desk.page.locator(`[aria-description="${MARK}"]`)).toHaveCount(0);
  expect(await desk.page.content()).not.toContain(found.slice(-40));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the panel has no barrier for anybody, ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const { panel, hits, find } = await openSearch(desk);
    await desk.page.emulateMedia({ colorScheme });
    await find('the');
    await expect(panel.getByRole('status').first()).toContainText('of 200 looked through');
    await hits.nth(1).click();
    await expectNoBarriers(desk.page);
    await desk.page.screenshot({ path: test.info().outputPath('panel.png') });
  });
}
