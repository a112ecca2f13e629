import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Specs in tests/e2e are Playwright's.
    include: ['tests/{architecture,contract,integration,renderer,torture,unit}/**/*.test.{ts,tsx}'],
    // Much of what runs here waits: for a disk, for a server that is silent on purpose, for a process that was killed.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // See playwright.config.ts.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
