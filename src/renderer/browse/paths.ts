/** The addresses of the catalog's pages, each spelled once; `routes.tsx` has the patterns. */
export const albumPath = (id: string): string => `/album/${id}`;
export const artistPath = (id: string): string => `/artist/${id}`;
export const artistAlbumsPath = (id: string): string => `/artist/${id}/albums`;
export const genrePath = (id: string): string => `/genre/${encodeURIComponent(id)}`;
export const albumsPath = (order: string): string => `/albums?order=${order}`;
/** What is on this computer; the parts of that page are addresses of their own. */
export const computerPath = (show?: string): string =>
  show === undefined ? '/computer' : `/computer?show=${show}`;
