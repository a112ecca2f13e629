/** Line 28: a log whose every text tries to be run, looked at in every view of both hosts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { entryToJson, generateKey } from '../../../src/main/audit/index.ts';
import { callDesk } from '../../e2e/support/call-desk.ts';
import type { RunningDesk } from '../../e2e/support/running-desk.ts';
import { DeskWindow } from '../../e2e/window/desk-window.ts';
import type { Outcome, Scenario } from '../scenario.ts';
import { missingBrowser, openBrowser, openWindow, WINDOW_HOSTS, type WindowHost } from '../support/browsers.ts';
import { EVIL_ORIGIN, INJECTIONS, MARK, TRAP } from '../support/injections.ts';
import { sampleEntry } from '../support/sample-entry.ts';
import { missingBuild } from '../support/served-desk.ts';
import { lookForElements, type Seen, watchContext } from '../support/watched-window.ts';
import type { Workbench } from '../support/workbench.ts';

/** Texts in each field of one entry: joined where a field is one text, one each where it is a list. */
const TEXTS_IN_AN_ENTRY = 20;
/** Longest that a view may take to show what it shall. */
const PATIENCE_MS = 15_000;
/** Of a folder and of a file: what has no slash in it. */
const NAME = `log <img ${MARK} src=x onerror=${TRAP}(900)>`;
const FILE = `audit_<img ${MARK} src=x onerror=${TRAP}(901)>.jsonl`;

interface InjectedLog {
  readonly folder: string;
  readonly entries: number;
}

/** Two entries of one conversation for each ten texts, and as many lines that cannot be read. */
function makeLog(bench: Workbench): InjectedLog {
  const folder = join(bench.folder(), NAME);
  mkdirSync(folder, { recursive: true });
  const lines: string[] = [];
  for (let from = 0; from < INJECTIONS.length; from += TEXTS_IN_AN_ENTRY) {
    const texts = INJECTIONS.slice(from, from + TEXTS_IN_AN_ENTRY);
    const text = texts.join(' ');
    for (const turn of [0, 1]) {
      const entry = {
        ...sampleEntry(
          `${turn}-${text}`,
          0,
          `2020-05-04T12:${String(from / TEXTS_IN_AN_ENTRY).padStart(2, '0')}:0${turn}`,
        ),
        input_hash: text,
        output_hash: text,
        input_content: text,
        output_content: `${text} again`,
        provider: text,
        model: texts[turn] ?? null,
        conversation_id: text,
        safety_passed: turn === 0,
        detectors_triggered: texts,
        block_reason: text,
        alerts: texts,
        metadata: { ...Object.fromEntries(texts.map((one) => [one, one])), nested: { [text]: [texts] } },
      };
      lines.push(entryToJson(entry), `${JSON.stringify(text)} is no entry`);
    }
  }
  writeFileSync(join(folder, FILE), `${lines.join('\n')}\n`);
  return { folder, entries: lines.length / 2 };
}

/** A window that is being looked at. */
interface Look {
  readonly desk: RunningDesk;
  readonly page: Page;
  readonly window: DeskWindow;
  readonly host: WindowHost;
  readonly log: InjectedLog;
}

/** A dialog that is still closing keeps the keys to itself. */
async function openPalette(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
}

async function runCommand(page: Page, title: string): Promise<void> {
  await openPalette(page);
  await page.getByRole('combobox', { name: 'Command' }).fill(title);
  await expect(page.getByRole('option', { selected: true })).toContainText(title);
  await page.keyboard.press('Enter');
}

async function closeDialog(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name })).toBeHidden();
}

