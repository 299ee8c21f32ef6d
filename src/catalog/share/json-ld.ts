/** What a page says to search engines, in the words of https://schema.org. */
import { assertNever } from '../../core/playback/assert-never.ts';
import { shareUrl, type ShareLink } from '../../core/share/share-link.ts';
import type { AlbumKind, ArtistRef, Track } from '../../contract/catalog-http.ts';
import { Html } from '../identity/pages/html.ts';
import type { Picture, ShareSite } from './share-site.ts';
import type { Subject } from './share-view.ts';
import { shownDescription, shownTitle } from './shown-text.ts';

type Value = string | number | Thing | readonly Thing[] | undefined;
interface Thing {
  readonly [property: string]: Value;
}

/** As it stands between the tags of a data block: nothing in it can end the block, or begin a comment. */
const written = (thing: Thing): string =>
  JSON.stringify(thing).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Of a long record the first are told, as many as the weight of a page allows. */
const MOST_TRACKS = 30;
const MOST_ARTISTS = 6;
const MOST_LIST_BYTES = 5000;
const withinWeight = (things: readonly Thing[]): readonly Thing[] => {
  let bytes = 0;
  const end = things.findIndex((thing) => (bytes += Buffer.byteLength(written(thing))) > MOST_LIST_BYTES);
  return end === -1 ? things : things.slice(0, end);
};

const RELEASE_TYPES: Readonly<Record<AlbumKind, string | undefined>> = {
  album: 'https://schema.org/AlbumRelease',
  ep: 'https://schema.org/EPRelease',
  single: 'https://schema.org/SingleRelease',
  compilation: undefined,
  live: 'https://schema.org/AlbumRelease',
};
const PRODUCTION_TYPES: Readonly<Partial<Record<AlbumKind, string>>> = {
  compilation: 'https://schema.org/CompilationAlbum',
  live: 'https://schema.org/LiveAlbum',
};

/** ISO 8601: `PT3M42S`. */
const lengthOf = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
};

const thingOf = (subject: Subject, { baseUrl }: ShareSite, picture: Picture | null): Thing => {
  const page = (link: ShareLink): string => shareUrl(baseUrl, link);
  const artist = ({ id, name }: ArtistRef): Thing => ({
    '@type': 'MusicGroup',
    name: shownTitle(name),
    url: page({ kind: 'artist', id }),
  });
  const artists = (refs: readonly ArtistRef[]): readonly Thing[] => refs.slice(0, MOST_ARTISTS).map(artist);
  const recording = (track: Track): Thing => ({
    '@type': 'MusicRecording',
    name: shownTitle(track.title),
    url: page({ kind: 'track', id: track.id, atMs: 0 }),
    duration: lengthOf(track.durationMs),
    byArtist: artists(track.artists),
  });
  const recordings = (tracks: readonly Track[]): readonly Thing[] =>
    withinWeight(tracks.slice(0, MOST_TRACKS).map(recording));
  const image = picture?.url;
  switch (subject.kind) {
    case 'track': {
      const { track } = subject;
      return {
        ...recording(track),
        image,
        isrcCode: track.isrc ?? undefined,
        inAlbum: {
          '@type': 'MusicAlbum',
          name: shownTitle(track.album.title),
          url: page({ kind: 'album', id: track.album.id }),
        },
      };
    }
    case 'album': {
      const { album } = subject;
      return {
        '@type': 'MusicAlbum',
        name: shownTitle(album.title),
        url: page({ kind: 'album', id: album.id }),
        image,
        byArtist: artists(album.artists),
        datePublished: album.releaseDate ?? undefined,
        albumReleaseType: RELEASE_TYPES[album.kind],
        albumProductionType: PRODUCTION_TYPES[album.kind],
        numTracks: album.trackCount,
        track: recordings(album.discs.flatMap(({ tracks }) => tracks)),
      };
    }
    case 'artist':
      return {
        ...artist(subject.artist),
        image,
        track: recordings(subject.artist.topTracks),
        album: withinWeight(
          subject.artist.albums.slice(0, MOST_TRACKS).map(({ id, title, releaseDate }) => ({
            '@type': 'MusicAlbum',
            name: shownTitle(title),
            url: page({ kind: 'album', id }),
            datePublished: releaseDate ?? undefined,
          })),
        ),
      };
    case 'playlist': {
      const { playlist } = subject;
      return {
        '@type': 'MusicPlaylist',
        name: shownTitle(playlist.name),
        url: page({ kind: 'playlist', id: playlist.shareId }),
        description: playlist.description === '' ? undefined : shownDescription(playlist.description),
        image,
        numTracks: playlist.trackCount ?? undefined,
        track: recordings(playlist.tracks),
      };
    }
    default:
      return assertNever(subject);
  }
};

/** The content of a data block (`application/ld+json`). */
export const jsonLd = (subject: Subject, site: ShareSite, picture: Picture | null): Html =>
  new Html(written({ '@context': 'https://schema.org', ...thingOf(subject, site, picture) }));
