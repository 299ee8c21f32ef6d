import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Rules and parts with nothing of their own outside the test: one process may run many of these files. */
const SHARED_PROCESS = ['core', 'main', 'catalog'].map((folder) => `src/${folder}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'rules and parts', include: SHARED_PROCESS, isolate: false } },
      {
        extends: true,
        test: {
          name: 'window and whole',
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', 'node_modules/**', ...SHARED_PROCESS],
        },
      },
    ],
    environment: 'node',
    // One for each core: much of a test's time is waiting for disks, processes and sockets.
    maxWorkers: '100%',
    // For the processes that tests start: most of a short one's life is compiling what the one before compiled.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'riffle-tests-compiled') },
    globalSetup: ['tests/s3-server/global-setup.ts'],
    setupFiles: ['tests/deadlines.ts'],
    // A deadline, not a wait: a computer that stands still for a second breaks nothing.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
