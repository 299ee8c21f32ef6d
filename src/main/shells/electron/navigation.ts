import { app, session, shell } from 'electron';
import type { Log } from '../../ports.ts';
import { decideNavigation, decideWindowOpen, type NavigationDecision } from '../../security/navigation.ts';
import { decidePermission } from '../../security/permissions.ts';
import { APP_ORIGIN } from './app-origin.ts';

/** Denies by default: other pages, other windows, embedded views, capabilities, devices. For every web contents there is. */
export const lockDown = (log: Log): void => {
  const openOutside = (decision: NavigationDecision): void => {
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
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(decideWindowOpen(url));
      return { action: 'deny' };
    });
  });

  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(decidePermission(permission, details.requestingUrl, APP_ORIGIN));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    decidePermission(permission, requestingOrigin, APP_ORIGIN),
  );
  defaultSession.setDevicePermissionHandler(() => false);
};
