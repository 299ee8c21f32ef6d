import { ipcMain, type BrowserWindow } from 'electron';
import type { HostEventName } from '../../../contract/host-api.ts';
import type { HostReply } from '../../../contract/host-error.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../../contract/ipc-channels.ts';
import { HOST_EVENT_NAMES } from '../../event-names.ts';
import type { Host } from '../../host.ts';
import { isOwnPage } from '../../security/sender.ts';
import { APP_ORIGIN } from './app-origin.ts';

const FORBIDDEN: HostReply<never> = {
  ok: false,
  error: { code: 'forbidden', message: 'only the app’s own page may call' },
};

/** Calls in: one channel, its sender checked here and nowhere else. */
export const answerCalls = (host: Host): void => {
  ipcMain.handle(CALL_CHANNEL, (event, method: unknown, argument: unknown) =>
    isOwnPage(event.senderFrame, APP_ORIGIN) ? host.call(String(method), argument) : FORBIDDEN,
  );
};

/** Events out, to one window, until it closes. */
export const forwardEvents = (host: Host, window: BrowserWindow): void => {
  const forward = (name: HostEventName): (() => void) =>
    host.subscribe(name, (value) => {
      if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, value);
    });
  const unsubscribes = HOST_EVENT_NAMES.map(forward);
  window.once('closed', () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  });
};
