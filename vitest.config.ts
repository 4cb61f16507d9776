import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.eval.ts'],
    // PGlite, Meilisearch and Chromium are real: two workers fill a two-core machine.
    pool: 'forks',
    maxWorkers: 2,
    // They catch what hangs, not what is slow: a busy machine may take four times as long as ours.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
