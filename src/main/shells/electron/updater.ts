import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { app } from 'electron';
import electronUpdater from 'electron-updater';
import { systemClock, type Log } from '../../ports.ts';
import { sweepAbandoned } from '../../storage/temporary-file.ts';
import { installAppImage } from '../../update/install-appimage.ts';
import { compiledInFeed } from '../../update/pinned-keys.ts';
import { swapMacBundle } from '../../update/swap-mac-bundle.ts';
import type { InstallPort, UpdatePorts } from '../../update/update-ports.ts';
import { beginUpdateStart } from '../../update/update-start.ts';

const arch = process.arch === 'arm64' ? 'arm64' : 'x64';

const isThere = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** Ends this app, and starts what lies there now. */
const startAnew = (execPath?: string): void => {
  app.relaunch({ args: process.argv.slice(1), ...(execPath === undefined ? {} : { execPath }) });
  app.quit();
};

const appImage = (file: string, log: Log): InstallPort => {
  // What an installation that was killed left beside it.
  void sweepAbandoned(dirname(file), log);
  return {
    target: { platform: 'linux', arch, kind: 'appimage' },
    runningFile: file,
    async replaceWith(from) {
      await installAppImage(from, file);
      startAnew(file);
    },
  };
};

/** Where each installer leaves itself for the differential download after it (electron-builder's `installer.nsh`). */
const leftInstaller = async (): Promise<string | null> => {
  const file = join(
    process.env['LOCALAPPDATA'] ?? '',
    `${app.getName().toLowerCase()}-updater`,
    'installer.exe',
  );
  return isThere(file, constants.R_OK).then((is) => (is ? file : null));
};

/** For one person and without an administrator, as it was installed. */
const nsis = (runningFile: string | null): InstallPort => ({
  target: { platform: 'win32', arch, kind: 'nsis' },
  runningFile,
  async replaceWith(from, isBack) {
    if (!isBack) {
      electronUpdater.autoUpdater.quitAndInstall(true, true);
      return;
    }
    const installer = spawn(from, ['--updated', '/S', '--force-run'], { detached: true, stdio: 'ignore' });
    await once(installer, 'spawn');
    installer.unref();
    app.quit();
  },
});

const mac = (): InstallPort => ({
  target: { platform: 'darwin', arch, kind: 'zip' },
  runningFile: null,
  async replaceWith(from, isBack) {
    if (!isBack) {
      electronUpdater.autoUpdater.quitAndInstall();
      return;
    }
    await swapMacBundle({
      zip: from,
      // …/Riffle.app/Contents/MacOS/Riffle
      bundle: resolve(app.getPath('exe'), '../../..'),
      run: async (command, args) => void (await promisify(execFile)(command, args)),
    });
    startAnew();
  },
});

/** Null: the app was installed by somebody who may do more than it may (a package of the system, another account). */
const installPort = async (log: Log): Promise<InstallPort | null> => {
  if (process.platform === 'win32') return nsis(await leftInstaller());
  if (process.platform === 'darwin') return mac();
  const file = process.env['APPIMAGE'];
  if (file === undefined) return null;
  return (await isThere(dirname(file), constants.W_OK)) ? appImage(file, log) : null;
};

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
  const install = await installPort(log);
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
