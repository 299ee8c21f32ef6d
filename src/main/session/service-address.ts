/** Names of this very machine (RFC 8252, section 8.3); what the name service may answer for is not among them. */
const LOOPBACK = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/;

const LONGEST_ADDRESS = 2_000;
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Whether an address is on this very machine. False for what is no address. */
export const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);

/** Whether nobody on the way can read what is sent to an address: TLS, or it never leaves this machine. */
export const isProtectedUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackUrl(url));
};

/**
 * A service's address as somebody types it, as it is kept: with a scheme (https, for this machine http), without a slash at the
 * end, and without what belongs to its interface (`/v1…`). A path before that is kept. Null for what is no address. What this
 * gives, it gives back unchanged.
 */
export const serviceAddress = (typed: string): string | null => {
  const text = typed.trim();
  if (text === '' || text.length > LONGEST_ADDRESS || /\s/.test(text)) return null;
  const address = SCHEME.test(text)
    ? text
    : `${isLoopbackUrl(`http://${text}`) ? 'http' : 'https'}://${text}`;
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname, username, password } = new URL(address);
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '') return null;
  const path = pathname.replace(/\/v1(\/.*)?$/, '').replace(/\/+$/, '');
  return `${protocol}//${host}${path}`;
};
