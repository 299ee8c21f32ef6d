import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';
import { findElectronRuntime } from './scripts/start/electron-runtime.ts';
import type { StoryFixtures } from './tests/e2e/support/fixtures.ts';

/** Debian's Chromium where it is; elsewhere the browser Playwright brings. */
const DEBIAN_CHROMIUM = '/usr/bin/chromium';

const CHROMIUM: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  viewport: { width: 1440, height: 900 },
  colorScheme: 'dark',
  locale: 'en-GB',
  launchOptions: {
    ...(existsSync(DEBIAN_CHROMIUM) ? { executablePath: DEBIAN_CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
    ],
  },
};
// For the services and apps of the stories: most of their start is compiling what the one before compiled.
process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'riffle-tests-compiled');
const hasElectron = findElectronRuntime(import.meta.dirname, false).kind === 'available';

export default defineConfig<StoryFixtures>({
  outputDir: 'test-results',
  testMatch: '**/*.e2e.ts',
  // Each worker has a store and a service of its own, each story an app. Much of a story is listening in real time.
  workers: 2,
  fullyParallel: false,
  // The longest, of what shorter tests hold as well, run where there is time: with this set, as the workflow has it.
  ...(process.env['RIFFLE_ALL_STORIES'] ? {} : { grepInvert: /@long/ }),
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  // Deadlines, not waits.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
  projects: [
    { name: 'web shell', testDir: 'tests/e2e', use: CHROMIUM },
    // Skipped by name where there is no Electron runtime or no display.
    { name: 'electron', testDir: 'tests/electron' },
    // The same stories of playing and finding, told in the window of the real Electron.
    ...(hasElectron
      ? [
          {
            name: 'stories in electron',
            testDir: 'tests/e2e',
            testMatch: /(playing|finding)\.e2e\.ts$/,
            use: { ...CHROMIUM, shell: 'electron' as const },
          },
        ]
      : []),
  ],
});
