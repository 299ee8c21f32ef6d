/** One published tone library and one service for all stories of a worker; an app with data of its own for each story. */
import { test as base, expect } from '@playwright/test';
import { join } from 'node:path';
import { buildLargeToneLibrary, buildToneLibrary, type ToneTrack } from '../../builders/tone-library.ts';
import { launchElectron } from '../../electron/launch.ts';
import { RifflePage } from './riffle-page.ts';
import { publish, startService, startWebShell, withFolder, type Running } from './stack.ts';

/** Long enough that a list which is not virtual would show it. */
const LONG_ALBUM_TRACKS = 2_000;

interface Catalog {
  readonly serviceUrl: string;
  readonly tones: readonly ToneTrack[];
  tone(title: string): ToneTrack;
}

export interface StoryFixtures {
  /** Where the window of `riffle` is. In Electron, where there is one; `page` is a browser's all the same. */
  readonly shell: 'web' | 'electron';
  /** An app of its own: nothing played, nothing set. */
  readonly app: Running & { readonly dataFolder: string };
  readonly riffle: RifflePage;
}

export const test = base.extend<StoryFixtures, { readonly catalog: Catalog }>({
  catalog: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      const { folder, remove } = await withFolder();
      const library = join(folder, 'library');
      const store = { location: join(folder, 'store') };
      const tones = await buildToneLibrary(library);
      await buildLargeToneLibrary(library, LONG_ALBUM_TRACKS);
      await publish(library, store, ['--no-analysis']);
      const service = await startService(store, join(folder, 'index'));
      const tone = (title: string): ToneTrack => {
        const found = tones.find((each) => each.title === title);
        if (found === undefined) throw new Error(`No tone is called ${title}.`);
        return found;
      };
      await use({ serviceUrl: service.url, tones, tone });
      await service.stop();
      await remove();
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  shell: ['web', { option: true }],

  app: async ({ catalog }, use) => {
    const { folder, remove } = await withFolder();
    const app = await startWebShell(catalog.serviceUrl, folder);
    await use({ ...app, dataFolder: folder });
    await app.stop();
    await remove();
  },

  riffle: async ({ app, page, catalog, shell }, use) => {
    const electron =
      shell === 'electron'
        ? await launchElectron(catalog.serviceUrl, join(app.dataFolder, 'electron'))
        : null;
    const shown = electron?.page ?? page;
    const complaints: string[] = [];
    shown.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
    await use(await RifflePage.open(shown, electron === null ? app.url : 'app://riffle/'));
    await electron?.app.close();
    // Whatever a story is about, the page never throws.
    expect(complaints).toEqual([]);
  },
});

export { expect } from '@playwright/test';
