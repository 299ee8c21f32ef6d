import type { ProxySettings } from '../../contract/settings.ts';

/** The same settings as Chromium takes them. A manual proxy that is not named leads nowhere rather than past it. */
export const sessionProxy = (
  proxy: ProxySettings,
):
  | { readonly mode: 'system' | 'direct' }
  | { readonly mode: 'fixed_servers'; readonly proxyRules: string; readonly proxyBypassRules: string } => {
  switch (proxy.mode) {
    case 'system':
      return { mode: 'system' };
    case 'none':
      return { mode: 'direct' };
    case 'manual':
      return {
        mode: 'fixed_servers',
        proxyRules: proxy.server === '' ? 'http://127.0.0.1:9' : proxy.server.replace(/\/$/, ''),
        proxyBypassRules: proxy.bypass,
      };
  }
};

const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443', 'socks5:': '1080' };

/** Whether whoever asks for a password is the proxy that is set, and nobody else. */
export const isProxyAt = (proxy: ProxySettings, host: string, port: number): boolean => {
  if (proxy.mode !== 'manual' || !URL.canParse(proxy.server)) return false;
  const url = new URL(proxy.server);
  return url.hostname === host && (url.port || USUAL_PORTS[url.protocol]) === String(port);
};
