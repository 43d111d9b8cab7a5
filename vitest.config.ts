import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Needs a real window; one at a time, because a window has the display's one focus. */
const WINDOW_TESTS = ['test/e2e/**/*.test.ts', 'test/security/**/*.test.ts'];

export default defineConfig({
  test: {
    // Half of the work of many tests is in programs that they start: two cores serve two workers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'core',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', ...WINDOW_TESTS],
          // A shared machine can be ten times slower than a free one; a hang is still found.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'window',
          environment: 'node',
          include: WINDOW_TESTS,
          globalSetup: ['test/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
