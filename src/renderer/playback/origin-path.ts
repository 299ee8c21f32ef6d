import type { Origin } from '../../contract/playback-session.ts';
import { albumPath, artistPath, genrePath } from '../browse/paths.ts';
import { LIKED_ORIGIN_ID, libraryPath, playlistPath } from '../library/library-paths.ts';

/** The page a queue was started from; null where there is none to go to. */
export const originPath = ({ kind, id, title }: Origin): string | null => {
  switch (kind) {
    case 'album':
      return id === null ? null : albumPath(id);
    case 'artist':
      return id === null ? null : artistPath(id);
    case 'genre':
      return id === null ? null : genrePath(id);
    case 'home':
      return '/';
    case 'history':
      return '/history';
    case 'search':
      return `/search?q=${encodeURIComponent(title)}`;
    case 'playlist':
      return id === null ? null : playlistPath(id);
    case 'tracks':
      return id === LIKED_ORIGIN_ID ? libraryPath('tracks') : null;
  }
};
