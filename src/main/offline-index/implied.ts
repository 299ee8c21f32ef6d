/** What follows from the tracks alone, for albums and artists of which nothing else was ever said. */
import type { AlbumRef, AlbumSummary, ArtistRef, Track } from '../../contract/catalog-http.ts';

/** Those who are on every track; where nobody is, whoever is on most. */
const albumArtists = (tracks: readonly Track[]): readonly ArtistRef[] => {
  const counts = new Map<string, { readonly artist: ArtistRef; tracks: number }>();
  for (const track of tracks) {
    for (const artist of track.artists) {
      const known = counts.get(artist.id) ?? { artist, tracks: 0 };
      known.tracks += 1;
      counts.set(artist.id, known);
    }
  }
  const all = [...counts.values()].sort((left, right) => right.tracks - left.tracks);
  const everywhere = all.filter((one) => one.tracks === tracks.length);
  return (everywhere.length > 0 ? everywhere : all.slice(0, 1)).map((one) => one.artist);
};

/** An album as its known tracks show it. It counts as added when the first of them was seen. */
export const impliedAlbum = (ref: AlbumRef, tracks: readonly Track[], seenMs: number): AlbumSummary => ({
  id: ref.id,
  title: ref.title,
  artists: albumArtists(tracks),
  kind: 'album',
  releaseDate: null,
  addedAt: new Date(seenMs).toISOString(),
  artwork: tracks.find((track) => track.artwork !== null)?.artwork ?? null,
  trackCount: tracks.length,
  durationMs: tracks.reduce((sum, track) => sum + track.durationMs, 0),
});

/** In the order of an album: disc, number, title. */
export const inAlbumOrder = (left: Track, right: Track): number =>
  left.discNumber - right.discNumber ||
  (left.trackNumber ?? Infinity) - (right.trackNumber ?? Infinity) ||
  (left.title === right.title ? (left.id < right.id ? -1 : 1) : left.title < right.title ? -1 : 1);
