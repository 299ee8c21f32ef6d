/** Binds what Electron tells of processes that end to the rules in `main/reports`. */
import { app, crashReporter, dialog, type BrowserWindow } from 'electron';
import { systemClock, type Log } from '../../ports.ts';
import type { CrashReports } from '../../reports/crash-reports.ts';
import { createWindowRescue } from '../../reports/window-rescue.ts';
import { crashTexts } from './crash-texts.ts';

/** What a crash of native code leaves lies in the app's own folder and goes nowhere. Before the app is ready. */
export const keepMinidumps = (): void => crashReporter.start({ uploadToServer: false });

/** An app that fails as it starts must not start over for ever. */
const RELAUNCH_AFTER_SECONDS = 60;
const LEAVE_WITHIN_MS = 5_000;

/** Quits in order, and by force when that takes too long; what had been running well for a while comes back by itself. */
export const leaveAfterCrash = (reports: Pick<CrashReports, 'upSeconds'>): void => {
  if (reports.upSeconds() >= RELAUNCH_AFTER_SECONDS) app.relaunch();
  setTimeout(() => app.exit(1), LEAVE_WITHIN_MS).unref();
  app.quit();
};

/** Reloads windows that crash or hang, and reports them; asks when that does not help. */
export const watchWindows = (options: { readonly reports: CrashReports; readonly log: Log }): void => {
  const { reports, log } = options;
  app.on('browser-window-created', (_event, window) => rescue(window, reports, log));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit' || reason === 'killed') return;
    reports.record({ kind: 'helper_gone', ending: { reason: `${type}: ${reason}`, exitCode } });
  });
};

const rescue = (window: BrowserWindow, reports: CrashReports, log: Log): void => {
  const { webContents } = window;
  const closing = new AbortController();
  const whileOpen = (act: () => void) => (): void => {
    if (!window.isDestroyed()) act();
  };
  const reload = whileOpen(() => webContents.reload());
  const watch = createWindowRescue({
    reports,
    clock: systemClock,
    log,
    reload,
    kill: whileOpen(() => webContents.forcefullyCrashRenderer()),
    giveUp: () => {
      askWhetherToGoOn(reload).catch((error: unknown) => log.error('nobody could be asked', { error }));
    },
    closing: closing.signal,
  });
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason !== 'clean-exit') watch.gone({ reason, exitCode });
  });
  window.on('unresponsive', () => watch.unresponsive());
  window.on('responsive', () => watch.responsive());
  window.once('closed', () => closing.abort());
};

const askWhetherToGoOn = async (goOn: () => void): Promise<void> => {
  const { message, detail, again, quit } = crashTexts(app.getLocale());
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message,
    detail,
    buttons: [again, quit],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 0) goOn();
  else app.quit();
};
