/** Riffle as an app of its own: Electron around the host. */
import { dirname } from 'node:path';
import { app } from 'electron';
import { createReportingLog, openCrashReports } from '../../reports/open-crash-reports.ts';
import { watchMainProcess } from '../../reports/watch-main-process.ts';
import { createInbox } from '../../system/inbox.ts';
import { keepMinidumps, leaveAfterCrash, watchWindows } from './crash-watch.ts';
import { claimLinks, isFirstOfProfile, readOwnLaunch, receive, settleFolders } from './launch.ts';
import { registerSchemes } from './protocols.ts';
import { start, type Started } from './start.ts';

const reporting = createReportingLog(process.stderr);
const { log } = reporting;
/** `dist/app`, which holds `main`, `preload` and `renderer`. */
const appFolder = dirname(import.meta.dirname);
const launch = readOwnLaunch(log);
const folders = settleFolders(launch);
const crashes = openCrashReports({
  dataFolder: folders.data,
  cacheFolder: folders.cache,
  appFolder,
  version: app.getVersion(),
  shell: 'electron',
  reporting,
  nowMs: Date.now,
});
const inbox = createInbox();
let running: Started | null = null;

keepMinidumps();
watchMainProcess({ process, reports: crashes, log, end: () => leaveAfterCrash(crashes) });
watchWindows({ reports: crashes, log });
app.enableSandbox();
registerSchemes();
// A profile that cannot be one must not end in that of somebody else.
if (launch.refused.includes('profile')) app.exit(2);
else if (isFirstOfProfile()) {
  receive({ inbox, show: () => running?.show(), log });
  inbox.add(launch);
  claimLinks();
  start({ launch, folders, appFolder, inbox, crashes, log })
    .then((started) => {
      running = started;
    })
    .catch((error: unknown) => {
      log.error('could not start', { error });
      app.exit(1);
    });
} else app.quit();
