/** Electron's security checklist, points 1 to 12 and 18 to 20, as far as they are options and data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../src/main/security/content-security-policy.ts';
import { decideNavigation } from '../../src/main/security/navigation.ts';
import { miniWindowOptions, windowOptions } from '../../src/main/system/window-options.ts';

const root = join(import.meta.dirname, '../..');
const place = { bounds: { x: 0, y: 0, width: 1000, height: 700 }, isMaximised: false };
const facts = { isDark: true, place, preloadFile: '/app/preload/index.cjs' };
const PLATFORMS = ['win32', 'darwin', 'linux'] as const;

/** Every option there is, so that one that is added is looked at here too. */
const PREFERENCES = {
  preload: '/app/preload/index.cjs',
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  backgroundThrottling: false,
};

describe.each([
  ['the window', windowOptions],
  ['the mini player', miniWindowOptions],
])('%s', (_which, options) => {
  it.each(PLATFORMS)('is sandboxed, isolated and without Node on %s (2 to 6, 8 to 12)', (platform) => {
    expect(options({ ...facts, platform }).webPreferences).toEqual(PREFERENCES);
  });
});

describe('the page', () => {
  it('comes from the app alone, and loads nothing from elsewhere (1, 7)', () => {
    for (const target of ['http://riffle.example/', 'https://riffle.example/', 'ftp://riffle/', 'file:///']) {
      expect(decideNavigation(target, 'app://riffle').kind).not.toBe('allow');
    }
    expect(contentSecurityPolicy('electron')).not.toMatch(/https?:|\*|unsafe-eval|'unsafe-inline'.*script/);
    expect(contentSecurityPolicy('electron')).toMatch(/default-src 'none'; script-src 'self';/);
  });
});

describe('what the release is made of', () => {
  const builder = readFileSync(join(root, 'electron-builder.yml'), 'utf8');

  it.each([
    ['runAsNode', false],
    ['enableNodeOptionsEnvironmentVariable', false],
    ['enableNodeCliInspectArguments', false],
    ['enableCookieEncryption', true],
    ['enableEmbeddedAsarIntegrityValidation', true],
    ['onlyLoadAppFromAsar', true],
    ['grantFileProtocolExtraPrivileges', false],
  ])('flips the fuse %s to %s (18, 19)', (fuse, value) => {
    expect(builder).toMatch(new RegExp(`^ +${fuse}: ${value}$`, 'm'));
  });

  it('is one exact and current Electron (16)', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
    };
    const [, major] = /^(\d+)\.\d+\.\d+$/.exec(devDependencies['electron'] ?? '') ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(45);
  });
});
