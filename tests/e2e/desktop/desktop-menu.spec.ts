/** What the system hands to the window: menu commands, recent documents, dropped and opened folders; and a page that crashes. */
import { join } from 'node:path';
import { callDesk } from '../support/call-desk.ts';
import { expect, test } from '../support/desk-test.ts';
import { dropFolders } from '../support/drop-folder.ts';

const LOGS = join(import.meta.dirname, '../../fixtures/python-reference/plaintext');
const OTHER_LOGS = join(import.meta.dirname, '../../fixtures/python-reference/hash-only');

const openedAt = (path: string) => ({ ok: true, value: { location: { kind: 'folder', path } } });

test('the menu runs the commands of the window', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  const { main } = desk.harness;
  await main.ask({ kind: 'click-menu', labels: ['File', 'Keys…'] });
  const keys = page.getByRole('dialog', { name: 'Keys', exact: true });
  await expect(keys).toBeVisible();
  await main.ask({ kind: 'click-menu', labels: ['View', 'Find a Command…'] });
  await expect(page.getByRole('combobox', { name: 'Command' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await main.ask({ kind: 'click-menu', labels: ['View', 'Find a Command…'] });
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused();
  await page.keyboard.press('Escape');
  await main.ask({ kind: 'click-menu', labels: ['View', 'Charts'] });
  await expect(page.getByRole('region', { name: 'Charts', exact: true })).toBeVisible();
  await main.ask({ kind: 'click-menu', labels: ['File', 'Close Source'] });
  await expect.poll(() => callDesk(page, 'sources.current', '{}')).toEqual({ ok: true, value: null });
});

test('keys of the menu are those that palette and list of keys name', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  const keys = (await desk.harness.main.ask({ kind: 'menu-keys' })) as Record<string, string>;
  expect(keys).toMatchObject({
    'Open Folder…': 'CmdOrCtrl+O',
    'Export Entries…': 'CmdOrCtrl+E',
    Search: 'CmdOrCtrl+F',
  });
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys of this window' });
  const titles: Readonly<Record<string, string>> = {
    'Open Folder…': 'Open a folder',
    'Export Entries…': 'Export entries',
    'Record Entry…': 'Record an entry',
    Lock: 'Lock: forget plaintext and keys',
    'Look Again for New Entries': 'Look again for new entries',
    Search: 'Search',
    'Search in Content…': 'Search in content',
    'Go to Entry…': 'Go to an entry by its id',
    'Save This View…': 'Save this view',
    'Find a Command…': 'Find a command',
    Filters: 'Show or hide the sidebar of filters',
  };
  expect(Object.keys(keys).sort()).toEqual(Object.keys(titles).sort());
  for (const [label, accelerator] of Object.entries(keys)) {
    const told = help
      .getByRole('term')
      .getByText(titles[label] ?? '', { exact: true })
      .locator('xpath=../dd');
    await expect(told, label).toContainText(accelerator.replace('CmdOrCtrl', 'Ctrl').replaceAll('+', ''));
  }
});

test('commands of the menu reach the window: search, export, going to an entry', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  const click = async (...labels: string[]) => await desk.harness.main.ask({ kind: 'click-menu', labels });
  await click('Entries', 'Search');
  await expect(page.getByRole('combobox', { name: 'Search and filter' })).toBeFocused();
  await page.keyboard.press('Escape');
  for (const [labels, dialog] of [
    [['File', 'Export Entries…'], /^Export/],
    [['Entries', 'Go to Entry…'], 'Go to an entry'],
    [['Entries', 'Find by Text…'], 'Find by text'],
    [['Entries', 'Save This View…'], 'Save this view'],
  ] as const) {
    await click(...labels);
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await click('Entries', 'Choose a Range…');
  await expect(page.getByRole('textbox', { name: 'Type a range' })).toBeFocused();
  await page.keyboard.press('Escape');
  await click('File', 'Close Source');
  await expect(page.getByRole('button', { name: 'Continue with plaintext' })).toBeVisible();
  await click('File', 'Export Entries…');
  await expect(page.getByRole('alert')).toContainText('Open a folder, connect a bucket or try the sample log first.');
});

test('a folder that is opened is a recent document of the system', async ({ desk }) => {
  await desk.start({ source: LOGS });
  await expect.poll(() => desk.harness.recentDocuments).toEqual([LOGS]);
});

test('a folder that the system hands over is opened', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  await desk.harness.main.ask({ kind: 'open-file', path: OTHER_LOGS });
  await expect.poll(() => callDesk(page, 'sources.current', '{}')).toMatchObject(openedAt(OTHER_LOGS));
  await desk.harness.main.ask({ kind: 'open-file', path: join(LOGS, 'nowhere') });
  await expect.poll(() => desk.harness.errorBoxes.join()).toContain('This source could not be opened');
});

test('a folder that is dropped onto the window is opened; what is none is told', async ({ desk }) => {
  const page = await desk.start();
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeVisible();
  await dropFolders(page, { 'hash-only': OTHER_LOGS });
  await expect.poll(() => callDesk(page, 'sources.current', '{}')).toMatchObject(openedAt(OTHER_LOGS));
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  await dropFolders(page, { 'hash-only': OTHER_LOGS, plaintext: LOGS });
  await expect(page.getByRole('alert')).toContainText('Drop one folder at a time');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await dropFolders(page, { nowhere: join(LOGS, 'nowhere') });
  await expect(page.getByRole('alert')).toContainText('The folder could not be opened');
});

test('a page that crashes is loaded again over the same desk, and the person is told; not for ever', async ({
  desk,
}) => {
  const page = await desk.start({ source: LOGS });
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  const { harness } = desk;
  const reloaded = page.waitForEvent('load');
  await harness.main.ask({ kind: 'crash', windowId: 1 });
  await reloaded;
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
  expect(harness.errorBoxes.join()).toContain('Its page was loaded again');
  for (let crash = 2; crash <= 4; crash += 1) await harness.main.ask({ kind: 'crash', windowId: 1 });
  await expect.poll(() => harness.errorBoxes.at(-1)).toContain('was not loaded again');
  await expect(page.getByRole('grid', { name: 'Entries' })).toBeVisible();
});
