/** What the screenshots show: each scene arranges the window, one after the other, as a person would. */
import { expect, type Page } from '@playwright/test';
import { DeskWindow } from '../../tests/e2e/window/desk-window.ts';
import { fixtureFolder } from '../../tests/e2e/window/log-copy.ts';
import type { TourLogs } from './still-desk.ts';

/** One scene. */
export interface Scene {
  /** First part of the files' names. */
  readonly name: string;
  /** true where it is worth a large picture too. */
  readonly large?: true;
  /** Arranges the window from however the scene before left it. */
  arrange(page: Page, logs: TourLogs): Promise<void>;
}

async function openFolder(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Open folder' }).click();
  await openInBrowser(page, path);
}

async function openInBrowser(page: Page, path: string): Promise<void> {
  const browser = page.getByRole('dialog', { name: 'Open a folder of audit logs' });
  const field = browser.getByRole('textbox', { name: 'Path' });
  await expect(field).not.toHaveValue('');
  await field.fill(path);
  await browser.getByRole('button', { name: 'Open this folder' }).click();
  await expect(browser).toBeHidden();
}

async function closeSource(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Source / }).click();
  await page.getByRole('menuitem', { name: 'Close source' }).click();
  await expect(page.getByRole('heading', { name: 'Audit Desk' })).toBeVisible();
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function importKey(page: Page, path: string, name: string): Promise<void> {
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByRole('textbox', { name: 'Key file' }).fill(path);
  await keys.getByRole('textbox', { name: 'Name' }).fill(name);
  await keys.getByRole('button', { name: 'Import key' }).click();
  await expect(keys.getByRole('table', { name: 'Imported keys' })).toContainText(name);
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
    large: true,
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
    large: true,
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
    name: 'record',
    async arrange(page) {
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
    name: 'unreadable',
    async arrange(page, logs) {
      await closeDialog(page);
      await closeSource(page);
      await openFolder(page, logs.imported);
      const window = new DeskWindow(page);
      await window.expectCounts('19 entries');
      await window.completeness.getByRole('button', { name: '10 lines could not be read' }).click();
      await expect(window.dialog('Lines that could not be read').getByRole('row')).toHaveCount(11);
    },
  },
];
