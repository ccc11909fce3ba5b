import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/data/**', '**/dist/**', 'test/faults/**'],
    globalSetup: ['test/setup/global-setup.ts'],
    reporters: ['default', './test/setup/counts-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    // Some begin with a catalogue that is learned: seconds, and on a machine with much else to do many.
    hookTimeout: 180_000,
    teardownTimeout: 30_000,
  },
});
