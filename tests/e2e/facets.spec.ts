/** The sidebar: counts of every field, to keep and to leave out, ranges of numbers, keys of the metadata. */
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

interface Facets {
  readonly page: Page;
  readonly window: DeskWindow;
  readonly sidebar: Locator;
  group(name: string): Locator;
}

async function open(start: Promise<Page>): Promise<Facets> {
  const page = await start;
  const window = new DeskWindow(page);
  await window.expectCounts('60 entries');
  const sidebar = page.getByRole('region', { name: 'Filters' });
  return { page, window, sidebar, group: (name) => sidebar.getByRole('group', { name, exact: true }) };
}

test('every group counts, also of fields that no entry records', async ({ desk }) => {
  const { sidebar, group } = await open(desk.start({ source: log.folder }));
  await expect(group('Alert').getByRole('checkbox', { name: /^none/ })).toBeVisible();
  await expect(sidebar.getByText('counting', { exact: true })).toHaveCount(0);
  await expect(sidebar.getByRole('alert')).toHaveCount(0);
});

test('values are kept and left out by keyboard, and a field is cleared whole', async ({ desk }) => {
  const { page, window, group } = await open(desk.start({ source: log.folder }));
  await group('Provider')
    .getByRole('checkbox', { name: /^openai/ })
    .focus();
  await page.keyboard.press('Space');
  await window.expectCounts('20 of 60 entries');
  await page.keyboard.press('Tab');
  const exclude = group('Provider').getByRole('button', { name: 'Exclude Provider openai' });
  await expect(exclude).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(exclude).toHaveAttribute('aria-pressed', 'true');
  await expect(group('Provider').getByRole('checkbox', { name: /^openai/ })).not.toBeChecked();
  await window.expectCounts('40 of 60 entries');
  await group('Provider').getByRole('button', { name: 'Clear Provider' }).click();
  await window.expectCounts('60 entries');
});

