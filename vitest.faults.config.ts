import { defineConfig } from 'vitest/config';

/** The longer kills and loads: one file after the other, so that none disturbs another's timing. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/setup/global-setup.ts'],
    reporters: ['default', './test/setup/counts-reporter.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
  },
});
