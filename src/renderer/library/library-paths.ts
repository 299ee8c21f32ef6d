/** The addresses of the listener's library, each spelled once; `routes.tsx` has the patterns. */
export const LIBRARY_PLACES = ['tracks', 'albums', 'artists', 'playlists'] as const;
export type LibraryPlace = (typeof LIBRARY_PLACES)[number];

export const libraryPath = (place: LibraryPlace): string => `/library/${place}`;
/** The playlists of one folder. */
export const folderPath = (folderId: string): string =>
  `/library/playlists?folder=${encodeURIComponent(folderId)}`;
export const playlistPath = (id: string): string => `/playlist/${encodeURIComponent(id)}`;
/** What the origin of a queue of liked tracks has as its id. */
export const LIKED_ORIGIN_ID = 'liked';
