/**
 * A listener's library is a few documents (docs/adr/0029), each a log of operations that any number of devices write to:
 * `saved` (liked tracks, saved albums, followed artists), `shelf` (which playlists and folders are in the library, and in what
 * order) and one for every playlist, because a playlist may be several listeners'.
 */
export type DocumentKind = 'saved' | 'shelf' | 'playlist';

/** `saved`, `shelf` or `playlist:<20 base-32 characters>`. */
export type DocumentName = 'saved' | 'shelf' | `playlist:${string}`;

const PLAYLIST_PREFIX = 'playlist:';

/** The name of a playlist's document; `playlistId` is taken as it is. */
export const playlistDocument = (playlistId: string): DocumentName => `${PLAYLIST_PREFIX}${playlistId}`;

/** The id in the name of a playlist's document, else null. */
export const playlistIdOf = (document: DocumentName): string | null =>
  document.startsWith(PLAYLIST_PREFIX) ? document.slice(PLAYLIST_PREFIX.length) : null;

/** What kind of operations a document holds. */
export const kindOf = (document: DocumentName): DocumentKind =>
  document === 'saved' || document === 'shelf' ? document : 'playlist';
