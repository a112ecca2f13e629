/** The panel of one entry: it follows the selection, copies what is stored, and lets go of plaintext. */
import { readFile } from 'node:fs/promises';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, keyFile, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  log = await copyLog('encrypted');
});
test.afterEach(async () => {
  await log.remove();
});

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('200 entries');
  return window;
}

const clipboard = (desk: TestDesk) => desk.page.evaluate<string>('navigator.clipboard.readText()');

test('its buttons walk the rows, and its fields and line are copied as they are stored', async ({ desk }) => {
  const window = await openLog(desk);
  const [newest, second] = (await expectedEntries('encrypted')).toReversed();
  await window.row(0).click();
  await expect(window.field('id')).toContainText(newest?.id ?? '-');
  await window.detail.getByRole('button', { name: 'Next entry' }).click();
  await expect(window.field('id')).toContainText(second?.id ?? '-');
  await expect(window.chosenRow).toContainText(second?.id ?? '-');
  await window.detail.getByRole('button', { name: 'Previous entry' }).click();
  await expect(window.field('id')).toContainText(newest?.id ?? '-');

  await window.detail.getByRole('button', { name: 'Copy id' }).click();
  await expect.poll(() => clipboard(desk)).toBe(newest?.id);
  const line = (await log.lines()).find(({ entry }) => entry?.['id'] === newest?.id);
  await window.detail.getByText('Raw line').click();
  await window.detail.getByRole('button', { name: 'Copy the raw line' }).click();
  await expect.poll(() => clipboard(desk)).toBe(line?.bytes.toString('utf8').trimEnd());

  await window.pasteKey('key a', await readFile(keyFile('a'), 'utf8'));
  await window.reveal();
  await window.detail.getByRole('button', { name: 'Copy the input' }).click();
  await expect.poll(() => clipboard(desk)).toBe(newest?.input);
});

test('plaintext goes after ten minutes without a touch, and with the source', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await page.clock.install();
  await window.pasteKey('key a', await readFile(keyFile('a'), 'utf8'));
  await window.row(0).click();
  await window.reveal();
  const text = (await window.revealedText('Input')) ?? '';
  await page.clock.fastForward('09:59');
  await expect(window.detail.getByText(text, { exact: true }).first()).toBeVisible();
  await page.clock.fastForward('00:02');
  await expect(window.detail.getByText('Hidden again after 10 minutes without a touch.')).toBeVisible();
  await expect(page.getByText(text, { exact: true })).toHaveCount(0);

  await window.reveal();
  await expect(window.detail.getByText(text, { exact: true }).first()).toBeVisible();
  await page.clock.resume();
  await page.getByRole('button', { name: 'Source encrypted' }).click();
  await page.getByRole('menuitem', { name: 'Close source' }).click();
  await page.getByRole('button', { name: 'Continue with encrypted' }).click();
  await window.expectCounts('200 entries');
  await expect(window.detail.getByRole('button', { name: 'Reveal' })).toBeVisible();
  await expect(page.getByText(text, { exact: true })).toHaveCount(0);
});

test('only what is blocked or chosen looks other than the rest', async ({ desk }) => {
  const window = await openLog(desk);
  const lookOf = async (status: 'passed' | 'blocked') => {
    await window.search.fill(`status:${status} `);
    await expect(window.row(0)).toContainText(status);
    await window.page.mouse.move(0, 0);
    return await window.row(0).evaluate((row, text) => {
      const { getComputedStyle } = row.ownerDocument.defaultView;
      const { backgroundColor, color } = getComputedStyle(row);
      const told: string[] = [];
      for (const span of row.querySelectorAll('span')) {
        if (span.textContent.trim() === text) told.push(getComputedStyle(span).color);
      }
      return { backgroundColor, color, status: told[0] };
    }, status);
  };
  const passed = await lookOf('passed');
  const blocked = await lookOf('blocked');
  expect(passed.status).toBe(passed.color);
  expect(blocked.status).not.toBe(passed.status);
  expect(blocked).toMatchObject({ backgroundColor: passed.backgroundColor, color: passed.color });
});
