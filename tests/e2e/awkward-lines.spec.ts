/** Lines that most readers choke on: they open whole, or are listed with their place and why they are no entries. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './support/desk-test.ts';
import { DeskWindow } from './window/desk-window.ts';
import { fixtureFolder } from './window/log-copy.ts';

interface AwkwardLine {
  readonly file: string;
  readonly byte_offset: number;
  readonly readable: boolean;
}

async function unreadableLines(): Promise<AwkwardLine[]> {
  const text = await readFile(`${fixtureFolder('edge-cases')}.expected.json`, 'utf8');
  const { lines } = JSON.parse(text) as { readonly lines: readonly AwkwardLine[] };
  return lines.filter(({ readable }) => !readable);
}

test('what could not be read is counted and listed with file, byte and reason', async ({ desk }) => {
  const window = new DeskWindow(await desk.start({ source: fixtureFolder('edge-cases') }));
  await window.expectCounts('19 entries');
  // No entry of this log names a detector.
  await expect(window.page.getByRole('group', { name: 'Detector' }).getByRole('checkbox')).toHaveCount(1);
  await window.completeness.getByRole('button', { name: '10 lines could not be read' }).click();
  const list = window.dialog('Lines that could not be read');
  const lines = await unreadableLines();
  expect(lines).toHaveLength(10);
  await expect(list.getByRole('row')).toHaveCount(1 + lines.length);
  for (const { file, byte_offset } of lines) {
    const byte = window.page.getByRole('cell', { name: byte_offset.toLocaleString('en-GB'), exact: true });
    const row = list.getByRole('row').filter({ has: byte }).filter({ hasText: file });
    await expect(row).toHaveCount(1);
    await expect(row.getByRole('cell').nth(4)).toHaveText(/\w{3}/);
  }
  await window.page.keyboard.press('Escape');
  await expect(list).toBeHidden();
});

test('every awkward entry is shown with each digit and key as it is stored', async ({ desk }) => {
  const window = new DeskWindow(await desk.start({ source: fixtureFolder('edge-cases') }));
  await window.expectCounts('19 entries');

  await window.findById('edge-005');
  await expect(window.field('latency_ms')).toContainText('NaN');
  await expect(window.field('score')).toHaveText('Infinity');
  await expect(window.field('low')).toHaveText('-Infinity');

  await window.findById('edge-006');
  await expect(window.field('input_tokens')).toHaveText('9007199254740993');
  await expect(window.field('big')).toHaveText('123456789012345678901234567890');

  await window.findById('edge-007');
  await window.reveal();
  await expect(window.detail.getByRole('region', { name: 'Input text' })).toContainText('half a pair: ');
  await expect(window.detail.getByText('Content cannot be checked')).toHaveCount(1);
  expect(await window.revealedText('Output')).toBe('ok 🔐');
  await expect(window.detail.getByText('Content differs from its recorded hash')).toHaveCount(1);

  await window.findById('edge-008');
  await expect(window.detail.getByRole('heading', { name: 'Unknown fields' })).toBeVisible();
  await expect(window.field('reviewer').getByRole('listitem')).toHaveText(['name A. N.', 'when later']);

  await window.findById('edge-009');
  await expect(window.field('provider')).toHaveText('not recorded');
  await expect(window.field('safety_passed')).toHaveText('true (passed)');

  await window.findById('edge-017');
  await expect(window.field('__proto__').getByRole('listitem')).toHaveText(['polluted true']);
  await expect(window.field('constructor')).toHaveText('1');

  await window.findById('edge-018');
  await expect(window.field('latency_ms')).toHaveText('2.5 ms');

  await window.findById('edge-020');
  await expect(window.field('deep')).toContainText('1 value');
  await window.detail.getByText('Show the line as stored').click();
  await expect(window.detail.getByText('['.repeat(198))).toBeVisible();

  await window.findById('edge-031');
  await expect(window.detail.getByText('3,000,489 bytes long')).toBeVisible();
  await window.detail.getByText('Show the line as stored').click();
  await expect(window.detail.getByText('characters; the file holds all of it.').last()).toBeVisible();
});

test('two entries of one id are both shown, and both marked', async ({ desk }) => {
  const window = new DeskWindow(await desk.start({ source: fixtureFolder('edge-cases') }));
  await window.expectCounts('19 entries');
  await window.findById('edge-001');
  await window.expectCounts('2 of 19 entries');
  await expect(window.grid.getByRole('gridcell', { name: 'duplicate id edge-001' })).toHaveCount(2);
  await expect(window.field('id')).toContainText('Another entry of this log has the same id.');
});
