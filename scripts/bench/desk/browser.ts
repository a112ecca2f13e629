/** The Chromium that the window is measured in. */
import { type Browser, chromium } from 'playwright';
import { findChromium } from '../../chromium.ts';

/** Starts a Chromium as the window tests do. Rejects where there is none. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('There is no Chromium here; set AUDIT_DESK_CHROMIUM to one.');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return await chromium.launch({
    executablePath,
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
