import { app, session } from 'electron';
import { createProxyRouter } from '../../network/proxy-router.ts';
import { isProxyAt, sessionProxy } from '../../network/session-proxy.ts';
import type { Log, ProxyConfiguration } from '../../ports.ts';

export interface SystemProxy {
  readonly use: (proxy: ProxyConfiguration) => void;
  readonly routeOf: ReturnType<typeof createProxyRouter>['routeOf'];
}

/**
 * The proxy for both doors: the host's own, and what Chromium asks by itself. The system's way is Chromium's to find: it knows
 * scripts and what every desktop has for settings.
 */
export const createSystemProxy = (options: {
  readonly onChange: () => void;
  readonly log: Log;
}): SystemProxy => {
  const { onChange, log } = options;
  let proxy: ProxyConfiguration | null = null;
  let isSet: Promise<void> = Promise.resolve();
  const router = createProxyRouter({
    environment: process.env,
    async askSystem(address) {
      await isSet;
      return session.defaultSession.resolveProxy(address);
    },
    onChange,
  });

  app.on('login', (event, _contents, { firstAuthAttempt }, { isProxy, host, port }, answer) => {
    // A second time means that it was wrong; asking for ever would not make it right.
    if (!isProxy || !firstAuthAttempt || proxy === null || !isProxyAt(proxy, host, port)) return;
    event.preventDefault();
    answer(proxy.username, proxy.password ?? '');
  });

  return {
    routeOf: router.routeOf,
    use(next) {
      proxy = next;
      isSet = session.defaultSession
        .setProxy(sessionProxy(next))
        .catch((error: unknown) => log.error('the proxy could not be set', { error }));
      router.use(next);
    },
  };
};
