import type { DemoAlbum, DemoTrack } from '../albums/album.ts';

/** Everything a file says about itself, whatever the container calls it. */
export interface TrackTags {
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly albumArtist: string;
  readonly trackNumber: number;
  readonly trackTotal: number;
  readonly discNumber: number;
  readonly discTotal: number;
  readonly discSubtitle: string | undefined;
  readonly date: string;
  readonly genre: string;
  readonly isrc: string;
  readonly label: string;
  readonly catalogueNumber: string;
  readonly compilation: boolean;
  readonly lyrics: string | undefined;
}

export interface TrackPlace {
  readonly discIndex: number;
  readonly trackIndex: number;
  /** Counts through the whole library; becomes the designation code of the ISRC. */
  readonly serial: number;
}

/** `QZDMO` is no registrant of ours or anybody's: these codes are for show. */
function isrcOf(album: DemoAlbum, serial: number): string {
  return `QZDMO${album.released.slice(2, 4)}${String(serial).padStart(5, '0')}`;
}

export function tagsOf(album: DemoAlbum, track: DemoTrack, place: TrackPlace): TrackTags {
  const disc = album.discs[place.discIndex];
  return {
    title: track.title,
    artists: track.artists,
    album: album.title,
    albumArtist: album.artist,
    trackNumber: place.trackIndex + 1,
    trackTotal: disc?.tracks.length ?? 0,
    discNumber: place.discIndex + 1,
    discTotal: album.discs.length,
    discSubtitle: disc?.subtitle,
    date: album.released,
    genre: track.genre ?? album.genre,
    isrc: isrcOf(album, place.serial),
    label: album.label,
    catalogueNumber: album.catalogueNumber,
    compilation: album.kind === 'compilation',
    lyrics: track.words?.kind === 'plain' ? track.words.text : undefined,
  };
}

/** How a name with guests is printed where only one name fits. */
function credit([main, ...guests]: readonly string[]): string {
  if (guests.length === 0) return main ?? '';
  const last = guests.at(-1);
  return `${main} feat. ${guests.length > 1 ? `${guests.slice(0, -1).join(', ')} & ${last}` : last}`;
}

type Field = readonly [name: string, value: string];

/** Vorbis comments, with one ARTIST for each artist: the format was made for that. */
export function vorbisComments(tags: TrackTags): readonly Field[] {
  return [
    ['TITLE', tags.title],
    ...tags.artists.map((artist): Field => ['ARTIST', artist]),
    ['ALBUM', tags.album],
    ['ALBUMARTIST', tags.albumArtist],
    ['TRACKNUMBER', String(tags.trackNumber)],
    ['TRACKTOTAL', String(tags.trackTotal)],
    ['DISCNUMBER', String(tags.discNumber)],
    ['DISCTOTAL', String(tags.discTotal)],
    ['DATE', tags.date],
    ['GENRE', tags.genre],
    ['ISRC', tags.isrc],
    ['LABEL', tags.label],
    ['CATALOGNUMBER', tags.catalogueNumber],
    ...(tags.discSubtitle ? [['DISCSUBTITLE', tags.discSubtitle] as const] : []),
    ...(tags.compilation ? [['COMPILATION', '1'] as const] : []),
    ...(tags.lyrics ? [['LYRICS', tags.lyrics] as const] : []),
  ];
}

/** ffmpeg knows each key once, so guests are named within the one artist. */
export function flatComments(tags: TrackTags): readonly Field[] {
  return vorbisComments({ ...tags, artists: [credit(tags.artists)] });
}

/** The names ffmpeg translates to ID3 frames and iTunes atoms; four capitals are frames as they are. */
export function commonFields(tags: TrackTags, container: 'id3' | 'mp4'): readonly Field[] {
  return [
    ['title', tags.title],
    ['artist', credit(tags.artists)],
    ['album', tags.album],
    ['album_artist', tags.albumArtist],
    ['track', `${tags.trackNumber}/${tags.trackTotal}`],
    ['disc', `${tags.discNumber}/${tags.discTotal}`],
    ['date', tags.date],
    ['genre', tags.genre],
    ...(tags.compilation ? [['compilation', '1'] as const] : []),
    ...(tags.lyrics ? [['lyrics', tags.lyrics] as const] : []),
    ...(container === 'id3'
      ? ([
          ['TSRC', tags.isrc],
          ['TPUB', tags.label],
          ['CATALOGNUMBER', tags.catalogueNumber],
        ] as const)
      : []),
  ];
}
