import { join } from 'node:path';
import { app, net, Notification, powerMonitor, shell, type BrowserWindow } from 'electron';
import { appPlatform } from '../../app-basics.ts';
import { createHost, type Host } from '../../host.ts';
import { createFetch, type OutgoingHttp } from '../../network/edge-fetch.ts';
import { runMeteredCommand } from '../../network/metered-command.ts';
import { createMeteredProbe } from '../../network/metered.ts';
import { systemClock, type HostPorts, type Log } from '../../ports.ts';
import type { LaunchArguments } from '../../system/launch-arguments.ts';
import type { LaunchFolders } from '../../system/launch-folders.ts';
import { chooseFolder, openFolder } from './folders.ts';
import { createSystemProxy } from './proxy.ts';
import { findServiceUrl } from './service-address.ts';
import { openSystemSecrets } from './system-secrets.ts';

export interface OpenedHost {
  readonly host: Host;
  readonly outgoing: OutgoingHttp;
}

/** The host with everything of Electron's that it needs. */
export const openHost = async (options: {
  readonly launch: LaunchArguments;
  readonly folders: LaunchFolders;
  readonly hasTray: boolean;
  readonly crashes: HostPorts['crashes'];
  readonly updates: Pick<HostPorts, 'updates'>;
  readonly window: () => BrowserWindow | null;
  readonly log: Log;
}): Promise<OpenedHost> => {
  const { launch, folders, hasTray, log } = options;
  const platform = appPlatform(process.platform);
  const proxy = createSystemProxy({ onChange: () => outgoing.renew(), log });
  const outgoing: OutgoingHttp = createFetch({ routeOf: proxy.routeOf });
  // Its connections look alive, and nobody is at the other end.
  powerMonitor.on('resume', () => outgoing.renew());
  const host = await createHost({
    serviceUrl: await findServiceUrl({
      given: launch.service ?? process.env['RIFFLE_SERVICE_URL'],
      dataFolder: folders.data,
      log,
    }),
    dataFolder: folders.data,
    cacheFolder: folders.cache,
    app: { version: app.getVersion(), platform, locale: app.getLocale(), shell: 'electron' },
    abilities: {
      tray: hasTray,
      launchAtLogin: app.isPackaged,
      trackNotifications: Notification.isSupported(),
      stayAwake: true,
      proxy: true,
      opensLinks: true,
      profile: launch.profile,
    },
    useProxy: proxy.use,
    ...options.updates,
    fetch: outgoing.fetch,
    clock: systemClock,
    openExternal: (url) => shell.openExternal(url),
    openBrowser: (url) => shell.openExternal(url),
    isOnline: () => net.isOnline(),
    secrets: openSystemSecrets({ folder: join(folders.data, 'secrets'), log }),
    isMetered: createMeteredProbe({ platform, run: runMeteredCommand, clock: systemClock }),
    chooseFolder: () => chooseFolder(options.window()),
    openFolder,
    crashes: options.crashes,
    log,
  });
  return { host, outgoing };
};
