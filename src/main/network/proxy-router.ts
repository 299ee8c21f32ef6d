import type { ProxyConfiguration } from '../ports.ts';
import { environmentRoute, isLoopback, manualRoute, scriptRoute, type ProxyRoute } from './proxy-rules.ts';

export interface ProxyRouter {
  use(proxy: ProxyConfiguration): void;
  routeOf(url: URL): Promise<ProxyRoute>;
}

/**
 * Which way each address is reached. Until it is told how, nothing goes out: the first request could be the one that must not
 * go beside the proxy.
 */
export const createProxyRouter = (options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the system says of an address, as a proxy script would; absent: the environment alone says it. */
  readonly askSystem?: (address: string) => Promise<string>;
  /** Connections made so far went another way. */
  readonly onChange: () => void;
}): ProxyRouter => {
  const { environment, askSystem, onChange } = options;
  let proxy: ProxyConfiguration | null = null;
  let tell: () => void;
  const isTold = new Promise<void>((resolve) => {
    tell = resolve;
  });

  return {
    use(next) {
      const isFirst = proxy === null;
      proxy = next;
      if (!isFirst) onChange();
      tell();
    },
    async routeOf(url) {
      await isTold;
      switch (proxy?.mode) {
        case 'manual':
          return manualRoute(proxy, url);
        case 'none':
          return { kind: 'direct' };
        case 'system':
        case undefined:
          if (isLoopback(url)) return { kind: 'direct' };
          return askSystem === undefined
            ? environmentRoute(environment, url)
            : scriptRoute(await askSystem(url.href));
      }
    },
  };
};
