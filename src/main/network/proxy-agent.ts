import { Pool, ProxyAgent } from 'undici';
import type { ProxyRoute } from './proxy-rules.ts';
import type { Way } from './way.ts';

/**
 * The way through a proxy: a tunnel (CONNECT) for https, the whole address in the request for http, SOCKS 5. HTTP/1.1 only: a
 * proxy that cuts a tunnel cuts one request with it, and not all of them.
 */
export const createProxyAgent = (
  { uri, credentials }: Extract<ProxyRoute, { kind: 'proxy' }>,
  limits: Readonly<
    Record<'connections' | 'connectTimeout' | 'keepAliveTimeout' | 'headersTimeout' | 'bodyTimeout', number>
  >,
  tls: { readonly ca?: string },
): Way => {
  const pools = new Set<Pool>();
  const login = credentials === null ? null : `${credentials.username}:${credentials.password}`;
  const agent = new ProxyAgent({
    ...limits,
    uri,
    allowH2: false,
    requestTls: tls,
    factory(origin, options) {
      const pool = new Pool(origin, options);
      pools.add(pool);
      return pool;
    },
    ...(login === null ? {} : { token: `Basic ${Buffer.from(login).toString('base64')}`, ...credentials }),
  });
  return {
    dispatcher: agent,
    isIdle: () => [...pools].every(({ stats }) => stats.connected === 0 && stats.size === 0),
  };
};
