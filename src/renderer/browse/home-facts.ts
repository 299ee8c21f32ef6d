/** What the home page shows, worked out of history, queue and catalog. */
import type { AlbumSummary, ArtistRef, Artwork, Track } from '../../contract/catalog-http.ts';
import type { PlayedEntry } from '../../contract/history.ts';

/** An album as history knows it: enough for a cover on a shelf. */
export interface PlayedAlbum {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly ArtistRef[];
  readonly artwork: Artwork | null;
}

/** The albums of the tracks played lately, each once, the latest first. */
export const albumsPlayedLately = (entries: readonly PlayedEntry[], most: number): readonly PlayedAlbum[] => {
  const albums = new Map<string, PlayedAlbum>();
  for (const { track } of entries) {
    if (albums.size === most) break;
    if (albums.has(track.album.id)) continue;
    albums.set(track.album.id, {
      id: track.album.id,
      title: track.album.title,
      artists: track.artists,
      artwork: track.artwork,
    });
  }
  return [...albums.values()];
};

/** Most played first; tracks without a figure are left out, since a bar without a figure would say nothing. */
export const mostPlayed = (tracks: readonly Track[]): readonly Track[] =>
  tracks
    .filter((track) => track.plays !== null && track.plays > 0)
    .sort((left, right) => (right.plays ?? 0) - (left.plays ?? 0));

/** The one large thing on the page: what was playing, else the newest record, else nothing. */
export type Hero =
  | { readonly kind: 'resume'; readonly track: Track }
  | { readonly kind: 'newest'; readonly album: AlbumSummary };

export const chooseHero = (current: Track | null, newest: readonly AlbumSummary[]): Hero | null => {
  if (current !== null) return { kind: 'resume', track: current };
  const album = newest[0];
  return album === undefined ? null : { kind: 'newest', album };
};
