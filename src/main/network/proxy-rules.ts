import { BlockList, isIP } from 'node:net';
import type { ProxyConfiguration } from '../ports.ts';

export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

/** How one address is reached. */
export type ProxyRoute =
  | { readonly kind: 'direct' }
  /** `uri` without user-info. */
  | { readonly kind: 'proxy'; readonly uri: string; readonly credentials: ProxyCredentials | null }
  /** A proxy is wanted and none is named: nothing may go out beside it. */
  | { readonly kind: 'refused' };

type Environment = Readonly<Record<string, string | undefined>>;

const DIRECT: ProxyRoute = { kind: 'direct' };

const hostOf = (url: URL): string =>
  url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/** This machine itself, which no proxy can reach for us. */
export const isLoopback = (url: URL): boolean => {
  const host = hostOf(url);
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
  );
};

const isInSubnet = (host: string, pattern: string): boolean => {
  const [network = '', prefix = ''] = pattern.split('/');
  const family = isIP(network);
  const bits = Number(prefix);
  if (
    family === 0 ||
    isIP(host) !== family ||
    !/^\d{1,3}$/.test(prefix) ||
    bits > (family === 4 ? 32 : 128)
  ) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
};

const matches = (url: URL, pattern: string): boolean => {
  const host = hostOf(url);
  if (pattern === '<local>') return !host.includes('.') && isIP(host) === 0;
  if (pattern.includes('/')) return isInSubnet(host, pattern);
  const [, name = pattern, port] = /^(.*?):(\d+)$/.exec(isIP(pattern) === 6 ? '' : pattern) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  const bare = name.replace(/^\[|\]$/g, '');
  if (bare === '*') return true;
  if (bare.startsWith('*.')) return host.endsWith(bare.slice(1));
  return bare.startsWith('.') ? host.endsWith(bare) || host === bare.slice(1) : host === bare;
};

const patternsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((pattern) => pattern !== '');

/** Whether a list of hosts as Chromium's `proxyBypassRules` has it names this address. */
export const isBypassed = (url: URL, bypass: string): boolean =>
  patternsOf(bypass).some((pattern) => matches(url, pattern));

const unescape = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Null for what is no address of a proxy. Credentials that stand in it are used unless others are given. */
const proxyAt = (address: string, given?: ProxyCredentials): ProxyRoute | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (!/^(https?|socks5):$/.test(url.protocol) || url.hostname === '') return null;
  const credentials = given ?? { username: unescape(url.username), password: unescape(url.password) };
  return {
    kind: 'proxy',
    uri: `${url.protocol}//${url.host}`,
    credentials: credentials.username === '' ? null : credentials,
  };
};

/** As the listener set it by hand. */
export const manualRoute = (proxy: ProxyConfiguration, url: URL): ProxyRoute => {
  if (isLoopback(url) || isBypassed(url, proxy.bypass)) return DIRECT;
  return (
    proxyAt(proxy.server, { username: proxy.username, password: proxy.password ?? '' }) ?? { kind: 'refused' }
  );
};

const PAC_SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/** By the answer of a proxy script (`PROXY host:port; DIRECT`): the first way that we can go. */
export const scriptRoute = (answer: string): ProxyRoute => {
  for (const way of answer.split(';')) {
    const [kind = '', place = ''] = way.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return DIRECT;
    const scheme = PAC_SCHEMES[kind.toUpperCase()];
    const route = scheme === undefined ? null : proxyAt(`${scheme}://${place}`);
    if (route !== null) return route;
  }
  return DIRECT;
};

/** By the variables that command lines use: `https_proxy`, `http_proxy`, `all_proxy`, `no_proxy`, in either case. */
export const environmentRoute = (environment: Environment, url: URL): ProxyRoute => {
  const read = (name: string): string => environment[name] ?? environment[name.toUpperCase()] ?? '';
  const isExcepted = patternsOf(read('no_proxy')).some(
    (pattern) => matches(url, pattern) || matches(url, `.${pattern}`),
  );
  if (isLoopback(url) || isExcepted) return DIRECT;
  const address = read(`${url.protocol.slice(0, -1)}_proxy`) || read('all_proxy');
  if (address === '') return DIRECT;
  return proxyAt(address.includes('://') ? address : `http://${address}`) ?? DIRECT;
};
