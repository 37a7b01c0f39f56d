import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Most tests wait, for Slack's three seconds or a killed process to come back: three at once also on two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
