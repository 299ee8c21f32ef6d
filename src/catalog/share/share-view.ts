/** What is shared, and what a page shows of it: one shape for all kinds, made of plain text. */
import type { ShareLink } from '../../core/share/share-link.ts';
import { assertNever } from '../../core/playback/assert-never.ts';
import type { Album, Artist, Artwork, Track } from '../../contract/catalog-http.ts';
import { formatCount, formatLength, formatTime, type ShareTexts } from './share-texts.ts';
import { shownDescription, shownTitle } from './shown-text.ts';

/** A playlist that somebody shares, as whoever has the link may see it. */
export interface SharedPlaylist {
  readonly shareId: string;
  readonly name: string;
  readonly description: string;
  readonly artwork: Artwork | null;
  /** Those that the catalog has, in order; at most as many as a page may show. */
  readonly tracks: readonly Track[];
  /** Null where it is not the same for everybody: by rules, which each listener's own library answers. */
  readonly trackCount: number | null;
  /** 0 where not all of them are known. */
  readonly durationMs: number;
}

export type Subject =
  | { readonly kind: 'track'; readonly track: Track; readonly atMs: number }
  | { readonly kind: 'album'; readonly album: Album }
  | { readonly kind: 'artist'; readonly artist: Artist }
  | { readonly kind: 'playlist'; readonly playlist: SharedPlaylist };

export interface Named {
  readonly name: string;
  readonly link: ShareLink | null;
}

export interface ShownTrack {
  readonly id: string;
  /** What stands before it; null where order means nothing. */
  readonly number: number | null;
  readonly title: string;
  /** Empty where it says nothing new. */
  readonly people: string;
  readonly durationMs: number;
  readonly explicit: boolean;
}

export interface ShownRecord {
  readonly id: string;
  readonly title: string;
  readonly year: string;
  readonly artwork: Artwork | null;
}

export interface View {
  readonly link: ShareLink;
  readonly kicker: string;
  readonly title: string;
  readonly people: readonly Named[];
  /** Of a track: its album. */
  readonly album: Named | null;
  readonly facts: readonly string[];
  /** In a person's own words; empty when there are none. */
  readonly words: string;
  /** One line for cards and search engines. */
  readonly summary: string;
  readonly artwork: Artwork | null;
  readonly tracks: readonly ShownTrack[];
  readonly tracksTitle: string;
  /** Of the whole, which may be more than `tracks`; null where those are only some of it. */
  readonly trackCount: number | null;
  readonly records: readonly ShownRecord[];
}

/** A compilation may have a hundred. */
const MOST_PEOPLE = 6;

const peopleOf = (artists: readonly { readonly id: string; readonly name: string }[]): readonly Named[] =>
  artists
    .slice(0, MOST_PEOPLE)
    .map(({ id, name }) => ({ name: shownTitle(name), link: { kind: 'artist', id } }));
const namesOf = (artists: readonly { readonly name: string }[]): string =>
  shownTitle(artists.map(({ name }) => shownTitle(name)).join(', '));
const yearOf = (date: string | null): string => date?.slice(0, 4) ?? '';
const joined = (parts: readonly string[]): string =>
  shownDescription(parts.filter((part) => part !== '').join(' · '));

const rowOf = (track: Track, number: number | null, around: string): ShownTrack => {
  const people = namesOf(track.artists);
  return {
    id: track.id,
    number,
    title: shownTitle(track.title),
    people: people === around ? '' : people,
    durationMs: track.durationMs,
    explicit: track.explicit,
  };
};

