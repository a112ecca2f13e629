/**
 * Takes the pictures of docs/screenshots from the built product: the web host in Chromium, with its clock stopped, over logs that
 * are written anew from fixed seeds. Needs `npm run build` before. The same product gives the same pictures on the same machine.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchBrowser } from './bench/desk/browser.ts';
import { toPalettePng } from './screenshots/palette-png.ts';
import { SCENES, type Scene } from './screenshots/scenes.ts';
import { NOW, serveStillDesk, writeTourLogs } from './screenshots/still-desk.ts';

const OUT = join(import.meta.dirname, '../docs/screenshots');
/** Shown in the pictures, so it is the same on every run. */
const TOUR = join(tmpdir(), 'audit-desk-tour');
const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1920, height: 1080 };
const LONGEST_UNREST = 30;

async function takeScene(page: Page, scene: Scene): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of [LARGE, SMALL]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize(size);
      const name = `${scene.name}-${colorScheme}-${size.width}x${size.height}.png`;
      await writeFile(join(OUT, name), toPalettePng(await pictureAtRest(page)));
      console.log(name);
    }
  }
}

/** A picture that is the same twice in a row, with nothing being fetched any more. Rejects where the window tells of a failure. */
async function pictureAtRest(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  let before: Buffer | null = null;
  for (let attempt = 0; attempt < LONGEST_UNREST; attempt += 1) {
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
    const picture = await page.screenshot({ animations: 'disabled' });
    if (before?.equals(picture)) return picture;
    before = picture;
  }
  throw new Error('The window does not come to rest.');
}

await rm(TOUR, { recursive: true, force: true });
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const dataFolder = await mkdtemp(join(tmpdir(), 'audit-desk-screenshots-'));
const logs = await writeTourLogs(TOUR);
const desk = await serveStillDesk(dataFolder);
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: SMALL, locale: 'en-GB', timezoneId: 'UTC' });
  await page.clock.setFixedTime(NOW);
  await page.goto(desk.link);
  for (const scene of SCENES) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await scene.arrange(page, logs);
    await takeScene(page, scene);
  }
} finally {
  await browser.close();
  await desk.end();
  await rm(TOUR, { recursive: true, force: true });
  await rm(dataFolder, { recursive: true, force: true });
}
