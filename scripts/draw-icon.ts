/** Draws resources/icon.png from resources/icon.svg: 512 pixels, transparent corners. */
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { provideChromium } from './chromium.ts';

const SIZE = 512;
const resources = new URL('../resources/', import.meta.url);

const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
const browser = await chromium.launch({ executablePath: provideChromium(), args: asRoot ? ['--no-sandbox'] : [] });
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
await page.setContent(`<body style="margin:0">${await readFile(new URL('icon.svg', resources), 'utf8')}</body>`);
await writeFile(new URL('icon.png', resources), await page.screenshot({ omitBackground: true }));
await browser.close();
