import { AD_HOST, ARTWORK_HOST, ARTWORK_SCHEME, TRACK_HOST, TRACK_SCHEME } from '../contract/track-url.ts';

/** The path of an address in either shell: behind `track://audio` and `artwork://image`, or `/tracks` and `/artwork`. */
const pathBehind = (url: URL, scheme: string, host: string, prefix: string): string | null => {
  if (url.protocol === `${scheme}:`) return url.host === host ? url.pathname : null;
  return url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : null;
};

/** The way back from `trackUrl`: which track an address of either shell means. Null when it means none. */
export const trackIdOf = (url: URL): string | null => {
  const path = pathBehind(url, TRACK_SCHEME, TRACK_HOST, '/tracks');
  return /^\/([^/]+)$/.exec(path ?? '')?.[1] ?? null;
};

/** The way back from `seekPointsUrl`: of which track. */
export const seekPointsIdOf = (url: URL): string | null => {
  const path = pathBehind(url, TRACK_SCHEME, TRACK_HOST, '/tracks');
  return /^\/([^/]+)\/seek-points$/.exec(path ?? '')?.[1] ?? null;
};

/** The way back from `adUrl`: which spot. */
export const adIdOf = (url: URL): string | null => {
  const path = pathBehind(url, TRACK_SCHEME, AD_HOST, '/ads');
  return /^\/([^/]+)$/.exec(path ?? '')?.[1] ?? null;
};

/** The way back from `artworkUrl`. */
export const artworkOf = (url: URL): { readonly id: string; readonly size: number } | null => {
  const path = pathBehind(url, ARTWORK_SCHEME, ARTWORK_HOST, '/artwork');
  const [matched, id = '', size = ''] = /^\/([^/]+)\/(\d{1,4})$/.exec(path ?? '') ?? [];
  return matched === undefined ? null : { id, size: Number(size) };
};
