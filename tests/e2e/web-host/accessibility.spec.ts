/**
 * Views and dialogs against the rules of axe-core for WCAG 2.2 A and AA, light and dark. On one host: the window is the same on all of
 * them. Those that have a specification of their own are held against the rules there.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/desk-test.ts';
import { DeskWindow } from '../window/desk-window.ts';
import { fixtureFolder } from '../window/log-copy.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe-core finds in a part of the page, one line a finding; the dark scheme differs by its colours alone. */
async function findings(page: Page, part = 'html'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await new AxeBuilder({ page }).include(part).withTags(RULES).setLegacyMode(true).analyze();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await new AxeBuilder({ page }).include(part).withRules(['color-contrast']).setLegacyMode(true).analyze();
  return [...light.violations, ...dark.violations].flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}`),
  );
}

const DIALOG = '[role="dialog"]';

test('start screen and bucket dialog have no findings', async ({ desk }) => {
  const page = await desk.start();
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Connect bucket' }).click();
  await page.getByRole('radio', { name: /^Typed here/ }).check();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('Name the bucket.')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('table, detail and the dialogs over them have no findings', async ({ desk }) => {
  test.setTimeout(120_000);
  const page = await desk.start({ source: fixtureFolder('edge-cases') });
  const window = new DeskWindow(page);
  await window.expectCounts('19 entries');
  expect(await findings(page)).toEqual([]);
  await window.findById('edge-007');
  await window.reveal();
  await expect(window.detail.getByText('Content differs from its recorded hash')).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await window.search.fill('no-such-id');
  await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  const dialogs: readonly [name: string, open: () => Promise<void>][] = [
    [
      'Lines that could not be read',
      () => window.completeness.getByRole('button', { name: '10 lines could not be read' }).click(),
    ],
    ['Keys', () => page.getByRole('button', { name: /^Keys: / }).click()],
    ['Record an entry', () => page.getByRole('button', { name: 'Record entry' }).click()],
    ['Clean up entries past their retention', () => page.getByRole('button', { name: 'Clean up' }).click()],
  ];
  for (const [name, open] of dialogs) {
    await open();
    await expect(window.dialog(name)).toBeVisible();
    if (name.startsWith('Clean up')) {
      await window.dialog(name).getByRole('textbox', { name: 'Days to keep' }).fill('100');
      await window.dialog(name).getByRole('button', { name: 'Preview' }).click();
      await expect(window.dialog(name).getByRole('region', { name: 'By file' })).toBeVisible();
    }
    expect(await findings(page, DIALOG), name).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(window.dialog(name)).toBeHidden();
  }
  await page.getByRole('button', { name: /^Range: / }).click();
  await expect(page.getByRole('textbox', { name: 'Type a range' })).toBeVisible();
  expect(await findings(page), 'range').toEqual([]);
});

test('the list of columns, the way to an entry and the start after a first time have no findings', async ({ desk }) => {
  let page = await desk.start({ source: fixtureFolder('plaintext') });
  const window = new DeskWindow(page);
  await window.expectCounts('120 entries');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Tokens total' })).toBeVisible();
  expect(await findings(page, DIALOG), 'columns').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill('go to an');
  await page.keyboard.press('Enter');
  await window.dialog('Go to an entry').getByRole('textbox', { name: 'Id of the entry' }).fill('nobody');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No entry of this log has this id.')).toBeVisible();
  expect(await findings(page, DIALOG), 'going to an entry').toEqual([]);
  page = await desk.start();
  await expect(page.getByRole('button', { name: 'Continue with plaintext' })).toBeVisible();
  expect(await findings(page), 'start').toEqual([]);
});
