/** The window's story in a real browser: the same specs on the web host, on the desktop's code with a stand-in, and on Electron. */
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';
import type { DeskOptions } from './tests/e2e/support/desk-test.ts';

const executablePath = findChromium();
const asRoot = process.platform === 'linux' && process.getuid?.() === 0;

export default defineConfig<DeskOptions>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'out/test-results',
  fullyParallel: false,
  workers: 1,
  // A shared machine may stall for seconds; a test that passes only when tried again is named in the closing lines.
  retries: process.env['CI'] === undefined ? 0 : 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 820 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'web', testIgnore: '**/desktop/**', use: { host: 'web' } },
    { name: 'harness', testIgnore: '**/web-host/**', use: { host: 'harness' } },
    // What asks the stand-in for more than a person can do is for the harness alone.
    { name: 'electron', testIgnore: ['**/web-host/**', '**/desktop/**'], use: { host: 'electron' } },
  ],
});
