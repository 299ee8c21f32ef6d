import type { ArtistRef } from '../../contract/catalog-http.ts';
import type { TrackRecord } from '../segments/catalog-records.ts';
import type { ArtistCredit } from './artists-from-tags.ts';
import type { LibraryState } from './library-state.ts';
import type { TrackFacts } from './track-facts.ts';

/** The album key of a published track; records that do not hold one keep to their album. */
export function albumKeyOfRecord(record: TrackRecord): string {
  return record.source.reading?.albumKey ?? `album:${record.album.id}`;
}

/**
 * What is still known of a file that cannot be read now (it is gone but not pruned, or damaged): its record, and what its
 * album said of it.
 */
export function factsFromRecord(record: TrackRecord, state: LibraryState): TrackFacts {
  const album = state.albums.get(record.album.id);
  const credit = ({ id, name }: ArtistRef): ArtistCredit => {
    const artist = state.artists.get(id);
    return { name, sortName: artist?.sortName ?? null, musicBrainzId: artist?.musicBrainzArtistId ?? null };
  };
  return {
    source: record.source,
    plays: record.plays,
    tags: {
      title: record.title,
      artists: record.artists.map(credit),
      albumArtists: record.albumArtists.length === 0 ? null : record.albumArtists.map(credit),
      albumTitle: record.album.title,
      albumKey: albumKeyOfRecord(record),
      isCompilation: album?.albumKind === 'compilation',
      albumKind: null,
      discNumber: record.discNumber,
      discTitle: album?.discTitles[String(record.discNumber)] ?? null,
      trackNumber: record.trackNumber,
      releaseDate: record.releaseDate,
      genres: record.genres,
      isrc: record.isrc,
      musicBrainzRecordingId: record.musicBrainzRecordingId,
      musicBrainzReleaseId: album?.musicBrainzReleaseId ?? null,
      explicit: record.explicit,
      label: album?.label ?? null,
      catalogueNumber: album?.catalogueNumber ?? null,
      copyright: album?.copyright ?? null,
    },
    audio: {
      durationMs: record.durationMs,
      media: record.media,
      artwork: record.artwork,
      loudness: record.loudness,
      detailsKey: record.detailsKey,
      hasLyrics: record.hasLyrics,
    },
  };
}
