/** In the real Electron: links, a second start, the window's place, the tray, the proxy, and what the page may not. */
import { join } from 'node:path';
import { expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import type { HostBridge, HostMethod } from '../../src/contract/host-api.ts';
import { buildToneLibrary } from '../builders/tone-library.ts';
import { RifflePage } from '../e2e/support/riffle-page.ts';
import { publish, startService, withFolder } from '../e2e/support/stack.ts';
import { launchElectron, noElectron, startAgain, type ElectronWindow } from './launch.ts';

interface World {
  readonly serviceUrl: string;
  readonly folder: string;
}

const named = (title: string): string => `${title}${noElectron && ` (not here: ${noElectron})`}`;

const test = base.extend<{ readonly data: string }, { readonly world: World | null }>({
  world: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      if (noElectron !== '') {
        await use(null);
        return;
      }
      const { folder, remove } = await withFolder();
      await buildToneLibrary(join(folder, 'library'));
      const store = { location: join(folder, 'store') };
      await publish(join(folder, 'library'), store, ['--no-analysis']);
      const service = await startService(store, join(folder, 'index'));
      await use({ serviceUrl: service.url, folder });
      await service.stop();
      await remove();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // oxlint-disable-next-line no-empty-pattern -- as above
  data: async ({}, use) => {
    const { folder, remove } = await withFolder();
    await use(join(folder, 'data'));
    await remove();
  },
});

test.beforeEach(() => {
  test.skip(noElectron !== '', noElectron);
  test.setTimeout(180_000);
});

const within = async (
  launch: () => Promise<ElectronWindow>,
  story: (app: ElectronApplication, page: Page) => Promise<void>,
): Promise<void> => {
  const { app, page } = await launch();
  try {
    await story(app, page);
  } finally {
    await app.close();
  }
};

const urlOf = (world: World | null): string => {
  if (world === null) throw new Error(noElectron);
  return world.serviceUrl;
};

const callHost = (page: Page, method: HostMethod, argument: unknown): Promise<unknown> =>
  page.evaluate(
    async ([name, given]) => {
      const { riffle } = globalThis as unknown as { readonly riffle: HostBridge };
      return riffle.invoke(name, given);
    },
    [method, argument] as const,
  );

const windowState = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      isVisible: window.isVisible(),
      isOnTop: window.isAlwaysOnTop(),
      bounds: window.getNormalBounds(),
    })),
  );

test(
  named('a link that starts the app is opened, and so is one that comes while it runs'),
  async ({ world, data }) => {
    const url = urlOf(world);
    await within(
      () => launchElectron(url, data, ['--', 'riffle://open/artists']),
      async (app, page) => {
        await expect(page).toHaveURL('app://riffle/artists');
        expect(await startAgain(url, data, ['--', 'riffle://open/genres'])).toBe(0);
        await expect(page).toHaveURL('app://riffle/genres');
        // Behind a link nothing is an option, and a line that tries is not followed.
        await startAgain(url, data, ['riffle://open/albums', '--no-sandbox-please']);
        await startAgain(url, data, ['--', 'riffle://open/history']);
        await expect(page).toHaveURL('app://riffle/history');
        expect(await windowState(app)).toHaveLength(1);
      },
    );
  },
);

test(named('another profile runs beside the first, with folders of its own'), async ({ world, data }) => {
  const url = urlOf(world);
  await within(
    () => launchElectron(url, data),
    async (first) => {
      await within(
        () => launchElectron(url, data, ['--profile=kids']),
        async (second) => {
          const folders = await Promise.all(
            [first, second].map((app) => app.evaluate(({ app: own }) => own.getPath('userData'))),
          );
          expect(folders).toEqual([data, join(data, 'profiles', 'kids')]);
        },
      );
    },
  );
});

test(named('the window opens where it was'), async ({ world, data }) => {
  const url = urlOf(world);
  const bounds = { x: 40, y: 60, width: 820, height: 600 };
  await within(
    () => launchElectron(url, data),
    (app) =>
      app.evaluate(({ BrowserWindow }, where) => {
        BrowserWindow.getAllWindows()[0]?.setBounds(where);
      }, bounds),
  );
  await within(
    () => launchElectron(url, data),
    async (app) => {
      const [window] = await windowState(app);
      expect(window?.bounds).toMatchObject({ width: bounds.width, height: bounds.height });
    },
  );
});

test(
  named('closing leaves the music and an icon beside the clock, if that is wished'),
  async ({ world, data }) => {
    const url = urlOf(world);
    await within(
      () => launchElectron(url, data),
      async (app, page) => {
        await callHost(page, 'settings.change', { closeToTray: true });
        await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
        await expect.poll(() => windowState(app)).toMatchObject([{ isVisible: false }]);
        await startAgain(url, data, []);
        await expect.poll(() => windowState(app)).toMatchObject([{ isVisible: true }]);
      },
    );
  },
);

test(named('the proxy that is set is Chromium’s too'), async ({ world, data }) => {
  await within(
    () => launchElectron(urlOf(world), data),
    async (app, page) => {
      const server = 'http://127.0.0.1:9';
      await callHost(page, 'settings.change', {
        proxy: { mode: 'manual', server, username: '', bypass: '*.intern.example' },
      });
      const resolve = (address: string) =>
        app.evaluate(({ session }, asked) => session.defaultSession.resolveProxy(asked), address);
      await expect.poll(() => resolve('https://music.example/')).toBe('PROXY 127.0.0.1:9');
      expect(await resolve('https://a.intern.example/')).toBe('DIRECT');
    },
  );
});

test(named('the page can neither leave, nor open windows, nor record'), async ({ world, data }) => {
  await within(
    () => launchElectron(urlOf(world), data),
    async (app, page) => {
      const tried = await page.evaluate(async () => ({
        window: window.open('about:blank') === null,
        recording: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
          () => 'given',
          (error: Error) => error.name,
        ),
        hasDevices: Array.isArray(await navigator.mediaDevices.enumerateDevices()),
      }));
      expect(tried).toEqual({ window: true, recording: 'NotAllowedError', hasDevices: true });
      await page.evaluate(() => window.location.assign('file:///etc/passwd'));
      await expect(page).toHaveURL(/^app:\/\/riffle\//);
      const sandboxed = await app.evaluate(({ app: own }) =>
        own.getAppMetrics().flatMap(({ type, sandboxed: is }) => (type === 'Tab' ? [is] : [])),
      );
      // Linux does not say.
      expect(sandboxed.filter((is) => is === false)).toEqual([]);
    },
  );
});

test(named('the mini player is a window of its own above all others'), async ({ world, data }) => {
  await within(
    () => launchElectron(urlOf(world), data),
    async (app, page) => {
      const riffle = new RifflePage(page);
      await riffle.openAlbum('Grundtöne');
      await riffle.playTrack('Zweiter Ton');
      const opened = app.waitForEvent('window');
      await riffle.visit('/now-playing');
      await page.getByRole('button', { name: 'Mini player' }).click();
      const mini = await opened;
      await expect(mini.getByRole('main', { name: 'Mini player' })).toBeVisible();
      expect((await windowState(app)).filter(({ isOnTop }) => isOnTop)).toHaveLength(1);
    },
  );
});
