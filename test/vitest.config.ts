import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Nothing takes as long as the faults, whatever an earlier run in which they were skipped says: they do not come last. */
class FaultsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isFault = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/faults/');
    return [...sorted.filter(isFault), ...sorted.filter((one) => !isFault(one))];
  }
}

export default defineConfig({
  test: {
    root: '.',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    sequence: { sequencer: FaultsFirst },
    testTimeout: 60_000,
    hookTimeout: 30_000,
    // Most tests wait, for Slack's three seconds or a killed process to come back: three at once also on two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
  },
});
