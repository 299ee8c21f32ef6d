import { app } from 'electron';
import electronUpdater from 'electron-updater';
import { systemClock, type Log } from '../../ports.ts';
import { compiledInFeed } from '../../update/pinned-keys.ts';
import type { UpdatePorts } from '../../update/update-ports.ts';
import { beginUpdateStart } from '../../update/update-start.ts';
import { findInstallPort } from './install-port.ts';

/**
 * What this installation needs to be kept up to date, and the first thing a start does after the folders are known. `isReplaced`: this
 * version did not come up twice, the one before is being put in its place, and the app ends; nothing else may be started.
 */
export const openUpdates = async (options: {
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly log: Log;
}): Promise<{ readonly ports: UpdatePorts; readonly isReplaced: boolean }> => {
  const { log } = options;
  const unsupported = (because: 'shell' | 'no_feed' | 'no_rights') => ({
    ports: { unsupported: because },
    isReplaced: false,
  });
  if (!app.isPackaged) return unsupported('shell');
  const feed = compiledInFeed();
  if (feed === null) return unsupported('no_feed');
  const install = await findInstallPort(log);
  if (install === null) return unsupported('no_rights');
  try {
    const { start, isReplaced } = await beginUpdateStart({
      ...options,
      version: app.getVersion(),
      install,
      clock: systemClock,
    });
    return { ports: { feed, updater: electronUpdater.autoUpdater, install, start }, isReplaced };
  } catch (error) {
    log.error('no updates in this run', { error });
    return unsupported('no_rights');
  }
};
