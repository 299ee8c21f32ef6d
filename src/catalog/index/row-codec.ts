/**
 * What a row keeps of a record: compact JSON arrays, with numbers in place of what many rows share (artists, artwork,
 * formats). Only this program writes these rows and `INDEX_FORMAT` names their shape, so they are read without
 * validation; a file that is damaged shows as SQLite's or JSON's error and is thrown away.
 */
import type { AlbumKind, AudioFormat, Loudness } from '../../contract/catalog-http.ts';
import type { AlbumRecord } from '../segments/catalog-records.ts';

export interface TrackBody {
  readonly title: string;
  readonly artistNumbers: readonly number[];
  readonly discNumber: number;
  readonly trackNumber: number | null;
  readonly durationMs: number;
  readonly explicit: boolean;
  readonly hasLyrics: boolean;
  /** As written. */
  readonly genres: readonly string[];
  readonly isrc: string | null;
  readonly plays: number | null;
  readonly formatNumber: number;
  readonly bitrateBps: number;
  readonly loudness: Loudness | null;
  readonly detailsKey: string | null;
  readonly artworkNumber: number | null;
}

type TrackTuple = readonly [
  title: string,
  artistNumbers: readonly number[],
  discNumber: number,
  trackNumber: number | null,
  durationMs: number,
  flags: number,
  genres: readonly string[],
  isrc: string | null,
  plays: number | null,
  formatNumber: number,
  bitrateBps: number,
  loudness: readonly [number, number] | null,
  detailsKey: string | null,
  artworkNumber: number | null,
];

const packLoudness = (loudness: Loudness | null): readonly [number, number] | null =>
  loudness === null ? null : [loudness.integratedLufs, loudness.truePeakDbtp];
const unpackLoudness = (packed: readonly [number, number] | null): Loudness | null =>
  packed === null ? null : { integratedLufs: packed[0], truePeakDbtp: packed[1] };

export const packTrack = (body: TrackBody): string =>
  JSON.stringify([
    body.title,
    body.artistNumbers,
    body.discNumber,
    body.trackNumber,
    body.durationMs,
    (body.explicit ? 1 : 0) | (body.hasLyrics ? 2 : 0),
    body.genres,
    body.isrc,
    body.plays,
    body.formatNumber,
    body.bitrateBps,
    packLoudness(body.loudness),
    body.detailsKey,
    body.artworkNumber,
  ] satisfies TrackTuple);

export const unpackTrack = (packed: string): TrackBody => {
  const tuple = JSON.parse(packed) as TrackTuple;
  return {
    title: tuple[0],
    artistNumbers: tuple[1],
    discNumber: tuple[2],
    trackNumber: tuple[3],
    durationMs: tuple[4],
    explicit: (tuple[5] & 1) !== 0,
    hasLyrics: (tuple[5] & 2) !== 0,
    genres: tuple[6],
    isrc: tuple[7],
    plays: tuple[8],
    formatNumber: tuple[9],
    bitrateBps: tuple[10],
    loudness: unpackLoudness(tuple[11]),
    detailsKey: tuple[12],
    artworkNumber: tuple[13],
  };
};

/** What an album's record says beyond its title and artwork. */
export interface AlbumBody {
  readonly artistNumbers: readonly number[];
  readonly kind: AlbumKind;
  readonly releaseDate: string | null;
  readonly addedAt: string;
  readonly label: string | null;
  readonly catalogueNumber: string | null;
  readonly copyright: string | null;
  readonly notes: string | null;
  readonly loudness: Loudness | null;
  readonly discTitles: Readonly<Record<string, string>>;
}

export const albumBody = (record: AlbumRecord, artistNumbers: readonly number[]): AlbumBody => ({
  artistNumbers,
  kind: record.albumKind,
  releaseDate: record.releaseDate,
  addedAt: record.addedAt,
  label: record.label,
  catalogueNumber: record.catalogueNumber,
  copyright: record.copyright,
  notes: record.notes,
  loudness: record.loudness,
  discTitles: record.discTitles,
});

export const packAlbum = (body: AlbumBody): string =>
  JSON.stringify([
    body.artistNumbers,
    body.kind,
    body.releaseDate,
    body.addedAt,
    packLoudness(body.loudness),
    body.discTitles,
    body.label,
    body.catalogueNumber,
    body.copyright,
    body.notes,
  ]);

/** Out of an album's row without the rest of it, which may be long. */
export const ALBUM_LOUDNESS = "albums.body ->> '$[4]'";
export const readAlbumLoudness = (packed: string | null): Loudness | null =>
  packed === null ? null : unpackLoudness(JSON.parse(packed) as readonly [number, number]);

export const unpackAlbum = (packed: string): AlbumBody => {
  const tuple = JSON.parse(packed) as readonly [
    readonly number[],
    AlbumKind,
    string | null,
    string,
    readonly [number, number] | null,
    Readonly<Record<string, string>>,
    string | null,
    string | null,
    string | null,
    string | null,
  ];
  return {
    artistNumbers: tuple[0],
    kind: tuple[1],
    releaseDate: tuple[2],
    addedAt: tuple[3],
    loudness: unpackLoudness(tuple[4]),
    discTitles: tuple[5],
    label: tuple[6],
    catalogueNumber: tuple[7],
    copyright: tuple[8],
    notes: tuple[9],
  };
};

/** Under which artists and genres an album is listed at present, so that it can be taken out of exactly those. */
export interface AlbumLinks {
  readonly artists: readonly number[];
  readonly guests: readonly number[];
  readonly genres: readonly number[];
  readonly addedKey: number;
  readonly releasedKey: number;
}

export const packLinks = (links: AlbumLinks): string =>
  JSON.stringify([links.artists, links.guests, links.genres, links.addedKey, links.releasedKey]);
export const unpackLinks = (packed: string): AlbumLinks => {
  const [artists, guests, genres, addedKey, releasedKey] = JSON.parse(packed) as readonly [
    readonly number[],
    readonly number[],
    readonly number[],
    number,
    number,
  ];
  return { artists, guests, genres, addedKey, releasedKey };
};

/** The format without its bitrate, which differs from file to file. */
export const packFormat = (format: AudioFormat): string =>
  JSON.stringify([
    format.codec,
    format.contentType,
    format.lossless,
    format.sampleRateHz,
    format.channels,
    format.bitDepth,
  ]);
export const unpackFormat = (packed: string): Omit<AudioFormat, 'bitrateBps'> => {
  const [codec, contentType, lossless, sampleRateHz, channels, bitDepth] = JSON.parse(packed) as readonly [
    string,
    string,
    boolean,
    number,
    number,
    number | null,
  ];
  return { codec, contentType, lossless, sampleRateHz, channels, bitDepth };
};
