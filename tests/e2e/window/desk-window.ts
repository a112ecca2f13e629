/** The window as a person finds their way in it: by role and name, never by how it is built. */
import { expect, type Locator, type Page } from '@playwright/test';

/** What is in the window while a source is open. */
export class DeskWindow {
  readonly page: Page;
  readonly grid: Locator;
  readonly detail: Locator;
  readonly completeness: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Entries' });
    this.detail = page.getByRole('region', { name: 'Entry detail' });
    this.search = page.getByRole('combobox', { name: 'Search and filter' });
    this.completeness = page.getByRole('contentinfo', { name: 'Completeness' });
  }

  /** The dialog of a name. */
  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name });
  }

  /** Waits until the completeness line says so, with the index complete, and nothing in the window tells of a failure. */
  async expectCounts(counts: string | RegExp): Promise<void> {
    await expect(this.completeness).toContainText('index complete', { timeout: 30_000 });
    await expect(this.completeness.getByRole('status')).toHaveText(counts, { timeout: 30_000 });
    await expect(this.grid).toHaveAttribute('aria-busy', 'false');
    await expect(this.page.getByRole('region', { name: 'Filters' })).toHaveAttribute('aria-busy', 'false');
    await expect(this.page.getByRole('alert')).toHaveCount(0);
  }

  /** Row of the table, counted from 0 among the rows that are drawn. */
  row(position: number): Locator {
    return this.grid.getByRole('row').nth(position + 1);
  }

  /** The row that is chosen. */
  get chosenRow(): Locator {
    return this.grid.getByRole('row', { selected: true });
  }

  /** The row of an entry whose whole id is in its cell. */
  rowOf(id: string): Locator {
    return this.grid.getByRole('row').filter({ hasText: id });
  }

  /** Texts of a column, top to bottom, as far as rows are drawn. */
  async column(header: string): Promise<string[]> {
    const place = await this.columnPlace(header);
    const rows = await this.grid.getByRole('row').all();
    const cells = rows.slice(1).map((row) => row.getByRole('gridcell').nth(place));
    return await Promise.all(cells.map(async (cell) => (await cell.textContent()) ?? ''));
  }

  private async columnPlace(header: string): Promise<number> {
    const headers = await this.grid.getByRole('columnheader').allTextContents();
    const place = headers.indexOf(header);
    if (place === -1) throw new Error(`No column ${header} among ${headers.join(', ')}`);
    return place;
  }

  /** Clicks a column's header and waits for the order. */
  async sortBy(header: string, direction: 'ascending' | 'descending'): Promise<void> {
    const cell = this.grid.getByRole('columnheader', { name: header });
    await cell.getByRole('button').first().click();
    await expect(cell).toHaveAttribute('aria-sort', direction);
    await expect(this.grid).toHaveAttribute('aria-busy', 'false');
  }

  /** Types a range of time and applies it. */
  async typeRange(text: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Range: / }).click();
    await this.page.getByRole('textbox', { name: 'Type a range' }).fill(text);
    await this.page.getByRole('button', { name: 'Apply' }).click();
  }

  /** A recorded field of the detail panel, by its stored name. */
  field(name: string): Locator {
    return this.detail.getByRole('term').getByText(name, { exact: true }).locator('xpath=following-sibling::dd');
  }

  /** The text of the chosen entry's content, once it is revealed. */
  async revealedText(part: 'Input' | 'Output'): Promise<string | null> {
    return await this.detail.getByRole('region', { name: `${part} text` }).textContent();
  }

  /** Finds an entry by its id among all, and chooses it. */
  async findById(id: string): Promise<void> {
    await this.search.fill(id);
    await expect(this.page.getByRole('region', { name: 'Active filter' })).toContainText(id);
    await expect(this.grid).toHaveAttribute('aria-busy', 'false');
    await this.rowOf(id).first().click();
    await expect(this.field('id')).toContainText(id);
    await expect(this.detail.getByRole('heading', { name: 'Raw line' })).toBeVisible();
  }

  /** Asks for the content of the chosen entry and waits until both parts are shown or refused. */
  async reveal(): Promise<void> {
    await this.detail.getByRole('button', { name: 'Reveal' }).click();
    await expect(this.detail.getByRole('button', { name: 'Hide' })).toBeVisible();
  }

  /** Opens the keys dialog and hands a key over by pasting. */
  async pasteKey(name: string, text: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Keys: / }).click();
    const keys = this.dialog('Keys');
    await keys.getByRole('tab', { name: 'Paste' }).click();
    await keys.getByLabel('Key', { exact: true }).fill(text);
    await keys.getByRole('textbox', { name: 'Name' }).fill(name);
    await keys.getByRole('button', { name: 'Import key' }).click();
    await expect(keys.getByRole('status')).toContainText(`Imported ${name}, fingerprint`);
    await expect(keys.getByLabel('Key', { exact: true })).toHaveValue('');
    await keys.getByRole('button', { name: 'Close' }).click();
    await expect(keys).toBeHidden();
  }
}
