/**
 * The window at 200 %: 640 by 400 CSS pixels are what is left of 1280 by 800. Nothing is lost there, nothing moves for those who ask
 * for rest, and the focus is always seen.
 */
import type { Page } from '@playwright/test';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { expectReachable } from './support/expect-reachable.ts';
import { DeskWindow } from './window/desk-window.ts';
import { fixtureFolder } from './window/log-copy.ts';

const AT_200_PERCENT = { width: 640, height: 400 };

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  const page = await desk.start({ source: fixtureFolder('plaintext') });
  await page.setViewportSize(AT_200_PERCENT);
  const window = new DeskWindow(page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  return window;
}

async function runCommand(page: Page, query: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(query);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeHidden();
}

test('start screen and ways to a source lose nothing at 200 %', async ({ desk }) => {
  const page = await desk.start();
  await page.setViewportSize(AT_200_PERCENT);
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  await expectReachable(page, page.getByRole('main'));
  await page.getByRole('button', { name: 'Connect bucket' }).click();
  await page.getByRole('radio', { name: /^Typed here/ }).check();
  await expectReachable(page, page.getByRole('dialog', { name: 'Connect a bucket' }));
  await page.keyboard.press('Escape');
});

test('table, panels and charts lose nothing at 200 %', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  const whole = page.locator('#root');
  await expect(page.getByRole('region', { name: 'Filters' })).toBeHidden();
  await expectReachable(page, whole);
  for (const header of await window.grid.getByRole('columnheader').all()) {
    await header.scrollIntoViewIfNeeded();
    await expect(header).toBeInViewport({ ratio: 0.9 });
  }
  await runCommand(page, 'timeline table');
  await expect(page.getByRole('button', { name: 'Hide table' })).toBeVisible();
  await expectReachable(page, whole);
  await runCommand(page, 'timeline table');

  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  const filters = page.getByRole('region', { name: 'Filters' });
  await expectReachable(page, filters);
  await filters.getByRole('checkbox', { name: /^blocked/ }).check();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Active filter' })).toContainText('blocked');

  await window.grid
    .getByRole('row')
    .filter({ hasText: /conv-[0-9a-f]{4}/ })
    .first()
    .click();
  await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
  await expectReachable(page, window.detail);
  await runCommand(page, 'conversation of');
  await expectReachable(page, window.detail);
  await runCommand(page, 'close the entry');

  await runCommand(page, 'search in content');
  await page.keyboard.type('claim');
  await page.keyboard.press('Enter');
  const found = page.getByRole('region', { name: 'Search in content' });
  await expect(found.getByRole('status')).toContainText('looked through');
  await expectReachable(page, whole);
  await found.getByRole('button', { name: 'Close the search in content' }).click();

  await runCommand(page, 'charts');
  await expect(page.getByRole('region', { name: 'Charts', exact: true })).toBeVisible();
  await expectReachable(page, page.getByRole('region', { name: 'Charts', exact: true }));
});

test('dialogs and lists lose nothing at 200 %', async ({ desk }) => {
  test.slow();
  const window = await openLog(desk);
  const { page } = window;
  const open: readonly (readonly [command: string, dialog: string | RegExp])[] = [
    ['keys', 'Keys'],
    ['export entries', 'Export entries'],
    ['record an', 'Record an entry'],
    ['clean up', 'Clean up entries past their retention'],
    ['find by text', 'Find by text'],
    ['go to an', 'Go to an entry'],
    ['save this view', 'Save this view'],
    ['arrange, import', 'Saved views'],
    ['list the keys', 'Keys of this window'],
  ];
  for (const [command, name] of open) {
    await runCommand(page, command);
    const dialog = page.getByRole('dialog', { name, exact: true });
    await expect(dialog).toBeVisible();
    await test.step(command, () => expectReachable(page, dialog));
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await runCommand(page, 'choose or type');
  await expect(page.getByRole('textbox', { name: 'Type a range' })).toBeFocused();
  await expectReachable(page, page.getByRole('dialog'));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expectReachable(page, page.getByRole('dialog'));
  await page.keyboard.press('Escape');
  await window.search.fill('m');
  const list = page.getByRole('listbox');
  await expect(list.getByRole('option').first()).toBeVisible();
  const box = await list.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(AT_200_PERCENT.width);
});

test('nothing moves where a person asks for rest', async ({ desk }) => {
  const page = await desk.start({ source: fixtureFolder('plaintext') });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(new DeskWindow(page).completeness).toContainText('index complete', { timeout: 30_000 });
  const moving = () =>
    page.locator('html').evaluate((html) => {
      const { defaultView } = html.ownerDocument;
      const found: string[] = [];
      for (const element of html.querySelectorAll('*')) {
        const { transitionDuration, animationDuration, scrollBehavior } = defaultView.getComputedStyle(element);
        const lasts = `${transitionDuration}, ${animationDuration}`
          .split(', ')
          .some((time) => Number.parseFloat(time) > 0);
        if (lasts || scrollBehavior === 'smooth') found.push(element.outerHTML.slice(0, 120));
      }
      return found;
    });
  expect(await moving()).toEqual([]);
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('dialog', { name: 'Export entries' })).toBeVisible();
  expect(await moving()).toEqual([]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  expect((await moving()).length, 'others see what moves').toBeGreaterThan(0);
});

test('the focus is seen wherever Tab leads', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await page.setViewportSize({ width: 1280, height: 820 });
  await window.row(0).click();
  await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  const unseen: string[] = [];
  const stops = new Set<string>();
  for (let stop = 0; stop < 90; stop += 1) {
    await page.keyboard.press('Tab');
    const { name, seen } = await focusOf(page);
    stops.add(name);
    if (!seen) unseen.push(name);
  }
  expect(stops.size).toBeGreaterThan(40);
  expect(unseen).toEqual([]);
});

/** The focused element and whether it, or the frame that it fills, has a ring. */
async function focusOf(page: Page): Promise<{ readonly name: string; readonly seen: boolean }> {
  return await page.locator('html').evaluate((html) => {
    const document = html.ownerDocument;
    const focused = document.activeElement ?? document.body;
    const name = `${focused.tagName} ${focused.getAttribute('aria-label') ?? focused.textContent.slice(0, 40)}`;
    let frame = focused;
    for (let level = 0; level < 4 && frame !== null; level += 1) {
      const { outlineStyle, outlineWidth } = document.defaultView.getComputedStyle(frame);
      if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) return { name, seen: true };
      frame = frame.parentElement;
    }
    // Past its last stop, Tab leaves the page.
    return { name, seen: focused === document.body };
  });
}
