/** Records of a catalog for tests: whole and valid, saying only what the test is about. */
import { createHash } from 'node:crypto';
import type {
  AlbumRecord,
  ArtistRecord,
  CatalogRecord,
  RemovalRecord,
  TrackRecord,
} from '../../src/catalog/segments/catalog-records.ts';
import { audioKey } from '../../src/catalog/segments/keys.ts';
import type { Artwork } from '../../src/contract/catalog-http.ts';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** An id for a name: the same name, the same id. */
export const idOf = (kind: string, name: string): string =>
  BigInt(`0x${sha256Of(`${kind}:${name}`).slice(0, 25)}`)
    .toString(32)
    .padStart(20, '0')
    .slice(-20);

export const artworkOf = (name: string): Artwork => ({
  id: sha256Of(`artwork:${name}`),
  palette: {
    ground: { lightness: 0.3, chroma: 0.05, hue: 200 },
    spark: { lightness: 0.7, chroma: 0.15, hue: 60 },
  },
});

export const artistRecord = (name: string, overrides: Partial<ArtistRecord> = {}): ArtistRecord => ({
  kind: 'artist',
  id: idOf('artist', name),
  name,
  sortName: null,
  musicBrainzArtistId: null,
  ...overrides,
});

export const artistRef = (name: string) => ({ id: idOf('artist', name), name });

export const albumRecord = (
  title: string,
  { artist = 'Lene Wörner Trio', ...overrides }: Partial<AlbumRecord> & { readonly artist?: string } = {},
): AlbumRecord => ({
  kind: 'album',
  id: idOf('album', title),
  title,
  artists: [artistRef(artist)],
  albumKind: 'album',
  releaseDate: '2024-03-01',
  addedAt: '2026-01-10T12:00:00.000Z',
  artwork: artworkOf(title),
  label: null,
  catalogueNumber: null,
  copyright: null,
  notes: null,
  musicBrainzReleaseId: null,
  loudness: { integratedLufs: -14.2, truePeakDbtp: -1.1 },
  discTitles: {},
  ...overrides,
});

export interface TrackChoices extends Partial<TrackRecord> {
  readonly artist?: string;
  readonly albumTitle?: string;
}

export const trackRecord = (
  title: string,
  { artist = 'Lene Wörner Trio', albumTitle = 'Flussabwärts', ...overrides }: TrackChoices = {},
): TrackRecord => {
  const sha256 = sha256Of(`audio:${albumTitle}/${title}`);
  return {
    kind: 'track',
    id: idOf('track', `${albumTitle}/${title}`),
    title,
    artists: [artistRef(artist)],
    albumArtists: [artistRef(artist)],
    album: { id: idOf('album', albumTitle), title: albumTitle },
    artwork: artworkOf(albumTitle),
    discNumber: 1,
    trackNumber: 1,
    durationMs: 215_000,
    releaseDate: '2024-03-01',
    explicit: false,
    genres: ['Jazz'],
    isrc: null,
    musicBrainzRecordingId: null,
    plays: null,
    loudness: { integratedLufs: -14, truePeakDbtp: -1 },
    detailsKey: null,
    hasLyrics: false,
    media: [
      {
        quality: 'original',
        key: audioKey(sha256, 'flac'),
        sha256,
        bytes: 1000,
        format: {
          codec: 'flac',
          contentType: 'audio/flac',
          lossless: true,
          sampleRateHz: 44_100,
          channels: 2,
          bitDepth: 16,
          bitrateBps: 900_000,
        },
        encoderDelaySamples: 0,
        encoderPaddingSamples: 0,
        lengthSamples: 9_481_500,
      },
    ],
    source: {
      library: 'test',
      path: `${albumTitle}/${title}.flac`,
      bytes: 1000,
      modifiedMs: 1_700_000_000_000,
      sha256,
    },
    ...overrides,
  };
};

export const removal = (record: TrackRecord | AlbumRecord | ArtistRecord): RemovalRecord => ({
  kind: 'removal',
  of: record.kind,
  id: record.id,
});

export interface AlbumChoices {
  readonly artist?: string;
  readonly tracks: readonly string[];
  readonly album?: Partial<AlbumRecord>;
  readonly track?: Partial<TrackRecord>;
}

/** A whole album: its artist, itself and its tracks, numbered. */
export const albumWithTracks = (
  title: string,
  { artist = 'Lene Wörner Trio', tracks, album, track }: AlbumChoices,
): readonly CatalogRecord[] => [
  artistRecord(artist),
  albumRecord(title, { artist, ...album }),
  ...tracks.map((name, index) =>
    trackRecord(name, { artist, albumTitle: title, trackNumber: index + 1, ...track }),
  ),
];
