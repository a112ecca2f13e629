/**
 * The first minute of somebody who has never seen the window: from the start screen to a file with the blocked entries of one day,
 * with nothing read but the screen. Every step is taken by what stands on it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';

test('the sample is opened, the blocked entries of one day are found and handed on as a file', async ({ desk }) => {
  const page = await desk.start();
  const window = new DeskWindow(page);
  const look = async (name: string) => {
    const folder = process.env['FIRST_MINUTE_PICTURES'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-${desk.host}.png`) });
  };
  await expect(page.getByText('Opens the audit logs of AI systems')).toBeVisible();
  await look('1-start');
  await page.getByRole('button', { name: 'Try the sample log' }).click();
  await window.expectCounts('5,000 entries');
  await look('2-opened');

  // The range says what is shown; its calendar marks the days that have entries.
  await page.getByRole('button', { name: /^Range: / }).click();
  const day = page.getByRole('dialog').getByRole('button').and(page.locator('[title$="entries"]')).last();
  const entriesOfDay = Number(((await day.getAttribute('title')) ?? '').replace(/\D/g, ''));
  await look('3-range');
  await day.click();
  await look('4-one-end');
  await day.click();
  await window.expectCounts(`${entriesOfDay} entries in range`);
  await look('5-day');

  await page.getByRole('checkbox', { name: /^blocked/ }).check();
  await window.expectCounts(new RegExp(`^\\d+ of ${entriesOfDay} entries in range$`));
  const counts = (await window.completeness.getByRole('status').textContent()) ?? '';
  const blocked = Number(counts.split(' ')[0]);
  expect(blocked).toBeGreaterThan(0);
  await look('6-blocked');

  const file = join(desk.dataFolder, 'blocked.jsonl');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const dialog = window.dialog('Export entries');
  await expect(dialog).toContainText(`Everything shown: ${blocked} entr`);
  await look('7-export');
  if (desk.host === 'web') await dialog.getByRole('textbox', { name: 'File' }).fill(file);
  else await desk.answerDialogs(file);
  await dialog.getByRole('button', { name: /^Export \d/ }).click();
  await expect(dialog.getByRole('status')).toContainText(`${blocked} entr`);
  await look('8-exported');
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(blocked);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ safety_passed: false });
});
