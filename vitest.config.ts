import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Specs in tests/e2e are Playwright's.
    include: ['tests/{architecture,contract,integration,renderer,torture,unit}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // See playwright.config.ts.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
