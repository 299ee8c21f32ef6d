/** What an album page says about an album, worked out of its tracks. The words are made at the screen. */
import type { Album, ArtistRef, AudioFormat, Disc, Track } from '../../contract/catalog-http.ts';

export const albumTracks = (album: Album): readonly Track[] => album.discs.flatMap((disc) => disc.tracks);

export const lengthOf = (tracks: readonly Track[]): number =>
  tracks.reduce((sumMs, track) => sumMs + track.durationMs, 0);

/** The year of `1999`, `1999-04` or `1999-04-30`. */
export const yearOf = (releaseDate: string | null): string | null =>
  releaseDate === null ? null : releaseDate.slice(0, 4);

/** What every track of an album has in common; a part is null where they differ, or where it says nothing. */
export interface CommonFormat {
  readonly lossless: boolean;
  readonly codec: string | null;
  readonly bitDepth: number | null;
  readonly sampleRateHz: number | null;
  readonly bitrateBps: number | null;
}

const sameThroughout = <Part extends string | number>(
  formats: readonly AudioFormat[],
  part: (format: AudioFormat) => Part | null,
): Part | null => {
  const values = new Set(formats.map(part));
  const [first] = values;
  return values.size === 1 && first !== undefined ? first : null;
};

export const commonFormat = (tracks: readonly Track[]): CommonFormat | null => {
  const formats = tracks.map((track) => track.format);
  if (formats.length === 0) return null;
  return {
    lossless: formats.every((format) => format.lossless),
    codec: sameThroughout(formats, (format) => format.codec),
    bitDepth: sameThroughout(formats, (format) => format.bitDepth),
    sampleRateHz: sameThroughout(formats, (format) => format.sampleRateHz),
    // Variable bit rates differ by a little from track to track: to the nearest 32 kbit/s they are the same.
    bitrateBps: sameThroughout(formats, (format) => Math.round(format.bitrateBps / 32_000) * 32_000) || null,
  };
};

/** Several discs, or one with a name of its own, get a heading each. */
export const hasDiscHeadings = (discs: readonly Disc[]): boolean =>
  discs.length > 1 || discs.some((disc) => disc.title !== null && disc.title.trim() !== '');

/** Those who play on this track besides the album's own artists ("ft. …"). */
export const guestsOf = (track: Track, albumArtists: readonly ArtistRef[]): readonly ArtistRef[] => {
  const own = new Set(albumArtists.map((artist) => artist.id));
  return track.artists.filter((artist) => !own.has(artist.id));
};

/** Liner notes in paragraphs: the first leads; of three or more, the last is the credits. */
export interface LinerNotes {
  readonly lead: string;
  readonly body: readonly string[];
  readonly credits: string | null;
}

export const linerNotes = (notes: string | null): LinerNotes | null => {
  const paragraphs = (notes ?? '')
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
  const [lead, ...rest] = paragraphs;
  if (lead === undefined) return null;
  const credits = rest.length >= 2 ? (rest.at(-1) ?? null) : null;
  return { lead, body: credits === null ? rest : rest.slice(0, -1), credits };
};
