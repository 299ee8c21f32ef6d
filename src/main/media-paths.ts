import { ARTWORK_SCHEME, TRACK_SCHEME } from '../contract/track-url.ts';

/** The way back from `trackUrl`: which track an address of either shell means. Null when it means none. */
export const trackIdOf = (url: URL): string | null => {
  if (url.protocol === `${TRACK_SCHEME}:`) return url.hostname;
  return /^\/tracks\/([^/]+)$/.exec(url.pathname)?.[1] ?? null;
};

/** The way back from `artworkUrl`. */
export const artworkOf = (url: URL): { readonly id: string; readonly size: number } | null => {
  const path =
    url.protocol === `${ARTWORK_SCHEME}:` ? `/artwork/${url.hostname}${url.pathname}` : url.pathname;
  const [matched, id = '', size = ''] = /^\/artwork\/([^/]+)\/(\d{1,4})$/.exec(path) ?? [];
  return matched === undefined ? null : { id, size: Number(size) };
};
