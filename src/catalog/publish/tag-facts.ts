import type { IAudioMetadata } from 'music-metadata';
import type { AlbumKind } from '../../contract/catalog-http.ts';
import type { TagFacts } from './track-facts.ts';
import {
  UNKNOWN_ARTIST,
  VARIOUS_ARTISTS,
  artistCredits,
  uuidOf,
  withGuestOfTitle,
} from './artists-from-tags.ts';
import { cleanText, cleanTexts, nameKey } from './clean-text.ts';
import { genresOf } from './genres.ts';
import { isVarious, namesFromPath, withoutDiscSuffix } from './names-from-path.ts';
import { bestReleaseDate } from './release-date.ts';

/** Raise it when reading changes: files that an older version read are then read again on the next run. */
export const READER_VERSION = 3;

const HIGHEST_NUMBER = 9999;
/** Starts the album keys of files that name their exact release. */
const MUSICBRAINZ_KEY = 'musicbrainz:';

/** What a file says about itself: its tags first, its path for what they leave open. */
export function tagFacts(metadata: IAudioMetadata, path: string): TagFacts {
  const { common } = metadata;
  const names = namesFromPath(path);
  const title = cleanText(common.title) ?? names.title;
  const artists = artistsOf(metadata, names.artist, title);
  const albumTag = cleanText(common.album);
  const album = withoutDiscSuffix(albumTag ?? names.album ?? title);
  const isCompilation = common.compilation === true;
  const albumArtists = albumArtistsOf(metadata, isCompilation);
  const musicBrainzReleaseId = uuidOf(common.musicbrainz_albumid);
  const [discTitle] = cleanTexts(common.discsubtitle);
  const [label] = cleanTexts(common.label);
  const [catalogueNumber] = cleanTexts(common.catalognumber);
  return {
    title,
    artists,
    albumArtists,
    albumTitle: album.name,
    // Loose files at the root that name no album are singles, each of its own.
    albumKey: albumKeyOf(
      musicBrainzReleaseId,
      names.albumFolder,
      albumTag === null && names.album === null ? `${artists[0]?.name ?? ''}\n${title}` : album.name,
    ),
    isCompilation: isCompilation || (albumArtists?.some((artist) => isVarious(artist.name)) ?? false),
    albumKind: albumKindOf(common.releasetype, album.name),
    discNumber: numberOf(common.disk.no) ?? album.disc ?? names.discNumber ?? 1,
    discTitle: discTitle ?? names.discTitle,
    trackNumber: numberOf(common.track.no) ?? names.trackNumber,
    releaseDate: bestReleaseDate([
      textOf(common.date),
      textOf(common.releasedate),
      textOf(common.originaldate),
      textOf(common.year),
      names.releaseDate,
    ]),
    genres: genresOf(common.genre),
    isrc: isrcOf(common.isrc),
    musicBrainzRecordingId: uuidOf(common.musicbrainz_recordingid),
    musicBrainzReleaseId,
    explicit: isExplicit(metadata),
    label: label ?? null,
    catalogueNumber: catalogueNumber ?? null,
    copyright: cleanText(common.copyright),
  };
}

/** All values of a native tag, whatever the tag format, by its name in lower case. */
export function nativeValues(metadata: IAudioMetadata, ...names: readonly string[]): readonly unknown[] {
  return Object.values(metadata.native)
    .flat()
    .filter((tag) => names.includes(tag.id.toLowerCase()))
    .map((tag) => tag.value);
}

function artistsOf(
  metadata: IAudioMetadata,
  artistOfPath: string | null,
  title: string,
): TagFacts['artists'] {
  const { common } = metadata;
  const credits = artistCredits({
    artist: common.artist,
    artists: common.artists,
    sortName: common.artistsort,
    musicBrainzIds: common.musicbrainz_artistid,
    splitAtSlashes: splitsAtSlashes(metadata),
  });
  if (credits.length > 0) return withGuestOfTitle(credits, title);
  const known = artistOfPath === null || isVarious(artistOfPath) ? null : artistOfPath;
  const album = albumArtistsOf(metadata, common.compilation === true);
  if (known === null && album !== null && !album.some((artist) => isVarious(artist.name))) return album;
  return known === null ? [UNKNOWN_ARTIST] : [{ name: known, sortName: null, musicBrainzId: null }];
}

function albumArtistsOf(metadata: IAudioMetadata, isCompilation: boolean): TagFacts['albumArtists'] {
  const { common } = metadata;
  const credits = artistCredits({
    artist: common.albumartist,
    artists: common.albumartists,
    sortName: common.albumartistsort,
    musicBrainzIds: common.musicbrainz_albumartistid,
    splitAtSlashes: splitsAtSlashes(metadata),
  });
  const [first] = credits;
  if (first !== undefined) return credits.length === 1 && isVarious(first.name) ? [VARIOUS_ARTISTS] : credits;
  return isCompilation ? [VARIOUS_ARTISTS] : null;
}

/** ID3v2.2 and 2.3 artists were split at slashes by the tag reader; an ARTISTS tag beside them tells the truth. */
function splitsAtSlashes(metadata: IAudioMetadata): boolean {
  return (
    metadata.format.tagTypes.some((type) => type === 'ID3v2.3' || type === 'ID3v2.2') &&
    nativeValues(metadata, 'txxx:artists').length === 0
  );
}

/** Two albums of one name in different folders stay two; the discs of one album, each in its folder, become one. */
function albumKeyOf(musicBrainzReleaseId: string | null, folder: string, title: string): string {
  return musicBrainzReleaseId === null
    ? `${folder}\n\n${nameKey(title)}`
    : `${MUSICBRAINZ_KEY}${musicBrainzReleaseId}`;
}

function albumKindOf(releaseTypes: readonly string[] | undefined, title: string): AlbumKind | null {
  const types = new Set((releaseTypes ?? []).flatMap((type) => type.toLowerCase().split(/[;,/+]\s*/)));
  if (types.has('live')) return 'live';
  if (types.has('compilation')) return 'compilation';
  if (types.has('ep')) return 'ep';
  if (types.has('single')) return 'single';
  if (types.has('album')) return 'album';
  if (/\bEP$/.test(title)) return 'ep';
  if (/ - Single$/i.test(title)) return 'single';
  return /\blive (?:at|in|from|im|in der|aus)\b|[([]live[)\]]$/i.test(title) ? 'live' : null;
}

/** iTunes' `rtng` says 1 or 4 for explicit and 2 for a cleaned version; others copied ITUNESADVISORY from it. */
function isExplicit(metadata: IAudioMetadata): boolean {
  return nativeValues(
    metadata,
    'rtng',
    'itunesadvisory',
    'txxx:itunesadvisory',
    '----:com.apple.itunes:itunesadvisory',
  )
    .flat()
    .some((value) => ['1', '4'].includes(String(value).trim()));
}

function isrcOf(values: unknown): string | null {
  const codes = cleanTexts(values).map((value) => value.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
  return codes.find((code) => /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code)) ?? null;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : cleanText(value);

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= HIGHEST_NUMBER
    ? value
    : null;
}
