/** The search box: the one filter as text, completed from the log, corrected in place, shared with sidebar and chips. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/desk-test.ts';
import { expectNoBarriers } from './support/expect-no-barriers.ts';
import { DeskWindow } from './window/desk-window.ts';
import { MODELS, makeLog } from './window/made-log.ts';

let log: Awaited<ReturnType<typeof makeLog>>;
test.beforeAll(async () => {
  log = await makeLog();
});
test.afterAll(async () => await log.remove());

interface Search {
  readonly page: Page;
  readonly window: DeskWindow;
  readonly box: Locator;
  readonly options: Locator;
  readonly chips: Locator;
  readonly copy: Locator;
}

async function open(start: Promise<Page>): Promise<Search> {
  const page = await start;
  const window = new DeskWindow(page);
  await window.expectCounts('60 entries');
  const chips = page.getByRole('region', { name: 'Active filter' });
  return {
    page,
    window,
    chips,
    box: page.getByRole('combobox', { name: 'Search and filter' }),
    options: page.getByRole('listbox', { name: 'Completions' }).getByRole('option'),
    copy: chips.getByRole('button', { name: 'Copy the filter as text' }),
  };
}

test('a query is completed by keyboard alone, from what the log holds, and narrows the view', async ({ desk }) => {
  const { page, window, box, options, chips } = await open(desk.start({ source: log.folder }));
  await page.keyboard.press('/');
  await expect(box).toBeFocused();
  await page.keyboard.type('stat');
  await expect(options.first()).toHaveText(/^status:/);
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id')) ?? 'none');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('status:');
  await expect(options.filter({ hasText: 'blocked' })).toContainText('6 entries');
  await page.keyboard.type('blo');
  await expect(options).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('status:blocked ');
  await window.expectCounts('6 of 60 entries');
  // Values are counted within what the rest of the query keeps.
  await page.keyboard.type('detectors:');
  await expect(options.filter({ hasText: 'pii' })).toContainText('3 entries');
  await page.keyboard.type('pii');
  await page.keyboard.press('Enter');
  await window.expectCounts('3 of 60 entries');
  await expect(chips).toContainText('Detectorpii');
  await page.keyboard.press('Escape');
  await expect(box).not.toBeFocused();
});

test('keys of the metadata are offered, bare and written out', async ({ desk }) => {
  const { window, box, options } = await open(desk.start({ source: log.folder }));
  await box.fill('dep');
  await expect(options).toHaveText([/^metadata\.department:.*60 entries/]);
  await options.first().click();
  await expect(box).toHaveValue('metadata.department:');
  await expect(options.filter({ hasText: 'claims' })).toContainText('30 entries');
  await box.fill('department:claims metadata."ticket no.":T-2,T-4');
  await box.press('Enter');
  await window.expectCounts('2 of 60 entries');
});

test('invalid text is never passed over: it is underlined, explained, and said beside the chips', async ({ desk }) => {
  const { page, window, box, chips } = await open(desk.start({ source: log.folder }));
  await box.fill('status:blocked ');
  await window.expectCounts('6 of 60 entries');
  await box.fill('status:blocked latency:fast refund');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(box).toHaveAccessibleDescription(/“fast” is no number/);
  await expect(page.getByText('fast', { exact: true })).toHaveCSS('text-decoration-style', 'wavy');
  await box.press('Enter');
  await box.blur();
  await expect(chips).toContainText('Search text not applied. “fast” is no number.');
  // What was valid before is still what is shown, and the chips say so.
  await window.expectCounts('6 of 60 entries');
  await expect(chips).toContainText('Statusblocked');
  await box.fill('status:blocked latency:>=2s');
  await box.press('Enter');
  await expect(box).toHaveAttribute('aria-invalid', 'false');
  await expect(chips).not.toContainText('not applied');
  await window.expectCounts('4 of 60 entries');
});

test('a name that no entry has is told from a field, with what was meant', async ({ desk }) => {
  const { window, box } = await open(desk.start({ source: log.folder }));
  await box.fill('modle:gpt-4 entry');
  await window.expectCounts('0 of 60 entries');
  await expect(box).toHaveAccessibleDescription('No entry has the metadata key modle. Did you mean model?');
});

test('what is still being written is neither wrong nor applied yet', async ({ desk }) => {
  const { page, window, box } = await open(desk.start({ source: log.folder }));
  await box.focus();
  await page.keyboard.type('model:');
  await expect(box).toHaveAttribute('aria-invalid', 'false');
  await window.expectCounts('60 entries');
  await box.blur();
  await expect(box).toHaveAttribute('aria-invalid', 'true');
});

test('box, sidebar and chips edit one filter', async ({ desk }) => {
  const { page, window, box, chips } = await open(desk.start({ source: log.folder }));
  const sidebar = page.getByRole('region', { name: 'Filters' });
  await sidebar.getByRole('checkbox', { name: /^anthropic/ }).check();
  await expect(box).toHaveValue('provider:anthropic');
  await sidebar.getByRole('button', { name: 'Exclude Status blocked' }).click();
  await expect(box).toHaveValue('provider:anthropic -status:blocked');
  await window.expectCounts('18 of 60 entries');
  await box.fill('provider:anthropic,local -status:blocked');
  await box.press('Enter');
  await expect(sidebar.getByRole('checkbox', { name: /^local/ })).toBeChecked();
  await chips.getByRole('button', { name: 'Remove filter Status blocked' }).click();
  await expect(box).toHaveValue('provider:anthropic,local');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await window.expectCounts('60 entries');
  await expect(sidebar.getByRole('checkbox', { name: /^local/ })).not.toBeChecked();
});

test('the filter is copied as text and pasted again, whatever its values', async ({ desk, context }) => {
  if (desk.host === 'web') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { page, window, box, copy } = await open(desk.start({ source: log.folder }));
  const sidebar = page.getByRole('region', { name: 'Filters' });
  for (const model of MODELS.slice(2, 5)) await sidebar.getByRole('checkbox', { name: model ?? '' }).check();
  await window.expectCounts('30 of 60 entries');
  const text = await box.inputValue();
  expect(text).toContain('"نموذج عربي, تجريبي","👩🏽‍🚒 \\"fire: engine\\""');
  await copy.click();
  await expect(copy).toContainText('Copied');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await window.expectCounts('60 entries');
  await box.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(box).toHaveValue(text);
  await page.keyboard.press('Enter');
  await window.expectCounts('30 of 60 entries');
});

test('an empty result says which part of the filter excludes most', async ({ desk }) => {
  const { page, window, box } = await open(desk.start({ source: log.folder }));
  await box.fill('latency:>=5000 status:blocked provider:openai ');
  await window.expectCounts('0 of 60 entries');
  const parts = page.getByRole('listitem').filter({ hasText: 'without it' });
  // Slow and of that provider: 50 to 59; blocked and of that provider: 0 and 30; slow and blocked: 50.
  await expect(parts).toHaveText([/^Status blocked3 entries without it/, /^Latency.*2 entries/, /^Provider.*1 entry/]);
  await expect(page.getByText('The first one excludes most.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Status blocked' }).click();
  await window.expectCounts('3 of 60 entries');
  await expect(box).toHaveValue('provider:openai latency:>=5000');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`open list, remarks and chips have no faults of accessibility in ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const { page, box, chips, options } = await open(desk.start({ source: log.folder }));
    await page.emulateMedia({ colorScheme });
    await box.fill('-status:passed model:gpt-4 latency:>1 refund');
    await box.press('Enter');
    await expect(chips).toContainText('refund');
    await box.fill('status:open modle:x ');
    await expect(options.first()).toBeVisible();
    await expect(box).toHaveAttribute('aria-invalid', 'true');
    await expectNoBarriers(page);
    await box.blur();
    await expect(chips).toContainText('not applied');
    await expectNoBarriers(page);
  });
}
