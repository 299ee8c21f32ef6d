/** A feed with a new version in it, an edge before it, and an installation that is started with the web shell's window. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openStore } from '../../../src/catalog/store/open-store.ts';
import { prepare, type Attempt, type Prepared } from '../../update/world/attempt.ts';
import { appPath } from '../../update/world/installation.ts';
import { startApp } from '../../update/world/stand-in-app.ts';
import { createWorld, OLD, type World } from '../../update/world/world.ts';
import { RifflePage } from './riffle-page.ts';
import { startServer, withFolder, type Running } from './stack.ts';

const UPDATING_APP = join(import.meta.dirname, 'updating-app.ts');

export interface UpdateWorld {
  readonly world: World;
  readonly installation: Prepared;
  /** Starts what is installed, over the same data as before. */
  open(page: Page): Promise<RifflePage>;
  /** The version that starts from where the app lies. */
  starts(): Promise<string>;
  end(): Promise<void>;
}

/** `attempt` says what the feed offers. */
export const openUpdateWorld = async (serviceUrl: string, attempt: Attempt = {}): Promise<UpdateWorld> => {
  const { folder, remove } = await withFolder();
  const feed = join(folder, 'feed');
  await mkdir(feed);
  const world = await createWorld(openStore({ location: feed }));
  const installation = await prepare(world, attempt);
  const { root, feedUrl } = installation;
  const apps: Running[] = [];
  return {
    world,
    installation,
    async open(page) {
      const options = { serviceUrl, root, feedUrl, keys: world.key.text, version: OLD };
      const app = await startServer('the app', [UPDATING_APP, JSON.stringify(options)]);
      apps.push(app);
      return RifflePage.open(page, app.url);
    },
    starts: () => startApp(appPath(root), world.all),
    async end() {
      for (const app of apps) await app.stop();
      await world.close();
      await remove();
    },
  };
};