/** Every view, and how it is brought to show the log's texts. */
const VIEWS: Readonly<Record<string, (look: Look) => Promise<void>>> = {
  'the table': async ({ window, page, log }) => {
    await window.row(0).click();
    for (let row = 0; row < log.entries; row += 20) await page.keyboard.press('PageDown');
    await page.keyboard.press('Home');
  },
  'the detail of each entry': async ({ window, page, log }) => {
    for (let row = 0; row < log.entries; row += 1) {
      await expect(window.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
      await expect(window.chosenRow).toHaveAttribute('aria-rowindex', String(row + 2));
      await page.keyboard.press('r');
      await expect(window.detail.getByRole('region', { name: 'Output text' })).toContainText('again');
      if (row + 1 === log.entries) break;
      await window.chosenRow.click();
      await page.keyboard.press('ArrowDown');
    }
    await window.detail.getByText('Show the line as stored').click();
  },
  'a conversation': async ({ window }) => {
    await window.detail.getByRole('button', { name: 'Open, 2 turns' }).click();
    await window.detail.getByRole('button', { name: 'Reveal all shown' }).click();
    await expect(window.detail.getByText('again').first()).toBeVisible();
  },
  'the charts': async ({ page }) => {
    await page.getByRole('button', { name: 'Charts' }).click();
    const charts = page.getByRole('region', { name: 'Charts', exact: true });
    await expect(charts).toHaveAttribute('aria-busy', 'false');
    for (const button of await charts.getByRole('button', { name: /as a table$/ }).all()) await button.click();
    await lookForTexts(page);
    await page.getByRole('button', { name: 'Charts' }).click();
  },
  'the sidebar': async ({ page }) => {
    const sidebar = page.getByRole('region', { name: 'Filters' });
    await expect(
      sidebar.getByRole('group', { name: 'Provider', exact: true }).getByRole('checkbox').first(),
    ).toBeVisible();
    await sidebar.getByRole('group', { name: 'Detector', exact: true }).getByRole('checkbox').nth(1).hover();
  },
  'what the search completes, and its chips': async ({ window, page }) => {
    for (const query of ['provider:', 'model:', 'detector:', `"${EVIL_ORIGIN}"`]) {
      await window.search.fill(query);
      await page.waitForTimeout(200);
    }
    await expect(page.getByRole('region', { name: 'Active filter' })).toContainText(EVIL_ORIGIN);
    await window.search.fill('');
  },
  'a search in content': async ({ page }) => {
    await page.getByRole('button', { name: 'Content', exact: true }).click();
    const panel = page.getByRole('region', { name: 'Search in content' });
    await panel.getByRole('textbox', { name: 'Text to look for in content' }).fill(TRAP);
    await panel.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(panel.getByRole('list', { name: 'Entries that hold it' }).getByRole('button').first()).toBeVisible();
    await expect(panel.locator('mark').first()).toBeVisible();
    await page.getByRole('button', { name: 'Content', exact: true }).click();
  },
  'the lines that could not be read': async ({ window, page }) => {
    await window.completeness.getByRole('button', { name: /lines could not be read$/ }).click();
    await expect(window.dialog('Lines that could not be read').getByRole('row').nth(5)).toContainText('audit_<img');
    await lookForTexts(page);
    await closeDialog(page, 'Lines that could not be read');
  },
  'the keys': async ({ window, page }) => {
    await window.pasteKey(INJECTIONS[2] ?? '', generateKey());
    await page.getByRole('button', { name: /^Keys: / }).click();
    await expect(window.dialog('Keys')).toContainText(TRAP);
    await closeDialog(page, 'Keys');
  },
  'the saved views': async ({ window, page }) => {
    await runCommand(page, 'Save this view');
    const dialog = window.dialog('Save this view');
    await dialog.getByRole('textbox', { name: 'Name' }).fill(INJECTIONS[4]?.slice(0, 100) ?? '');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toBeHidden();
    await runCommand(page, 'Arrange, import and export views');
    await expect(window.dialog('Saved views')).toContainText('<svg');
    await window.dialog('Saved views').getByRole('tab', { name: 'Export' }).click();
    await closeDialog(page, 'Saved views');
  },
  'a failed export': async ({ window, page, desk, host, log }) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = window.dialog('Export entries');
    const path = join(log.folder, 'no such folder', 'x.jsonl');
    if (host === 'web') await dialog.getByRole('textbox', { name: 'File' }).fill(path);
    else await desk.answerDialogs(path);
    await dialog.getByRole('button', { name: /^Export \d/ }).click();
    await expect(dialog.getByRole('alert')).toContainText('<img');
    await closeDialog(page, 'Export entries');
  },
  'a rehearsed cleanup': async ({ window, page }) => {
    await runCommand(page, 'Clean up past retention');
    const cleanup = window.dialog('Clean up entries past their retention');
    await cleanup.getByRole('button', { name: 'Preview' }).click();
    await expect(cleanup.getByRole('region', { name: 'By file' })).toContainText('audit_<img');
    await closeDialog(page, 'Clean up entries past their retention');
  },
  'a recorded entry': async ({ window, page }) => {
    await runCommand(page, 'Record an entry');
    const form = window.dialog('Record an entry');
    for (const [number, name] of ['Provider', 'Model', 'Conversation'].entries()) {
      await form.getByRole('textbox', { name }).fill(INJECTIONS[number * 3 + 2] ?? '');
    }
    await form.getByRole('textbox', { name: 'Input', exact: true }).fill(INJECTIONS[0] ?? '');
    await form.getByRole('textbox', { name: 'Output', exact: true }).fill(INJECTIONS[2] ?? '');
    await form.getByRole('button', { name: 'Record', exact: true }).click();
    await expect(form.getByRole('status')).toContainText('Recorded as');
    await form.getByRole('button', { name: 'Close' }).last().click();
  },
  'the commands and the sources': async ({ page }) => {
    await openPalette(page);
    await page.getByRole('combobox', { name: 'Command' }).fill('View:');
    await expect(page.getByRole('option').filter({ hasText: '<svg' }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await runCommand(page, 'Close this source');
    await expect(page.getByRole('button', { name: 'Connect bucket' })).toBeVisible();
    await expect(page.getByText('<img').first()).toBeVisible();
  },
};

/** The view must really show such texts, or there is nothing to be seen in it. */
async function lookForTexts(page: Page): Promise<void> {
  await expect(page.getByText(new RegExp(`${TRAP}|${EVIL_ORIGIN}`)).first()).toBeVisible();
}

async function unfoldEverything(page: Page): Promise<void> {
  const facetKeys = [INJECTIONS[2]?.slice(0, 256) ?? '', 'nested'];
  const reply = await callDesk(page, 'settings.set', JSON.stringify({ foldedFacets: [], facetKeys }));
  expect(reply).toMatchObject({ ok: true });
  await page.reload();
}

async function lookAt(bench: Workbench, host: WindowHost, losses: string[]): Promise<number> {
  const context = await openBrowser(bench);
  await context.pages()[0]?.close();
  const seen: Seen = await watchContext(context);
  const log = makeLog(bench);
  const desk = await openWindow(bench, context, host, { source: log.folder, dataFolder: bench.folder() });
  const { page } = desk;
  page.setDefaultTimeout(PATIENCE_MS);
  const policies: string[] = [];
  page.on('response', (response) => {
    if (response.request().isNavigationRequest()) policies.push(response.headers()['content-security-policy'] ?? '');
  });
  const window = new DeskWindow(page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  await unfoldEverything(page);
  await expect(window.completeness).toContainText('index complete', { timeout: 30_000 });
  let views = 0;
  for (const [name, show] of Object.entries(VIEWS)) {
    try {
      await show({ desk, page, window, host, log });
      views += 1;
    } catch (error) {
      losses.push(`${host}, ${name} could not be looked at: ${String(error).slice(0, 300)}`);
    }
    await lookForElements(page, name, seen);
  }
  const scripts = policies.flatMap((policy) =>
    policy.split(';').filter((part) => part.trim().startsWith('script-src')),
  );
  if (policies.length === 0 || scripts.length !== policies.length) losses.push(`${host}: a page came without a policy`);
  if (scripts.some((part) => part.includes('unsafe-'))) losses.push(`${host}: ${scripts.join()}`);
  for (const [kind, list] of Object.entries(seen))
    losses.push(...list.map((one: string) => `${host}, ${kind}: ${one}`));
  await desk.end();
  return views;
}

async function run(bench: Workbench, rounds: number): Promise<Outcome> {
  const losses: string[] = [];
  let views = 0;
  for (let round = 0; round < rounds; round += 1) {
    const hosts = Object.keys(WINDOW_HOSTS) as WindowHost[];
    for (const count of await Promise.all(hosts.map((host) => lookAt(bench, host, losses)))) views += count;
  }
  return { rounds, losses, note: `${INJECTIONS.length} texts in ${views} views` };
}

/** Line 28. */
export const injectedTexts: Scenario = {
  line: 28,
  name: 'injected-texts',
  promise:
    '200 texts that would run, in every field, in every view of both hosts: 0 run, 0 requests, 0 navigations, no unsafe-*',
  failsWhere: 'a view puts a text into the page as HTML, as a link or as a style',
  rounds: { short: 1, long: 3 },
  shortTimeoutMs: 240_000,
  missing: () => missingBuild() ?? missingBrowser(),
  run,
};
