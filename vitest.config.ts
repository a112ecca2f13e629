import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Specs in tests/e2e are Playwright's.
    include: ['tests/{architecture,contract,integration,renderer,torture,unit}/**/*.test.{ts,tsx}'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
