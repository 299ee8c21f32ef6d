import { app, session, shell, type WindowOpenHandlerResponse } from 'electron';
import type { Log } from '../../ports.ts';
import {
  decideNavigation,
  decideWindowOpen,
  type NavigationDecision,
  type WindowOpenDecision,
} from '../../security/navigation.ts';
import { decidePermission, decidePermissionCheck } from '../../security/permissions.ts';
import { APP_ORIGIN } from './app-origin.ts';

/** Whoever makes the mini player's window: whether there is one, and how the next would look. */
export interface MiniWindows {
  isOpen(): boolean;
  options(): Electron.BrowserWindowConstructorOptions;
}

/** Denies by default: other pages, other windows, embedded views, capabilities, devices. For every web contents there is. */
export const lockDown = (mini: MiniWindows, log: Log): void => {
  const openOutside = (decision: NavigationDecision | WindowOpenDecision): void => {
    if (decision.kind !== 'external') return;
    shell.openExternal(decision.url).catch((error: unknown) => log.warn('could not be opened', { error }));
  };

  app.on('web-contents-created', (_event, contents) => {
    const guard = (event: { preventDefault(): void; readonly url: string }): void => {
      const decision = decideNavigation(event.url, APP_ORIGIN);
      if (decision.kind === 'allow') return;
      event.preventDefault();
      openOutside(decision);
    };
    contents.on('will-navigate', guard);
    contents.on('will-redirect', guard);
    contents.on('will-frame-navigate', guard);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url, frameName }): WindowOpenHandlerResponse => {
      const decision = decideWindowOpen({
        target: url,
        frameName,
        openerUrl: contents.getURL(),
        appOrigin: APP_ORIGIN,
        isMiniOpen: mini.isOpen(),
      });
      if (decision.kind === 'mini') return { action: 'allow', overrideBrowserWindowOptions: mini.options() };
      openOutside(decision);
      return { action: 'deny' };
    });
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(decidePermission(permission, details.requestingUrl, APP_ORIGIN));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, { mediaType }) =>
    decidePermissionCheck(permission, mediaType, requestingOrigin, APP_ORIGIN),
  );
  defaultSession.setDevicePermissionHandler(() => false);
};
