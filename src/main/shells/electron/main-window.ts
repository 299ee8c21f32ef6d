import { app, autoUpdater, type BrowserWindow } from 'electron';
import type { Host } from '../../host.ts';
import type { Log } from '../../ports.ts';
import { closingMeans } from '../../system/policies.ts';
import type { WindowPlaces } from '../../system/window-places.ts';
import { APP_ORIGIN } from './app-origin.ts';
import { forwardEvents } from './ipc.ts';
import type { MiniWindow } from './mini-window.ts';
import { createWindow, showWindow } from './window.ts';

export interface MainWindow {
  current(): BrowserWindow | null;
  /** Brings the window to the front; opens one where there is none. */
  show(): void;
  /** Opens it, out of sight until it is shown if so wished. Rejects when its page cannot be loaded. */
  open(isHidden: boolean): Promise<void>;
}

/** The one window, and what closing it means. */
export const createMainWindow = (options: {
  readonly host: Host;
  readonly places: WindowPlaces;
  readonly mini: MiniWindow;
  readonly preloadFile: string;
  readonly hasTray: boolean;
  readonly onChange: () => void;
  readonly log: Log;
}): MainWindow => {
  const { host, places, mini, preloadFile, hasTray, onChange, log } = options;
  let window: BrowserWindow | null = null;
  let isQuitting = false;
  const quits = (): void => {
    isQuitting = true;
  };
  app.on('before-quit', quits);
  // There an update closes the windows before it quits.
  if (process.platform === 'darwin') autoUpdater.on('before-quit-for-update', quits);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  const open = async (isHidden: boolean): Promise<void> => {
    const opened = createWindow({ preloadFile, places, isHidden });
    window = opened;
    opened.on('close', (event) => {
      const { settings } = host.snapshot();
      if (closingMeans({ platform: process.platform, settings, isQuitting, hasTray }) === 'close') return;
      event.preventDefault();
      opened.hide();
    });
    opened.once('closed', () => {
      window = null;
      onChange();
    });
    mini.follow(opened);
    forwardEvents(host, opened);
    onChange();
    await opened.loadURL(`${APP_ORIGIN}/`);
  };

  return {
    current: () => window,
    open,
    show() {
      if (window !== null) showWindow(window);
      else open(false).catch((error: unknown) => log.error('the window could not be opened', { error }));
    },
  };
};