test('a field that is folded up stays so, also after a new start', async ({ desk }) => {
  const first = await open(desk.start({ source: log.folder }));
  await expect(first.group('Conversation').getByRole('checkbox')).toHaveCount(0);
  await first.group('Conversation').getByRole('button', { name: 'Conversation', exact: true }).click();
  await expect(first.group('Conversation').getByRole('checkbox')).toHaveCount(8);
  await first.group('Model').getByRole('button', { name: 'Model', exact: true }).click();
  await expect(first.group('Model').getByRole('checkbox')).toHaveCount(0);
  const next = await open(desk.start({ source: log.folder }));
  await expect(next.group('Conversation').getByRole('checkbox')).toHaveCount(8);
  await expect(next.group('Model').getByRole('button', { name: 'Model', exact: true })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
  // What is filtered is seen all the same.
  await next.page.getByRole('combobox', { name: 'Search and filter' }).fill('model:gpt-4 ');
  await next.window.expectCounts('10 of 60 entries');
  await expect(next.group('Model')).toContainText('filtered');
});

test('of many values more are shown on request, and any is found by a part of it', async ({ desk }) => {
  const { window, group } = await open(desk.start({ source: log.folder }));
  const conversations = group('Conversation');
  await conversations.getByRole('button', { name: 'Conversation', exact: true }).click();
  await conversations.getByRole('button', { name: '12 more' }).click();
  await expect(conversations.getByRole('checkbox')).toHaveCount(20);
  const search = conversations.getByRole('searchbox', { name: 'Search values of Conversation' });
  await search.fill('TION-17');
  await expect(conversations.getByRole('checkbox')).toHaveCount(1);
  await conversations.getByRole('checkbox', { name: /^conversation-17/ }).check();
  await window.expectCounts('3 of 60 entries');
  await search.fill('nothing like it');
  await expect(conversations).toContainText('No value holds that text');
  await conversations.getByRole('button', { name: 'Show fewer' }).click();
  await expect(conversations.getByRole('checkbox', { name: /^conversation-17/ })).toBeChecked();
});

test('a key of the metadata is added as a facet, remembered, and taken away', async ({ desk }) => {
  const first = await open(desk.start({ source: log.folder }));
  await first
    .group('department')
    .getByRole('checkbox', { name: /^claims/ })
    .check();
  await first.window.expectCounts('30 of 60 entries');
  await first.sidebar.getByRole('button', { name: 'Add a metadata key' }).click();
  await first.sidebar.getByRole('button', { name: /^ticket no\./ }).click();
  await expect(first.group('ticket no.').getByRole('checkbox', { name: /^not recorded/ })).toBeVisible();
  await first.group('ticket no.').getByRole('checkbox', { name: /^T-2/ }).check();
  await first.window.expectCounts('1 of 60 entries');
  await first.page.getByRole('button', { name: 'Clear all' }).click();
  await first.window.expectCounts('60 entries');
  await first.page.waitForTimeout(800);
  const next = await open(desk.start({ source: log.folder }));
  await expect(next.group('ticket no.').getByRole('checkbox')).toHaveCount(7);
  await next.group('ticket no.').getByRole('button', { name: 'Remove facet ticket no.' }).click();
  await expect(next.group('ticket no.')).toHaveCount(0);
  await expect(next.sidebar.getByRole('button', { name: 'Add a metadata key' })).toBeVisible();
});

test('numbers are bounded by two fields, exactly, and wrong bounds are told', async ({ desk }) => {
  const { page, window, group } = await open(desk.start({ source: log.folder }));
  const latency = group('Latency');
  const least = latency.getByRole('textbox', { name: 'Latency in milliseconds, at least' });
  const most = latency.getByRole('textbox', { name: 'Latency in milliseconds, at most' });
  await least.fill('2s');
  await least.press('Enter');
  await window.expectCounts('40 of 60 entries');
  await expect(least).toHaveValue('2000');
  await most.fill('<3000');
  await most.press('Tab');
  await window.expectCounts('10 of 60 entries');
  await expect(page.getByRole('combobox', { name: 'Search and filter' })).toHaveValue('latency:2000..<3000');
  await most.fill('10');
  await most.press('Enter');
  await expect(latency.getByRole('alert')).toContainText('must not be larger');
  // The remark itself is an alert, so only the counts are looked at here.
  await expect(window.completeness.getByRole('status')).toHaveText('10 of 60 entries');
  await most.press('Escape');
  await expect(most).toHaveValue('<3000');
  await latency.getByRole('button', { name: 'Clear Latency' }).click();
  await window.expectCounts('60 entries');
  await expect(group('Input tokens')).toContainText('1 without a number');
});

test('the bars of a number choose a part of it by dragging', async ({ desk }) => {
  const { page, window, group } = await open(desk.start({ source: log.folder }));
  const bars = group('Latency')
    .locator('svg')
    .filter({ has: page.locator('title') });
  await expect(bars.locator('title').first()).toHaveText(/^0 to less than 1: 1 entry$/);
  const count = await bars.locator('title').count();
  const box = await bars.boundingBox();
  if (box === null) throw new Error('The bars are not shown.');
  const middleOf = (bar: number) => box.x + (box.width * (bar + 0.5)) / count;
  // The last two bars: 2000 to less than 5000, and from 5000 on.
  await expect(bars.locator('title').nth(count - 2)).toHaveText('2000 to less than 5000: 30 entries');
  await page.mouse.move(middleOf(count - 2), box.y + 10);
  await page.mouse.down();
  await page.mouse.move(middleOf(count - 1), box.y + 10, { steps: 4 });
  await page.mouse.up();
  await window.expectCounts('40 of 60 entries');
  await page.mouse.click(middleOf(count - 2), box.y + 10);
  await window.expectCounts('30 of 60 entries');
});

test('names of any script and length stay in their line', async ({ desk }) => {
  const { group } = await open(desk.start({ source: log.folder }));
  for (const model of MODELS) {
    const checkbox = group('Model').getByRole('checkbox', { name: model ?? 'not recorded', exact: false });
    const row = checkbox.first().locator('xpath=ancestor::div[1]');
    const [inside, outside] = [await row.boundingBox(), await group('Model').boundingBox()];
    expect(inside?.height).toBeLessThan(30);
    expect((inside?.x ?? 0) + (inside?.width ?? 0)).toBeLessThanOrEqual((outside?.x ?? 0) + (outside?.width ?? 0));
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`all groups have no faults of accessibility in ${colorScheme}`, async ({ desk }) => {
    test.slow();
    const { page, window, sidebar, group } = await open(desk.start({ source: log.folder }));
    await page.emulateMedia({ colorScheme });
    for (const name of ['Conversation', 'Block reason', 'Output tokens']) {
      await group(name).getByRole('button', { name, exact: true }).click();
    }
    await group('Conversation').getByRole('button', { name: '12 more' }).click();
    await group('Status').getByRole('button', { name: 'Exclude Status blocked' }).click();
    await window.expectCounts('54 of 60 entries');
    const field = group('Latency').getByRole('textbox').first();
    await field.fill('wrong');
    await field.press('Enter');
    await expect(group('Latency').getByRole('alert')).toBeVisible();
    await sidebar.getByRole('button', { name: 'Add a metadata key' }).click();
    await expect(sidebar.getByRole('list', { name: 'Metadata keys' })).toBeVisible();
    // No tooltip shall lie over what is looked at.
    await page.mouse.move(640, 400);
    await expectNoBarriers(page);
  });
}
