import type { Origin } from '../../contract/playback-session.ts';

export const albumPath = (id: string): string => `/albums/${id}`;
export const artistPath = (id: string): string => `/artists/${id}`;

/** The page a queue was started from; null where there is none to go to. */
export const originPath = (origin: Origin): string | null => {
  switch (origin.kind) {
    case 'album':
      return origin.id === null ? null : albumPath(origin.id);
    case 'artist':
      return origin.id === null ? null : artistPath(origin.id);
    case 'genre':
      return origin.id === null ? null : `/genres/${origin.id}`;
    case 'home':
      return '/';
    case 'history':
      return '/history';
    case 'search':
      return `/search?q=${encodeURIComponent(origin.title)}`;
    case 'playlist':
    case 'tracks':
      return null;
  }
};
