/**
 * What lists of music from anywhere have in common: other programs' playlists and what other services give their listeners of
 * themselves. Nothing in here is an entry of the catalog yet; `match.ts` says which it may be.
 */

/** A recording as another program names it. At least a title, a code or an id is there. */
export interface ExchangeTrack {
  readonly title: string;
  /** As they are named there; several names may stand in one text. Empty: not said. */
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly durationMs: number | null;
  /** Twelve characters, upper case (ISO 3901). */
  readonly isrc: string | null;
  /** Of this very catalog, where the list was written by Riffle. */
  readonly catalogId: string | null;
  /** ISO 8601. */
  readonly addedAt: string | null;
}

export interface ExchangePlaylist {
  /** Empty: the file does not say; its own name is the next best. */
  readonly name: string;
  readonly description: string;
  readonly tracks: readonly ExchangeTrack[];
}

export interface ExchangeAlbum {
  readonly title: string;
  readonly artists: readonly string[];
}

export interface ExchangePlay {
  readonly track: ExchangeTrack;
  /** ISO 8601. Whether it is the beginning or the end of the play differs by service, by some minutes. */
  readonly playedAt: string;
  readonly heardMs: number;
}

/** Everything that one file, or several of one export, hold. */
export interface ExchangeBundle {
  readonly playlists: readonly ExchangePlaylist[];
  readonly savedTracks: readonly ExchangeTrack[];
  readonly savedAlbums: readonly ExchangeAlbum[];
  readonly savedArtists: readonly string[];
  readonly plays: readonly ExchangePlay[];
  /** Entries that are no music (podcasts, videos), or have no name at all: counted, so that nothing is missing without a word. */
  readonly leftOut: number;
}

export const EMPTY_BUNDLE: ExchangeBundle = {
  playlists: [],
  savedTracks: [],
  savedAlbums: [],
  savedArtists: [],
  plays: [],
  leftOut: 0,
};

export const joinBundles = (bundles: readonly ExchangeBundle[]): ExchangeBundle => ({
  playlists: bundles.flatMap(({ playlists }) => playlists),
  savedTracks: bundles.flatMap(({ savedTracks }) => savedTracks),
  savedAlbums: bundles.flatMap(({ savedAlbums }) => savedAlbums),
  savedArtists: bundles.flatMap(({ savedArtists }) => savedArtists),
  plays: bundles.flatMap(({ plays }) => plays),
  leftOut: bundles.reduce((sum, { leftOut }) => sum + leftOut, 0),
});

export const trackOf = (facts: Partial<ExchangeTrack>): ExchangeTrack => ({
  title: '',
  artists: [],
  album: null,
  durationMs: null,
  isrc: null,
  catalogId: null,
  addedAt: null,
  ...facts,
});

/** Whether there is anything to find it by. */
export const isNamed = ({ title, isrc, catalogId }: ExchangeTrack): boolean =>
  title !== '' || isrc !== null || catalogId !== null;

/** With or without dashes and a prefix (`urn:isrc:`), in either case; null for what is none. */
export const isrcOf = (text: string | null | undefined): string | null => {
  const code = (text ?? '')
    .replace(/^(?:urn:)?isrc:/i, '')
    .replaceAll(/[\s-]/g, '')
    .toUpperCase();
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code) ? code : null;
};

/** One time of a list as ISO 8601; null for what is none. Without a zone it is taken as UTC. */
export const timeOf = (text: string | null | undefined): string | null => {
  const trimmed = (text ?? '').trim();
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return null;
  const withT = trimmed.replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2');
  const isZoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(withT) || withT.length === 10;
  const time = Date.parse(isZoned ? withT : `${withT}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
};
