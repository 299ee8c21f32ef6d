/**
 * Links that open the app: `riffle://open/<kind>/<id>`. One grammar, one parser, a closed union; what is not in the grammar is
 * no link, whatever it resembles.
 *
 * Ids stand in the path behind a fixed host, because URL parsers read a host such as `0x…` as an IPv4 address. The parser
 * is its own and not the platform's: the same on every system, and nothing is normalised before it is checked.
 */
import { assertNever } from '../playback/assert-never.ts';
import { isPlainText } from './plain-text.ts';

export const LINK_SCHEME = 'riffle';

/** Pages that a link may name; where each lies is the window's business. */
export const LINK_PAGES = [
  'home',
  'search',
  'albums',
  'artists',
  'genres',
  'computer',
  'history',
  'now-playing',
  'settings',
] as const;
export type LinkPage = (typeof LINK_PAGES)[number];

export type DeepLink =
  /** `atMs`: where in the track; 0 is its beginning. */
  | { readonly kind: 'track'; readonly id: string; readonly atMs: number }
  | { readonly kind: 'album'; readonly id: string }
  | { readonly kind: 'artist'; readonly id: string }
  | { readonly kind: 'playlist'; readonly id: string }
  /** What somebody shared, by the id of the sharing; who may see it is the service's to say. */
  | { readonly kind: 'share'; readonly id: string }
  /** An invitation to a playlist: a secret, which nothing uses up before somebody says yes to it. */
  | { readonly kind: 'join'; readonly code: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'page'; readonly page: LinkPage };

/** Longer than any link there is: a query of 200 letters takes at most 12 characters a letter. */
export const LONGEST_LINK = 3_000;
const LONGEST_QUERY = 200;
/** A day: nothing in a catalog is longer. */
const LATEST_MS = 86_400_000;

/** Visible ASCII only, so that neither a control character nor a letter of another script can be in it undecoded. */
const LINK = /^riffle:\/\/open\/([a-z-]+)(?:\/([A-Za-z0-9_-]+))?\/?(?:\?([!-~]*))?$/i;
/** As the catalog's ids are (`idSchema` of the contract). */
const CATALOG_ID = /^[0-9a-z]{20}$/;
/** Base64url of 8 to 48 bytes. */
const SHARE_ID = /^[A-Za-z0-9_-]{11,64}$/;
/** As `invitationSchema` of the contract has it. */
const INVITATION_CODE = /^[A-Za-z0-9_-]{22,64}$/;
const MILLISECONDS = /^(0|[1-9][0-9]{0,7})$/;
const PERCENT_ENCODED = /^(?:[A-Za-z0-9\-._~!'()*+]|%[0-9A-Fa-f]{2})+$/;

/** Decoded once, and never again; null for what is no UTF-8 (overlong forms too), or no text that may stand on a screen. */
const decodeQuery = (encoded: string): string | null => {
  if (!PERCENT_ENCODED.test(encoded)) return null;
  let text: string;
  try {
    text = decodeURIComponent(encoded.replaceAll('+', ' ')).trim();
  } catch {
    return null;
  }
  const isUsable = text !== '' && text.length <= LONGEST_QUERY && isPlainText(text);
  return isUsable ? text : null;
};

/** The one parameter a kind of link may have, or none; null when there is another, or more of them. */
const readParameter = (query: string | undefined, name: string): string | null | undefined => {
  if (query === undefined) return undefined;
  const prefix = `${name}=`;
  return query.startsWith(prefix) && !query.includes('&') ? query.slice(prefix.length) : null;
};

const parseTrack = (id: string, query: string | undefined): DeepLink | null => {
  const at = readParameter(query, 'at');
  if (at === undefined) return { kind: 'track', id, atMs: 0 };
  if (at === null || !MILLISECONDS.test(at) || Number(at) > LATEST_MS) return null;
  return { kind: 'track', id, atMs: Number(at) };
};

/** What a text asks to be opened; null for everything that is no link of Riffle. Never throws. */
export const parseDeepLink = (text: string): DeepLink | null => {
  if (text.length > LONGEST_LINK) return null;
  const match = LINK.exec(text);
  if (match === null) return null;
  // Only the scheme may be in capitals: systems pass it on as it was typed.
  if (!text.slice(LINK_SCHEME.length).startsWith('://open/')) return null;
  const [, kind = '', id, query] = match;
  if (kind === 'search' && id === undefined && query !== undefined) {
    const encoded = readParameter(query, 'q');
    const text = typeof encoded === 'string' ? decodeQuery(encoded) : null;
    return text === null ? null : { kind: 'search', query: text };
  }
  if (id === undefined) {
    const page = LINK_PAGES.find((known) => known === kind);
    return page === undefined || query !== undefined ? null : { kind: 'page', page };
  }
  if (kind === 'track') return CATALOG_ID.test(id) ? parseTrack(id, query) : null;
  if (query !== undefined) return null;
  switch (kind) {
    case 'album':
    case 'artist':
    case 'playlist':
      return CATALOG_ID.test(id) ? { kind, id } : null;
    case 'share':
      return SHARE_ID.test(id) ? { kind, id } : null;
    case 'join':
      return INVITATION_CODE.test(id) ? { kind, code: id } : null;
    default:
      return null;
  }
};

const BASE = `${LINK_SCHEME}://open/`;

/** Also what `encodeURIComponent` leaves and a shell would read. */
const encodeQuery = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The link that `parseDeepLink` reads back as the same. */
export const formatDeepLink = (link: DeepLink): string => {
  switch (link.kind) {
    case 'track':
      return `${BASE}track/${link.id}${link.atMs === 0 ? '' : `?at=${link.atMs}`}`;
    case 'search':
      return `${BASE}search?q=${encodeQuery(link.query)}`;
    case 'page':
      return `${BASE}${link.page}`;
    case 'join':
      return `${BASE}join/${link.code}`;
    case 'album':
    case 'artist':
    case 'playlist':
    case 'share':
      return `${BASE}${link.kind}/${link.id}`;
    default:
      return assertNever(link);
  }
};
