/** An export of another service, whose rows name tracks of a synthetic catalog as such exports do; which ones is known. */
import { albumTitle, artistName, trackId, trackTitle } from '../../measuring/synthetic-catalog.ts';

export const DISTORTIONS = [
  'code',
  'same',
  'capitals, no accents',
  'remaster, guests',
  'one letter wrong',
  'two artists in one text',
  'length unknown',
  'another version',
  'not in the catalog',
] as const;
export type Distortion = (typeof DISTORTIONS)[number];

export interface DistortedRow {
  readonly distortion: Distortion;
  /** Null: the catalog does not have it. */
  readonly truth: string | null;
  readonly cells: readonly [title: string, artist: string, album: string, durationMs: string, isrc: string];
}

const TRACKS_PER_ALBUM = 10;
const ALBUMS_PER_ARTIST = 5;

export const isrcOfTrack = (track: number): string => `DEA61${String(track).padStart(7, '0')}`;
export const durationOfTrack = (track: number): number => 120_000 + ((track * 7919) % 240_000);

const withOneLetterWrong = (title: string, place: number): string => {
  const at = 1 + (place % (title.length - 2));
  return `${title.slice(0, at)}${title[at] === 'x' ? 'q' : 'x'}${title.slice(at + 1)}`;
};

/** The row at a place of the export, over a catalog of so many tracks. Each kind of distortion comes equally often. */
export const distortedRow = (place: number, tracks: number): DistortedRow => {
  const distortion = DISTORTIONS[place % DISTORTIONS.length] ?? 'same';
  const track = Number((BigInt(place) * 2_654_435_761n) % BigInt(tracks));
  const album = Math.floor(track / TRACKS_PER_ALBUM);
  const title = trackTitle(track);
  const artist = artistName(Math.floor(album / ALBUMS_PER_ARTIST));
  const duration = String(durationOfTrack(track) + (place % 2_001) - 1_000);
  const row = (cells: DistortedRow['cells'], truth: string | null = trackId(track)): DistortedRow => ({
    distortion,
    truth,
    cells,
  });
  switch (distortion) {
    case 'code':
      return row([`${title} (as sold elsewhere)`, artist, '', duration, isrcOfTrack(track)]);
    case 'same':
      return row([title, artist, albumTitle(album), duration, '']);
    case 'capitals, no accents':
      return row([title.toUpperCase(), artist.toLowerCase(), '', duration, '']);
    case 'remaster, guests':
      return row([`${title} (feat. Somebody) - 2011 Remaster`, artist, '', duration, '']);
    case 'one letter wrong':
      return row([withOneLetterWrong(title, place), artist, albumTitle(album), duration, '']);
    case 'two artists in one text':
      return row([title, `${artist}, Somebody Else`, '', duration, '']);
    case 'length unknown':
      return row([title, artist, '', '', '']);
    case 'another version':
      return row([`${title} - Live at Halden`, artist, '', duration, ''], null);
    case 'not in the catalog':
      return row([`Unheard ${title}`, artist, '', duration, ''], null);
  }
};

export const csvOf = (rows: readonly DistortedRow[]): string =>
  [
    ['Track Name', 'Artist Name(s)', 'Album Name', 'Track Duration (ms)', 'ISRC'],
    ...rows.map(({ cells }) => cells),
  ]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\n');
