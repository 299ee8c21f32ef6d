import type { AlbumKind, Artwork, Loudness } from '../../contract/catalog-http.ts';
import type { MediaRecord, SourceRecord } from '../segments/catalog-records.ts';
import type { ArtistCredit } from './artists-from-tags.ts';

/** What tags and path of a file say. */
export interface TagFacts {
  readonly title: string;
  readonly artists: readonly ArtistCredit[];
  /** Null when the file does not say. */
  readonly albumArtists: readonly ArtistCredit[] | null;
  readonly albumTitle: string;
  /** Release, or folder and title: files of one album have the same one. It may hold several albums of that title. */
  readonly albumKey: string;
  readonly isCompilation: boolean;
  readonly albumKind: AlbumKind | null;
  readonly discNumber: number;
  readonly discTitle: string | null;
  readonly trackNumber: number | null;
  readonly releaseDate: string | null;
  readonly genres: readonly string[];
  readonly isrc: string | null;
  readonly musicBrainzRecordingId: string | null;
  readonly musicBrainzReleaseId: string | null;
  readonly explicit: boolean;
  readonly label: string | null;
  readonly catalogueNumber: string | null;
  readonly copyright: string | null;
}

/** What was published of a file's content. */
export interface AudioFacts {
  readonly durationMs: number;
  readonly media: readonly MediaRecord[];
  readonly artwork: Artwork | null;
  readonly loudness: Loudness | null;
  readonly detailsKey: string | null;
  readonly hasLyrics: boolean;
}

/** All the plan needs to know of one file. Holds no pictures, lyrics or samples: those are in the store by then. */
export interface TrackFacts {
  readonly source: SourceRecord;
  readonly tags: TagFacts;
  readonly audio: AudioFacts;
  readonly plays: number | null;
}
