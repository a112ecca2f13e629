/** Find by text: the entries whose input or output was exactly that, told by hash alone. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { inputOf, makeLog } from './window/made-log.ts';

let log: Awaited<ReturnType<typeof makeLog>>;
test.beforeAll(async () => {
  log = await makeLog();
});
test.afterAll(async () => await log.remove());

async function open(start: Promise<Page>) {
  const page = await start;
  const window = new DeskWindow(page);
  await window.expectCounts('60 entries');
  await page.getByRole('button', { name: 'Find by text' }).click();
  const dialog = window.dialog('Find by text');
  return {
    page,
    window,
    dialog,
    text: dialog.getByRole('textbox', { name: 'Text of an input or an output' }),
    find: dialog.getByRole('button', { name: 'Find' }),
    chips: page.getByRole('region', { name: 'Active filter' }),
  };
}

test('says where a text was said, shows those entries, and the chip says what is shown', async ({ desk }) => {
  const { page, window, dialog, text, find, chips } = await open(desk.start({ source: log.folder }));
  await expect(text).toBeFocused();
  await expect(dialog).toContainText('Exact text only');
  await text.fill(inputOf(0));
  await find.click();
  await expect(dialog.getByRole('status')).toContainText(
    'Exactly this text is in 2 entries: as input in 1, as output in 1.',
  );
  await dialog.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(dialog).toBeHidden();
  await window.expectCounts('2 of 60 entries');
  expect(await window.column('Id')).toEqual(['entry-059', 'entry-000']);
  await expect(chips).toContainText('Exact text, SHA-256');
  await expect(page.getByRole('combobox', { name: 'Search and filter' })).toHaveValue(/^hash:[0-9a-f]{64}$/);
  // Opened again, nothing of the text is left.
  await page.getByRole('button', { name: 'Find by text' }).click();
  await expect(text).toHaveValue('');
});

test('a text that lies outside of the filter is told, and shown in its place on request', async ({ desk }) => {
  const { page, window, dialog, text, find } = await open(desk.start({ source: log.folder }));
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'Search and filter' }).fill('-status:blocked ');
  await window.expectCounts('54 of 60 entries');
  await page.getByRole('button', { name: 'Find by text' }).click();
  await text.fill(inputOf(0));
  await find.click();
  await expect(dialog.getByRole('status')).toContainText('Only 1 of them lies within the present range and filter.');
  await dialog.getByRole('button', { name: 'Show all, in place of the filter' }).click();
  await window.expectCounts('2 of 60 entries');
});

test('a line end too many is forgiven and said; another letter is not', async ({ desk }) => {
  const { dialog, text, find } = await open(desk.start({ source: log.folder }));
  await text.fill(`${inputOf(7)}\n`);
  await find.click();
  await expect(dialog.getByRole('status')).toContainText('as input in 1.');
  await expect(dialog.getByRole('status')).toContainText('without the line end at its end');
  await text.fill(inputOf(7).toLowerCase());
  await expect(dialog.getByRole('status')).toBeEmpty();
  await find.click();
  await expect(dialog.getByRole('status')).toContainText('No entry has exactly this text');
  await expect(dialog.getByRole('button', { name: 'Show' })).toHaveCount(0);
});

test('the text is written nowhere', async ({ desk }) => {
  const { dialog, text, find } = await open(desk.start({ source: log.folder }));
  await text.fill('a secret that only this test knows');
  await find.click();
  await expect(dialog.getByRole('status')).toContainText('No entry');
  await desk.end();
  const files = await readdir(desk.dataFolder, { recursive: true, withFileTypes: true });
  const kept = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  expect(kept.length).toBeGreaterThan(0);
  for (const file of kept) expect((await readFile(file)).includes('only this test knows'), file).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no faults of accessibility in ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const { page, dialog, text, find } = await open(desk.start({ source: log.folder }));
    await page.emulateMedia({ colorScheme });
    await text.fill(inputOf(0));
    await find.click();
    await expect(dialog.getByRole('button', { name: 'Show', exact: true })).toBeVisible();
    await page.mouse.move(2, 400);
    await expectNoBarriers(page);
  });
}
