/** What the screenshots show: each scene arranges the window, one after the other, as a person would. */
import { expect, type Page } from '@playwright/test';
import { DeskWindow } from '../../tests/e2e/window/desk-window.ts';
import { fixtureFolder } from '../../tests/e2e/window/log-copy.ts';
import { closeDialog, closeSource, importKey, openFolder, runCommand } from './steps.ts';
import type { TourLogs } from './still-desk.ts';

/** One scene. */
export interface Scene {
  /** First part of the files' names. */
  readonly name: string;
  /** Arranges the window from however the scene before left it. */
  arrange(page: Page, logs: TourLogs): Promise<void>;
}

/** The tour, in order. */
export const SCENES: readonly Scene[] = [
  {
    name: 'start',
    async arrange(page, logs) {
      for (const [path, counts] of [
        [logs.imported, '19 entries'],
        [logs.support, '6,000 entries'],
        [logs.claims, '9,730 entries'],
      ] as const) {
        await openFolder(page, path);
        await new DeskWindow(page).expectCounts(counts);
        await closeSource(page);
      }
      const star = page.getByRole('button', { name: 'Star claims-prod' });
      await star.click();
      await expect(star).toHaveAttribute('aria-pressed', 'true');
    },
  },
  {
    name: 'bucket',
    async arrange(page) {
      await page.getByRole('button', { name: 'Connect bucket' }).click();
      const form = page.getByRole('dialog', { name: 'Connect a bucket' });
      await form.getByRole('combobox', { name: 'Bucket' }).fill('ai-audit-eu');
      await form.getByRole('combobox', { name: 'Prefix' }).fill('prod/audit/');
      await form.getByRole('textbox', { name: 'Region' }).fill('eu-central-1');
      await form.getByRole('combobox', { name: 'Endpoint' }).fill('https://minio.example:9000');
      await form.getByRole('radio', { name: /^Typed here/ }).check();
      await form.getByRole('textbox', { name: 'Access key id' }).fill('AUDITOR');
      await form.getByLabel('Secret access key').fill('not a secret');
    },
  },
  {
    name: 'table',
    async arrange(page, logs) {
      await closeDialog(page);
      await openFolder(page, logs.claims);
      await new DeskWindow(page).expectCounts('9,730 entries');
    },
  },
  {
    name: 'range',
    async arrange(page) {
      await page.getByRole('button', { name: /^Range: / }).click();
      await expect(page.getByRole('button', { name: '28 January 2026' })).toBeVisible();
    },
  },
  {
    name: 'query',
    async arrange(page) {
      await page.keyboard.press('Escape');
      const window = new DeskWindow(page);
      await window.search.fill('department:claims -model:gpt-4 latency:>500 ');
      await window.expectCounts(/ of 9,730 entries$/);
      await page.keyboard.press('End');
      await page.keyboard.type('detectors:');
      await expect(page.getByRole('option', { name: /pii/ })).toBeVisible();
    },
  },
  {
    name: 'timeline',
    async arrange(page) {
      const window = new DeskWindow(page);
      await window.search.fill('');
      await page.keyboard.press('Enter');
      await window.expectCounts('9,730 entries');
      const slider = page.getByRole('slider', { name: 'Entries over time' });
      await slider.focus();
      await page.keyboard.press('End');
      for (let bar = 0; bar < 8; bar += 1) await page.keyboard.press('ArrowLeft');
      for (let bar = 0; bar < 20; bar += 1) await page.keyboard.press('Shift+ArrowLeft');
    },
  },
  {
    name: 'keys',
    async arrange(page, logs) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Keys: / }).click();
      const keys = page.getByRole('dialog', { name: 'Keys' });
      await importKey(page, `${fixtureFolder('encrypted')}/../key-a.key`, 'claims-prod 2025');
      await importKey(page, logs.keyFile, 'claims-prod 2026');
      await expect(keys.getByRole('status')).toContainText('Imported');
    },
  },
  {
    name: 'detail',
    async arrange(page) {
      await closeDialog(page);
      const window = new DeskWindow(page);
      await window.typeRange('2026-01-21 to 2026-01-28');
      await page.getByRole('checkbox', { name: /^blocked/ }).check();
      await window.expectCounts(/ in range$/);
      await window.row(3).click();
      await window.reveal();
      await expect(window.detail.getByText('Content matches its recorded hash')).toHaveCount(2);
    },
  },
  {
    name: 'conversation',
    async arrange(page) {
      const window = new DeskWindow(page);
      await window.detail.getByRole('button', { name: /^Open, / }).click();
      await window.detail.getByRole('button', { name: 'Reveal all shown' }).click();
      await expect(window.detail.getByText('Content matches its recorded hash').first()).toBeVisible();
    },
  },
  {
    name: 'find-text',
    async arrange(page) {
      const window = new DeskWindow(page);
      await window.detail.getByRole('button', { name: 'Back to the entry' }).click();
      await page.getByRole('button', { name: 'Find by text' }).click();
      const dialog = window.dialog('Find by text');
      await dialog.getByRole('textbox').fill('This request was blocked by policy.');
      await dialog.getByRole('button', { name: 'Find' }).click();
      await expect(dialog.getByRole('status')).toContainText('Exactly this text is in');
    },
  },
  {
    name: 'content-search',
    async arrange(page) {
      await closeDialog(page);
      const window = new DeskWindow(page);
      await window.search.fill('');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Content', exact: true }).click();
      const found = page.getByRole('region', { name: 'Search in content' });
      await found.getByRole('textbox', { name: 'Text to look for in content' }).fill('policy');
      await page.keyboard.press('Enter');
      await expect(found.getByRole('status')).toContainText('looked through');
      await expect(found.getByRole('button', { name: 'Stop' })).toHaveCount(0, { timeout: 30_000 });
    },
  },
  {
    name: 'charts',
    async arrange(page) {
      await page.getByRole('button', { name: 'Close the search in content' }).click();
      await runCommand(page, 'close the entry');
      await runCommand(page, 'range: all');
      await new DeskWindow(page).expectCounts('9,730 entries');
      await page.getByRole('button', { name: 'Charts' }).click();
      await expect(page.getByRole('heading', { name: 'Tokens by model' })).toBeVisible();
    },
  },
  {
    name: 'palette',
    async arrange(page) {
      await page.getByRole('button', { name: 'Charts' }).click();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Command' }).fill('ran');
    },
  },
  {
    name: 'export',
    async arrange(page) {
      await closeDialog(page);
      await runCommand(page, 'only blocked');
      await new DeskWindow(page).expectCounts(/ of 9,730 entries$/);
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const form = page.getByRole('dialog', { name: 'Export entries' });
      await form.getByRole('radio', { name: 'CSV' }).check();
      await form.getByRole('textbox', { name: 'File' }).fill('/home/auditor/blocked-2026-01.csv');
    },
  },
  {
    name: 'views',
    async arrange(page) {
      await closeDialog(page);
      for (const [range, name] of [
        ['all', 'Blocked, ever'],
        ['last 7 days', 'Blocked this week'],
      ] as const) {
        await new DeskWindow(page).typeRange(range);
        await runCommand(page, 'save this view');
        const dialog = page.getByRole('dialog', { name: 'Save this view' });
        await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
        await page.keyboard.press('Enter');
        await expect(dialog).toBeHidden();
      }
      await runCommand(page, 'arrange, import');
      await expect(page.getByRole('dialog', { name: 'Saved views' }).getByRole('listitem')).toHaveCount(2);
    },
  },
  {
    name: 'record',
    async arrange(page) {
      await closeDialog(page);
      await page.getByRole('button', { name: 'Record entry' }).click();
      const form = page.getByRole('dialog', { name: 'Record an entry' });
      await form.getByRole('textbox', { name: 'Input', exact: true }).fill('May I share this claim with the broker?');
      await form.getByRole('textbox', { name: 'Output', exact: true }).fill('Only with the consent of the insured.');
      await form.getByRole('textbox', { name: 'Provider' }).fill('anthropic');
      await form.getByRole('textbox', { name: 'Metadata, a JSON object' }).fill('{"department": "claims"}');
      await form.getByRole('radio', { name: 'The texts, encrypted' }).check();
    },
  },
  {
    name: 'nothing',
    async arrange(page) {
      await closeDialog(page);
      await page.getByRole('combobox', { name: 'Search and filter' }).fill('user-4711');
      await expect(page.getByRole('heading', { name: 'No entry matches' })).toBeVisible();
    },
  },
  {
    name: 'cleanup',
    async arrange(page, logs) {
      await closeSource(page);
      await openFolder(page, logs.support);
      await new DeskWindow(page).expectCounts('6,000 entries');
      await page.getByRole('button', { name: 'Clean up' }).click();
      const cleanup = page.getByRole('dialog', { name: 'Clean up entries past their retention' });
      await cleanup.getByRole('button', { name: 'Preview' }).click();
      await expect(cleanup.getByRole('region', { name: 'By file' })).toBeVisible();
    },
  },
  {
    name: 'receipt',
    async arrange(page) {
      const cleanup = page.getByRole('dialog', { name: 'Clean up entries past their retention' });
      const words = cleanup.getByRole('textbox', { name: /^Type .* to confirm$/ });
      const asked = /^Type (.*) to confirm$/.exec((await words.getAttribute('aria-label')) ?? '')?.[1];
      await words.fill(asked ?? '');
      await cleanup.getByRole('button', { name: /^Delete / }).click();
      await expect(cleanup.getByRole('region', { name: 'Receipt' })).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    name: 'unreadable',
    async arrange(page, logs) {
      await page.getByRole('button', { name: 'Done' }).click();
      await closeSource(page);
      await openFolder(page, logs.imported);
      const window = new DeskWindow(page);
      await window.expectCounts('19 entries');
      await window.completeness.getByRole('button', { name: '10 lines could not be read' }).click();
      await expect(window.dialog('Lines that could not be read').getByRole('row')).toHaveCount(11);
    },
  },
  {
    name: 'overfull',
    async arrange(page, logs) {
      await closeDialog(page);
      await closeSource(page);
      await openFolder(page, logs.overfull);
      const window = new DeskWindow(page);
      await window.expectCounts('40 entries');
      await window.search.fill('-detectors:none ');
      await page.keyboard.press('Enter');
      await window.expectCounts(/ of 40 entries$/);
      await window.row(0).click();
      await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
    },
  },
];
