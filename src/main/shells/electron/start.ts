import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { systemClock, type Log } from '../../ports.ts';
import type { CrashReports } from '../../reports/crash-reports.ts';
import { createJsonDocument } from '../../storage/json-document.ts';
import type { Inbox } from '../../system/inbox.ts';
import type { LaunchArguments } from '../../system/launch-arguments.ts';
import type { LaunchFolders } from '../../system/launch-folders.ts';
import { listProfiles } from '../../system/profiles.ts';
import { createWindowPlaces, windowPlacesSchema } from '../../system/window-places.ts';
import { answerCalls } from './ipc.ts';
import { createMainWindow } from './main-window.ts';
import type { MenuDeeds } from './menu.ts';
import { createMiniWindow } from './mini-window.ts';
import { lockDown } from './navigation.ts';
import { openHost } from './open-host.ts';
import { openProfile } from './profile-window.ts';
import { handleSchemes } from './protocols.ts';
import { closeBeforeQuitting } from './quitting.ts';
import { createSurfaces } from './surfaces.ts';
import { followSurroundings } from './surroundings.ts';
import { openUpdates } from './updater.ts';

export interface Started {
  show(): void;
}

/** Everything there is, in the order it needs each other. Resolves when the window has its page, or when another version starts instead. */
export const start = async (options: {
  readonly launch: LaunchArguments;
  readonly folders: LaunchFolders;
  /** `dist/app`, which holds `main`, `preload` and `renderer`. */
  readonly appFolder: string;
  readonly inbox: Inbox;
  readonly crashes: CrashReports;
  readonly log: Log;
}): Promise<Started> => {
  const { launch, folders, appFolder, inbox, crashes, log } = options;
  const preloadFile = join(appFolder, 'preload', 'index.cjs');
  await app.whenReady();
  const updates = await openUpdates({ dataFolder: folders.data, cacheFolder: folders.cache, log });
  if (updates.isReplaced) return { show: () => undefined };
  const isMac = process.platform === 'darwin';
  const hasTray = !isMac;
  const { profile } = launch;

  const placesFile = { path: join(folders.data, 'window.json'), schema: windowPlacesSchema, log };
  const places = await createWindowPlaces({
    document: createJsonDocument(placesFile),
    clock: systemClock,
    log,
  });
  const mini = createMiniWindow({ preloadFile, places });
  lockDown(mini, log);

  let window: () => BrowserWindow | null = () => null;
  const { host, outgoing } = await openHost({
    launch,
    folders,
    hasTray,
    crashes,
    updates: { updates: updates.ports },
    window: () => window(),
    log,
  });
  closeBeforeQuitting([() => host.close(), () => outgoing.close(), () => places.close()], log);
  await handleSchemes({ appFolder, host, log });
  answerCalls(host);

  const main = createMainWindow({
    host,
    places,
    mini,
    preloadFile,
    hasTray,
    onChange: () => tellSurroundings(),
    log,
  });
  window = main.current;
  const deeds: MenuDeeds = {
    perform(entry) {
      host.system.ask(entry.command);
      if (entry.showsWindow) main.show();
    },
    show: main.show,
    openProfile: (name) => openProfile(name, log),
  };
  const tellSurroundings = followSurroundings({
    host,
    locale: app.getLocale(),
    profiles: await listProfiles(folders.root),
    profile,
    window: main.current,
    surfaces: createSurfaces(process.platform, deeds, log),
  });
  app.on('activate', main.show);
  inbox.connect(host.system.ask);

  const isHidden = launch.isHidden || (isMac && app.getLoginItemSettings().wasOpenedAtLogin);
  await main.open(isHidden && launch.links.length === 0);
  return { show: main.show };
};
