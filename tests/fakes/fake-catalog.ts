import type { Album, Artist, Track } from '../../src/contract/catalog-http.ts';
import type { PageRequest } from '../../src/contract/host-api.ts';
import { HostFailure, type HostErrorCode } from '../../src/contract/host-error.ts';
import type { PinnableCatalog } from '../../src/main/downloads/ask-contents.ts';
import { artistRef, artworkOf, idOf } from '../builders/catalog-records.ts';

export const BITRATE_BPS = 800_000;

export const pinTrack = (title: string, changes: Partial<Track> = {}): Track => ({
  id: idOf('track', title),
  title,
  artists: [artistRef('Lene Wörner Trio')],
  album: { id: idOf('album', 'Single'), title: 'Single' },
  artwork: artworkOf(title),
  discNumber: 1,
  trackNumber: 1,
  durationMs: 10_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: {
    codec: 'flac',
    contentType: 'audio/flac',
    lossless: true,
    sampleRateHz: 44_100,
    channels: 2,
    bitDepth: 16,
    bitrateBps: BITRATE_BPS,
  },
  loudness: null,
  hasLyrics: false,
  ...changes,
});

export const pinAlbum = (title: string, tracks: readonly Track[], changes: Partial<Album> = {}): Album => ({
  id: idOf('album', title),
  title,
  artists: [artistRef('Lene Wörner Trio')],
  kind: 'album',
  releaseDate: '2024',
  addedAt: '2026-01-10T12:00:00.000Z',
  artwork: artworkOf(title),
  trackCount: tracks.length,
  durationMs: 0,
  discs: [{ number: 1, title: null, tracks }],
  label: null,
  catalogueNumber: null,
  copyright: null,
  notes: null,
  genres: [],
  loudness: null,
  ...changes,
});

export const pinArtist = (name: string): Artist => ({
  id: idOf('artist', name),
  name,
  artwork: null,
  albumCount: 0,
  trackCount: 0,
  topTracks: [],
  albums: [],
  appearsOn: [],
  related: [],
});

export interface FakeCatalog extends PinnableCatalog {
  /** Every question, as `album <id>`. */
  readonly asked: readonly string[];
  put(album: Album): void;
  putTrack(track: Track): void;
  putArtist(artist: Artist, tracks: readonly Track[]): void;
  take(id: string): void;
  failAll(code: HostErrorCode | null): void;
  /** Whatever is asked about this id fails. */
  fail(id: string, code: HostErrorCode): void;
  /** Answers wait until `release`. */
  hold(): void;
  release(): void;
}

/** A catalog service in memory, which pages as the real one does. */
export const createFakeCatalog = (): FakeCatalog => {
  const albums = new Map<string, Album>();
  const artists = new Map<string, { readonly artist: Artist; readonly tracks: readonly Track[] }>();
  const tracks = new Map<string, Track>();
  const asked: string[] = [];
  const failures = new Map<string, HostErrorCode>();
  let failure: HostErrorCode | null = null;
  let gate = Promise.resolve();
  let open = (): void => undefined;

  const answer = async <Value>(question: string, find: () => Value | undefined): Promise<Value> => {
    asked.push(question);
    await gate;
    const code = failure ?? failures.get(question.split(' ').at(-1) ?? '');
    if (code !== undefined) throw new HostFailure(code, 'told to fail');
    const found = find();
    if (found === undefined) throw new HostFailure('not_found', question);
    return found;
  };
  const page = <Item>(items: readonly Item[], { cursor = '0', limit = 50 }: PageRequest) => {
    const end = Number(cursor) + limit;
    return {
      items: items.slice(Number(cursor), end),
      nextCursor: end < items.length ? String(end) : null,
      total: items.length,
    };
  };

  return {
    asked,
    album: ({ id }) => answer(`album ${id}`, () => albums.get(id)),
    track: ({ id }) => answer(`track ${id}`, () => tracks.get(id)),
    artist: ({ id }) => answer(`artist ${id}`, () => artists.get(id)?.artist),
    artistAlbums: ({ id, ...request }) =>
      answer(`artist albums ${id}`, () =>
        page(
          Array.from(albums.values()).filter((album) => album.artists.some((artist) => artist.id === id)),
          request,
        ),
      ),
    artistTracks: ({ id, ...request }) =>
      answer(`artist tracks ${id}`, () => page(artists.get(id)?.tracks ?? [], request)),
    put(album) {
      albums.set(album.id, album);
    },
    putTrack(track) {
      tracks.set(track.id, track);
    },
    putArtist(artist, listed) {
      artists.set(artist.id, { artist, tracks: listed });
    },
    take(id) {
      albums.delete(id);
      artists.delete(id);
      tracks.delete(id);
    },
    failAll(code) {
      failure = code;
    },
    fail(id, code) {
      failures.set(id, code);
    },
    hold() {
      ({ promise: gate, resolve: open } = Promise.withResolvers<void>());
    },
    release: () => open(),
  };
};
