/** Riffle as an app of its own: Electron around the host. */
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app, nativeTheme, net, powerMonitor, shell, type BrowserWindow } from 'electron';
import { appPlatform } from '../../app-basics.ts';
import { createHost } from '../../host.ts';
import { createFetch } from '../../network/edge-fetch.ts';
import { runMeteredCommand } from '../../network/metered-command.ts';
import { createMeteredProbe } from '../../network/metered.ts';
import { platformFolders } from '../../platform-folders.ts';
import { systemClock } from '../../ports.ts';
import { createReportingLog, openCrashReports } from '../../reports/open-crash-reports.ts';
import { watchMainProcess } from '../../reports/watch-main-process.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { keepMinidumps, leaveAfterCrash, watchWindows } from './crash-watch.ts';
import { chooseFolder, openFolder } from './folders.ts';
import { answerCalls, forwardEvents } from './ipc.ts';
import { installMenu } from './menu.ts';
import { lockDown } from './navigation.ts';
import { handleSchemes, registerSchemes } from './protocols.ts';
import { findServiceUrl } from './service-address.ts';
import { openSystemSecrets } from './system-secrets.ts';
import { createWindow, showWindow } from './window.ts';

const reporting = createReportingLog(process.stderr);
const { log } = reporting;
/** `dist/app`, which holds `main`, `preload` and `renderer`. */
const appFolder = dirname(import.meta.dirname);

const dataFolder = app.getPath('userData');
const { cache: cacheFolder } = platformFolders(process.platform, process.env, homedir());
const crashes = openCrashReports({
  dataFolder,
  cacheFolder,
  appFolder,
  version: app.getVersion(),
  shell: 'electron',
  reporting,
  nowMs: Date.now,
});

const start = async (): Promise<void> => {
  await app.whenReady();
  lockDown(log);
  installMenu(app.getLocale(), process.platform);

  const platform = appPlatform(process.platform);
  const outgoing = createFetch();
  powerMonitor.on('resume', () => outgoing.renew());
  let window: BrowserWindow | null = null;
  const host = await createHost({
    serviceUrl: await findServiceUrl({
      commandLine: process.argv.slice(1),
      environment: process.env,
      dataFolder,
      log,
    }),
    dataFolder,
    cacheFolder,
    app: {
      version: app.getVersion(),
      platform,
      locale: app.getLocale(),
      shell: 'electron',
    },
    fetch: outgoing.fetch,
    clock: systemClock,
    openExternal: (url) => shell.openExternal(url),
    openBrowser: (url) => shell.openExternal(url),
    isOnline: () => net.isOnline(),
    secrets: openSystemSecrets({ folder: join(dataFolder, 'secrets'), log }),
    isMetered: createMeteredProbe({ platform, run: runMeteredCommand, clock: systemClock }),
    chooseFolder: () => chooseFolder(window),
    openFolder,
    crashes,
    log,
  });
  await handleSchemes({ appFolder, host, log });
  answerCalls(host);
  // The system draws window buttons and menus; they follow what the listener chose.
  nativeTheme.themeSource = host.snapshot().settings.theme;
  host.subscribe('settings', ({ theme }) => {
    nativeTheme.themeSource = theme;
  });

  const show = async (): Promise<void> => {
    if (window !== null) {
      showWindow(window);
      return;
    }
    window = createWindow(appFolder);
    window.once('closed', () => {
      window = null;
    });
    forwardEvents(host, window);
    await window.loadURL(`${APP_ORIGIN}/`);
  };
  const showSoon = (): void => {
    show().catch((error: unknown) => log.error('the window could not be opened', { error }));
  };
  app.on('second-instance', showSoon);
  app.on('activate', showSoon);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    host
      .close()
      .then(() => outgoing.close())
      .catch((error: unknown) => log.error('did not close cleanly', { error }))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });

  await show();
};

keepMinidumps();
watchMainProcess({ process, reports: crashes, log, end: () => leaveAfterCrash(crashes) });
watchWindows({ reports: crashes, log });
app.enableSandbox();
registerSchemes();
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('could not start', { error });
    app.exit(1);
  });
} else {
  app.quit();
}