const trackView = (track: Track, atMs: number, texts: ShareTexts): View => {
  const people = namesOf(track.artists);
  const album = shownTitle(track.album.title);
  return {
    link: { kind: 'track', id: track.id, atMs: atMs < track.durationMs ? atMs : 0 },
    kicker: texts.kind.track,
    title: shownTitle(track.title),
    people: peopleOf(track.artists),
    album: { name: album, link: { kind: 'album', id: track.album.id } },
    facts: [formatTime(track.durationMs), ...(track.explicit ? [texts.explicit] : [])],
    words: '',
    summary: joined([
      `${texts.kind.track} ${texts.by(people)}`,
      texts.from(album),
      formatTime(track.durationMs),
    ]),
    artwork: track.artwork,
    tracks: [],
    tracksTitle: '',
    trackCount: null,
    records: [],
  };
};

const albumView = (album: Album, texts: ShareTexts): View => {
  const people = namesOf(album.artists);
  const facts = [
    yearOf(album.releaseDate),
    texts.tracks(formatCount(album.trackCount, texts), album.trackCount === 1),
    formatLength(album.durationMs, texts),
  ].filter((fact) => fact !== '');
  const kind = texts.kind[album.kind];
  return {
    link: { kind: 'album', id: album.id },
    kicker: kind,
    title: shownTitle(album.title),
    people: peopleOf(album.artists),
    album: null,
    facts,
    words: '',
    summary: joined([`${kind} ${texts.by(people)}`, ...facts]),
    artwork: album.artwork,
    tracks: album.discs.flatMap((disc) =>
      disc.tracks.map((track) => rowOf(track, track.trackNumber, people)),
    ),
    tracksTitle: texts.trackList,
    trackCount: album.trackCount,
    records: [],
  };
};

const artistView = (artist: Artist, texts: ShareTexts): View => {
  const name = shownTitle(artist.name);
  const facts = [
    ...(artist.albumCount === 0
      ? []
      : [texts.records(formatCount(artist.albumCount, texts), artist.albumCount === 1)]),
    texts.tracks(formatCount(artist.trackCount, texts), artist.trackCount === 1),
  ];
  return {
    link: { kind: 'artist', id: artist.id },
    kicker: texts.kind.artist,
    title: name,
    people: [],
    album: null,
    facts,
    words: '',
    summary: joined([texts.kind.artist, ...facts]),
    artwork: artist.artwork,
    tracks: artist.topTracks.map((track) => rowOf(track, null, name)),
    tracksTitle: artist.topTracks.some(({ plays }) => plays !== null && plays > 0)
      ? texts.popular
      : texts.trackList,
    trackCount: null,
    records: artist.albums.map(({ id, title, releaseDate, artwork }) => ({
      id,
      title: shownTitle(title),
      year: yearOf(releaseDate),
      artwork,
    })),
  };
};

const playlistView = (playlist: SharedPlaylist, texts: ShareTexts): View => {
  const { trackCount } = playlist;
  const facts = [
    ...(trackCount === null ? [] : [texts.tracks(formatCount(trackCount, texts), trackCount === 1)]),
    ...(playlist.durationMs === 0 ? [] : [formatLength(playlist.durationMs, texts)]),
  ];
  const kind = texts.kind.playlist;
  return {
    link: { kind: 'playlist', id: playlist.shareId },
    kicker: kind,
    title: shownTitle(playlist.name),
    // Pages name no listener.
    people: [],
    album: null,
    facts,
    words: shownDescription(playlist.description),
    summary: joined([kind, ...facts]),
    artwork: playlist.artwork ?? playlist.tracks.find(({ artwork }) => artwork !== null)?.artwork ?? null,
    tracks: playlist.tracks.map((track, index) => rowOf(track, index + 1, '')),
    tracksTitle: texts.trackList,
    trackCount,
    records: [],
  };
};

export const viewOf = (subject: Subject, texts: ShareTexts): View => {
  switch (subject.kind) {
    case 'track':
      return trackView(subject.track, subject.atMs, texts);
    case 'album':
      return albumView(subject.album, texts);
    case 'artist':
      return artistView(subject.artist, texts);
    case 'playlist':
      return playlistView(subject.playlist, texts);
    default:
      return assertNever(subject);
  }
};
