/** What only the web host must hold: its token, its streams, its end. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callDesk } from '../support/call-desk.ts';
import { expect, test } from '../support/desk-test.ts';
import { serveDesk } from '../support/web-desk.ts';

test.describe('audit-desk serve', () => {
  let dataFolder: string;
  test.beforeEach(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'audit-desk-serve-'));
  });
  test.afterEach(async () => await rm(dataFolder, { recursive: true }));

  test('prints its link in one line, and the token stands nowhere else', async ({ page }) => {
    const served = await serveDesk({ source: null, dataFolder });
    await page.goto(served.link);
    await expect.poll(() => page.url()).toBe(new URL('/', served.link).href);
    const token = new URL(served.link).hash.slice('#token='.length);
    expect(await commandLines()).not.toContain(token);
    expect(await textsIn(dataFolder)).not.toContain(token);
    expect(await served.end()).toBe(0);
    expect(served.output()).toBe(`${served.link}\n`);
  });

  test('lets two desks be open in one browser', async ({ context }) => {
    const desks = await Promise.all([serveDesk({ source: null, dataFolder }), serveDesk({ source: null, dataFolder })]);
    const pages = await Promise.all(desks.map(async () => await context.newPage()));
    for (const [index, page] of pages.entries()) await page.goto(desks[index]?.link ?? '');
    for (const page of pages) {
      await page.reload();
      expect(await callDesk(page, 'host.info', '{}')).toMatchObject({ ok: true });
    }
    for (const desk of desks) expect(await desk.end()).toBe(0);
  });
});

test('without its cookie the window is refused', async ({ desk }) => {
  desk.allowProblems(/403|This call is not allowed/);
  const page = await desk.start();
  await page.context().clearCookies();
  const answer = callDesk(page, 'host.info', '{}');
  await expect(answer).resolves.toMatchObject({ ok: false, error: { code: 'forbidden_call' } });
});

/** Command lines of every process on the machine, where the system shows them. */
async function commandLines(): Promise<string> {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const read = async (name: string) => await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
  return (await Promise.all(processes.map(read))).join('\n');
}

async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))).join('\n');
}
