/** The desktop application's life: its source, its second start, its place, its end. */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callDesk } from '../support/call-desk.ts';
import { expect, test } from '../support/desk-test.ts';

const LOGS = join(import.meta.dirname, '../../fixtures/python-reference/plaintext');
const OTHER_LOGS = join(import.meta.dirname, '../../fixtures/python-reference/hash-only');

test('a source given at the start is open when the window is', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  await expect
    .poll(() => callDesk(page, 'sources.current', '{}'))
    .toMatchObject({ ok: true, value: { location: { kind: 'folder', path: LOGS } } });
});

test('a source that cannot be opened is told in a dialog, and the window opens', async ({ desk }) => {
  const page = await desk.start({ source: join(LOGS, 'nowhere') });
  await expect.poll(() => desk.harness.errorBoxes.join()).toContain('This source could not be opened');
  expect(await callDesk(page, 'sources.current', '{}')).toEqual({ ok: true, value: null });
});

test('a second start hands its source to the first', async ({ desk }) => {
  const page = await desk.start({ source: LOGS });
  const data = { source: { kind: 'folder', path: OTHER_LOGS } };
  await desk.harness.main.ask({ kind: 'second-instance', data });
  await expect
    .poll(() => callDesk(page, 'sources.current', '{}'))
    .toMatchObject({ ok: true, value: { location: { path: OTHER_LOGS } } });
  for (const rubbish of [null, 'text', { source: { kind: 'url' } }]) {
    await desk.harness.main.ask({ kind: 'second-instance', data: rubbish });
  }
  expect(await callDesk(page, 'host.info', '{}')).toMatchObject({ ok: true });
});

test('the menu opens a folder by the dialog, and what was open before', async ({ desk }) => {
  const page = await desk.start();
  await desk.answerDialogs(null);
  await desk.harness.main.ask({ kind: 'click-menu', labels: ['File', 'Open Folder…'] });
  expect(await callDesk(page, 'sources.current', '{}')).toEqual({ ok: true, value: null });
  await desk.answerDialogs(LOGS);
  await desk.harness.main.ask({ kind: 'click-menu', labels: ['File', 'Open Folder…'] });
  const opened = expect.objectContaining({ ok: true, value: expect.objectContaining({ name: 'plaintext' }) });
  await expect.poll(() => callDesk(page, 'sources.current', '{}')).toEqual(opened);
  const again = await desk.start();
  const { main } = desk.harness;
  const labels = ['File', 'Open Recent', 'plaintext'];
  await expect
    .poll(() =>
      main.ask({ kind: 'click-menu', labels }).then(
        () => 'clicked',
        (error: Error) => error.message,
      ),
    )
    .toBe('clicked');
  await expect.poll(() => callDesk(again, 'sources.current', '{}')).toEqual(opened);
});

test('the window comes back where it was, and where its memory is damaged, as a first one', async ({ desk }) => {
  await desk.start();
  expect(desk.page.viewportSize()).toEqual({ width: 1280, height: 820 });
  const memory = join(desk.dataFolder, 'window.json');
  await desk.end();
  expect((await stat(memory)).mode & 0o777).toBe(0o600);
  await writeFile(memory, JSON.stringify({ x: 10, y: 10, width: 1000, height: 700, maximized: false }));
  await desk.start();
  expect(desk.page.viewportSize()).toEqual({ width: 1000, height: 700 });
  await desk.end();
  await writeFile(memory, '{"x":1');
  await desk.start();
  expect(desk.page.viewportSize()).toEqual({ width: 1280, height: 820 });
});

test('closing the window ends the application', async ({ desk }) => {
  await desk.start();
  const { main } = desk.harness;
  main.tell({ kind: 'close-window', windowId: 1 });
  expect(await main.ended).toBe(0);
});
