import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface GateRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

export type GateDecision =
  | { readonly kind: 'pass' }
  /** The start address was opened: set the cookie, go on without the token in the address. */
  | { readonly kind: 'admit'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly sentence: string };

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right));

const cookieValue = (header: string | undefined, name: string): string | null => {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
};

const refuse = (sentence: string): GateDecision => ({ kind: 'refuse', sentence });

/**
 * Who may talk to the loopback server: the browser that opened the start address, from the page it got. Host is checked
 * against DNS rebinding, Origin and Sec-Fetch-Site against other pages in the same browser, the cookie against other
 * programs on the machine. A cookie is not bound to a port, so its name is.
 */
export const createGate = (options: { readonly port: number; readonly token: string }) => {
  const { port, token } = options;
  const cookieName = `riffle-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  return (request: GateRequest): GateDecision => {
    const { headers, url, method } = request;
    const { host, origin } = headers;
    if (host === undefined || !hosts.has(host)) {
      return refuse('This server answers to 127.0.0.1 only.');
    }
    if (origin !== undefined && origin !== `http://${host}`) {
      return refuse('Requests from other pages are not answered.');
    }
    const start = url.searchParams.get('token');
    if (method === 'GET' && url.pathname === '/' && start !== null && isSame(start, token)) {
      return { kind: 'admit', cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/` };
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') {
      return refuse('Requests from other pages are not answered.');
    }
    const given = cookieValue(headers.cookie, cookieName);
    if (given === null || !isSame(given, token)) {
      return refuse('Open the address that Riffle printed when it started; this one is not signed in.');
    }
    return { kind: 'pass' };
  };
};
