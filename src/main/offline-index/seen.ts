import type {
  Album,
  AlbumSummary,
  Artist,
  ArtistSummary,
  Genre,
  GenreSummary,
  Home,
  SearchReply,
  Track,
  TrackDetails,
} from '../../contract/catalog-http.ts';
import { assertNever } from '../../core/playback/assert-never.ts';

/** What the app came to know of the catalog, as the service said it. */
export type Seen =
  | { readonly kind: 'tracks'; readonly tracks: readonly Track[] }
  | { readonly kind: 'albums'; readonly albums: readonly AlbumSummary[] }
  | { readonly kind: 'artists'; readonly artists: readonly ArtistSummary[] }
  | { readonly kind: 'genres'; readonly genres: readonly GenreSummary[] }
  | { readonly kind: 'album'; readonly album: Album }
  | { readonly kind: 'artist'; readonly artist: Artist }
  | { readonly kind: 'genre'; readonly genre: Genre }
  | { readonly kind: 'home'; readonly home: Home }
  | { readonly kind: 'search'; readonly reply: SearchReply }
  | { readonly kind: 'details'; readonly trackId: string; readonly details: TrackDetails };

export type DocumentKind = 'album' | 'artist' | 'genre' | 'home' | 'details';

/** One thing to be filed, small enough that nobody waits for it. */
export type Filing =
  | { readonly kind: 'track'; readonly track: Track }
  | { readonly kind: 'album'; readonly album: AlbumSummary }
  | { readonly kind: 'artist'; readonly artist: ArtistSummary }
  | { readonly kind: 'genre'; readonly genre: GenreSummary }
  | {
      readonly kind: 'document';
      readonly of: DocumentKind;
      readonly id: string;
      /** Given back as it is. */
      readonly document: object;
    };

const albumSummary = (album: AlbumSummary): AlbumSummary => ({
  id: album.id,
  title: album.title,
  artists: album.artists,
  kind: album.kind,
  releaseDate: album.releaseDate,
  addedAt: album.addedAt,
  artwork: album.artwork,
  trackCount: album.trackCount,
  durationMs: album.durationMs,
});
const artistSummary = (artist: ArtistSummary): ArtistSummary => ({
  id: artist.id,
  name: artist.name,
  artwork: artist.artwork,
  albumCount: artist.albumCount,
  trackCount: artist.trackCount,
});
const genreSummary = (genre: GenreSummary): GenreSummary => ({
  id: genre.id,
  name: genre.name,
  trackCount: genre.trackCount,
  albumCount: genre.albumCount,
  artwork: genre.artwork,
});

// The same summary is always the same JSON: that is how a row knows that nothing has changed.
const tracks = (all: readonly Track[]): readonly Filing[] => all.map((track) => ({ kind: 'track', track }));
const albums = (all: readonly AlbumSummary[]): readonly Filing[] =>
  all.map((album) => ({ kind: 'album', album: albumSummary(album) }));
const artists = (all: readonly ArtistSummary[]): readonly Filing[] =>
  all.map((artist) => ({ kind: 'artist', artist: artistSummary(artist) }));
const genres = (all: readonly GenreSummary[]): readonly Filing[] =>
  all.map((genre) => ({ kind: 'genre', genre: genreSummary(genre) }));
const document = (of: DocumentKind, id: string, value: object): Filing => ({
  kind: 'document',
  of,
  id,
  document: value,
});

/** There is one home page. */
export const HOME_DOCUMENT = 'home';

/** Everything that something seen holds, albums before their tracks: an album's date is in its tracks' order. */
export const filingsOf = (seen: Seen): readonly Filing[] => {
  switch (seen.kind) {
    case 'tracks':
      return tracks(seen.tracks);
    case 'albums':
      return albums(seen.albums);
    case 'artists':
      return artists(seen.artists);
    case 'genres':
      return genres(seen.genres);
    case 'album':
      return [
        ...albums([seen.album]),
        ...seen.album.discs.flatMap((disc) => tracks(disc.tracks)),
        document('album', seen.album.id, seen.album),
      ];
    case 'artist':
      return [
        ...artists([seen.artist]),
        ...albums([...seen.artist.albums, ...seen.artist.appearsOn]),
        ...tracks(seen.artist.topTracks),
        document('artist', seen.artist.id, seen.artist),
      ];
    case 'genre':
      return [
        ...genres([seen.genre]),
        ...albums(seen.genre.newestAlbums),
        ...tracks(seen.genre.popularTracks),
        document('genre', seen.genre.id, seen.genre),
      ];
    case 'home':
      return [
        ...genres(seen.home.genres),
        ...albums([...seen.home.newest, ...seen.home.popularAlbums]),
        ...tracks(seen.home.popularTracks),
        document('home', HOME_DOCUMENT, seen.home),
      ];
    case 'search':
      return [
        ...artists(seen.reply.artists.items),
        ...albums(seen.reply.albums.items),
        ...tracks(seen.reply.tracks.items),
      ];
    case 'details':
      return [document('details', seen.trackId, seen.details)];
    default:
      return assertNever(seen);
  }
};
