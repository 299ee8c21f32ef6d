import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { app } from 'electron';
import electronUpdater from 'electron-updater';
import type { Log } from '../../ports.ts';
import { sweepAbandoned } from '../../storage/temporary-file.ts';
import { installAppImage } from '../../update/install-appimage.ts';
import { swapMacBundle } from '../../update/swap-mac-bundle.ts';
import type { InstallPort } from '../../update/update-ports.ts';

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
    async replaceWith(from, isBack) {
      await installAppImage(from, file);
      // It lies in its place; what is kept to go back to may be needed once more.
      if (!isBack) await rm(from, { force: true });
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

/** How this installation is replaced. Null: the app was installed by somebody who may do more than it may (a package of the system, another account). */
export const findInstallPort = async (log: Log): Promise<InstallPort | null> => {
  if (process.platform === 'win32') return nsis(await leftInstaller());
  if (process.platform === 'darwin') return mac();
  const file = process.env['APPIMAGE'];
  if (file === undefined) return null;
  return (await isThere(dirname(file), constants.W_OK)) ? appImage(file, log) : null;
};
