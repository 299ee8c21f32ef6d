import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    environment: 'node',
    // One for each core: much of a test's time is waiting for disks, processes and sockets.
    maxWorkers: '100%',
    // For the processes that tests start: most of a short one's life is compiling what the one before compiled.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'riffle-tests-compiled') },
    globalSetup: ['tests/s3-server/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
