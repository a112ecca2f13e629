/** Charts that follow range and filter, and tell their numbers as tables too. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { copyLog, expectedEntries, type LogCopy } from './window/log-copy.ts';

let log: LogCopy;
test.beforeEach(async () => {
  log = await copyLog('hash-only');
});
test.afterEach(async () => {
  await log.remove();
});

async function openCharts(desk: TestDesk) {
  await desk.start({ source: log.folder });
  const window = new DeskWindow(desk.page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  await desk.page.getByRole('button', { name: 'Charts' }).click();
  const charts = desk.page.getByRole('region', { name: 'Charts', exact: true });
  await expect(charts.getByRole('img', { name: /^Volume over time/ })).toBeVisible();
  await expect(charts).toHaveAttribute('aria-busy', 'false');
  return { window, charts };
}

test('charts show volume, blocks, latency, detectors and tokens, and follow the range', async ({ desk }) => {
  const { window, charts } = await openCharts(desk);
  const all = await expectedEntries('hash-only');
  const blocked = all.filter(({ safety_passed }) => !safety_passed).length;
  await expect(charts.getByRole('img', { name: /^Volume/ })).toHaveAccessibleName(
    new RegExp(`${all.length} entries, ${blocked} blocked`),
  );
  for (const name of ['Block rate over time', 'Latency over time in milliseconds: p50']) {
    await expect(charts.getByRole('img', { name: new RegExp(`^${name}`) })).toBeVisible();
  }
  await expect(charts.getByText(/UTC to .* UTC · one span is/)).toBeVisible();

  const ofDay = all.filter(({ timestamp }) => timestamp.startsWith('2026-01-28'));
  await window.typeRange('2026-01-28');
  await expect(charts.getByText(`Charts of ${ofDay.length} entries`)).toBeVisible();
  await expect(window.completeness.getByRole('status')).toContainText(String(ofDay.length));

  const tokens = charts.getByRole('region', { name: 'Tokens by model', exact: true });
  await tokens.getByRole('button', { name: 'Tokens by model: as a table' }).click();
  const models = [...new Set(ofDay.map(({ model }) => model ?? 'not recorded'))];
  await expect(tokens.getByRole('row')).toHaveCount(models.length + 1);
  for (const model of models) {
    const count = ofDay.filter((entry) => (entry.model ?? 'not recorded') === model).length;
    const named = desk.page.getByRole('rowheader', { name: model, exact: true });
    await expect(tokens.getByRole('row').filter({ has: named }).getByRole('cell').nth(2)).toHaveText(String(count));
  }
});

test('a zone is the same in the charts and everywhere, and an empty view says so', async ({ desk }) => {
  const { window, charts } = await openCharts(desk);
  const volume = charts.getByRole('region', { name: 'Volume', exact: true });
  await volume.getByRole('button', { name: 'Volume: as a table' }).click();
  await expect(volume.getByRole('rowheader').first()).toHaveText(/UTC$/);
  await window.typeRange('2001-01-01');
  await expect(charts.getByText('Charts of 0 entries')).toBeVisible();
  await expect(charts.getByText('No detector was triggered in this view')).toBeVisible();
  await window.typeRange('all');
  await desk.page.getByRole('button', { name: 'Charts' }).click();
  await expect(charts).toBeHidden();
  await expect(window.row(0)).toBeVisible();
});

test('charts and their tables are accessible in light and dark', async ({ desk }) => {
  test.slow();
  const { charts } = await openCharts(desk);
  for (const scheme of ['light', 'dark'] as const) {
    await desk.page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect((await new AxeBuilder({ page: desk.page }).include('main').analyze()).violations).toEqual([]);
    await charts.getByRole('button', { name: 'Latency: as a table' }).click();
    expect((await new AxeBuilder({ page: desk.page }).include('main').analyze()).violations).toEqual([]);
    await charts.getByRole('button', { name: 'Latency: as a table' }).click();
  }
});
