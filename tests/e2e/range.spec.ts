/** The range of time: by preset, typed, picked in the calendar, shifted; and one zone for every time. */
import { expect, type TestDesk, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { fixtureFolder } from './window/log-copy.ts';

test.use({ timezoneId: 'Asia/Kathmandu' });

async function openLog(desk: TestDesk): Promise<DeskWindow> {
  await desk.start({ source: fixtureFolder('plaintext') });
  const window = new DeskWindow(desk.page);
  await window.expectCounts('120 entries');
  return window;
}

const button = (window: DeskWindow) => window.page.getByRole('button', { name: /^Range: / });

test('a range is chosen by preset, typed in many forms, and shifted by its own width', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await button(window).click();
  await page.getByRole('group', { name: 'Presets' }).getByRole('button', { name: 'Last 30 days' }).click();
  await expect(button(window)).toHaveAccessibleName(/^Range: Last 30 days, since \d{4}-\d\d-\d\d \d\d:\d\d.* UTC$/);
  for (const [typed, shown] of [
    ['25m', /^Range: Last 25 minutes, since .* UTC$/],
    ['last 2 hours', /^Range: Last 2 hours, since .* UTC$/],
    ['2026-01', /^Range: 2026-01-01 – 2026-01-31 UTC$/],
    ['2026-01-05T10:00:00Z to 2026-01-05T12:30:00Z', /^Range: 2026-01-05 10:00 – 2026-01-05 12:30:00\.999999 UTC$/],
    ['2026-01-05', /^Range: 2026-01-05 UTC$/],
  ] as const) {
    await window.typeRange(typed);
    await expect(button(window), typed).toHaveAccessibleName(shown);
  }
  await page.getByRole('button', { name: 'Later', exact: true }).click();
  await expect(button(window)).toHaveAccessibleName('Range: 2026-01-06 UTC');
  await page.getByRole('button', { name: 'Earlier', exact: true }).click();
  await page.getByRole('button', { name: 'Earlier', exact: true }).click();
  await expect(button(window)).toHaveAccessibleName('Range: 2026-01-04 UTC');
});

test('two days in the calendar are a range; the calendar says what to do next', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  await button(window).click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('status')).toHaveText(/^Choose a first and a last day\./);
  const days = panel.getByRole('button').and(page.locator('[title*="entr"]'));
  const [first, last] = [days.first(), days.last()];
  const named = async (day: typeof first) => new Date(`${(await day.getAttribute('aria-label')) ?? ''} UTC`);
  const [from, to] = [await named(first), await named(last)];
  await first.click();
  await expect(panel.getByRole('status')).toContainText('choose the last day, or the same again for this day alone');
  await last.click();
  const day = (date: Date) => date.toISOString().slice(0, 10);
  await expect(button(window)).toHaveAccessibleName(`Range: ${day(from)} – ${day(to)} UTC`);
});

test('one switch sets the zone of table, range and bars, the offset written out', async ({ desk }) => {
  const window = await openLog(desk);
  const { page } = window;
  const before = (await window.column('Time'))[0] ?? '';
  await page.getByRole('button', { name: /^Time zone: UTC/ }).click();
  await page.getByRole('menuitem', { name: /^This machine: / }).click();
  await expect(page.getByRole('button', { name: /^Time zone: / })).toHaveAccessibleName(/Kath?mandu, now UTC\+05:45$/);
  const shown = new Date(`${(await window.column('Time'))[0]?.replace(' ', 'T')}Z`).getTime();
  expect(shown - new Date(`${before.replace(' ', 'T')}Z`).getTime()).toBe((5 * 60 + 45) * 60_000);
  await expect(page.getByRole('region', { name: 'Entries over time' })).toContainText('UTC+05:45');
  await window.typeRange('2026-01-05T00:00Z to 2026-01-05T23:59Z');
  await expect(button(window)).toHaveAccessibleName('Range: 2026-01-05 05:45 – 2026-01-06 05:45 UTC+05:45');
});
