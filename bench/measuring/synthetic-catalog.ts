/** A catalog of many made-up titles, written straight as segments: what a service of some size answers from. */
import type { CatalogRecord, TrackRecord } from '../../src/catalog/segments/catalog-records.ts';
import { createManifestLog } from '../../src/catalog/segments/manifest-log.ts';
import { writeSegment } from '../../src/catalog/segments/segment-store.ts';
import type { ObjectStore } from '../../src/catalog/store/object-store.ts';
import { albumRecord, artistRecord, idOf, trackRecord } from '../../tests/builders/catalog-records.ts';
import { syntheticName } from './synthetic-library.ts';

const TRACKS_PER_ALBUM = 10;
const ALBUMS_PER_ARTIST = 5;
const GENRES = ['Jazz', 'Ambient', 'Folk', 'Techno', 'Chamber', 'Soul', 'Metal', 'Dub', 'Waltz', 'Pop'];

export const artistName = (artist: number): string => syntheticName(artist, 2);
/** The number makes titles unique, as ids are made from them. */
export const albumTitle = (album: number): string => `${syntheticName(1_000_003 + album, 2)} ${album}`;
export const trackTitle = (track: number): string => syntheticName(20_000_003 + track, 3);

export const albumCount = (tracks: number): number => Math.ceil(tracks / TRACKS_PER_ALBUM);
export const artistCount = (tracks: number): number => Math.ceil(albumCount(tracks) / ALBUMS_PER_ARTIST);
export const albumId = (album: number): string => idOf('album', albumTitle(album));
export const artistId = (artist: number): string => idOf('artist', artistName(artist));
export const trackId = (track: number): string =>
  idOf('track', `${albumTitle(Math.floor(track / TRACKS_PER_ALBUM))}/${trackTitle(track)}`);

/** What a bench wants said of tracks beyond their names. */
export type TrackFacts = (track: number) => Partial<TrackRecord>;

async function* records(tracks: number, factsOf: TrackFacts): AsyncGenerator<CatalogRecord> {
  for (let album = 0; album < albumCount(tracks); album += 1) {
    const artist = artistName(Math.floor(album / ALBUMS_PER_ARTIST));
    const title = albumTitle(album);
    if (album % ALBUMS_PER_ARTIST === 0) yield artistRecord(artist);
    yield albumRecord(title, {
      artist,
      releaseDate: String(1950 + (album % 76)),
      addedAt: new Date(1_700_000_000_000 + album * 60_000).toISOString(),
    });
    const last = Math.min(tracks, (album + 1) * TRACKS_PER_ALBUM);
    for (let track = album * TRACKS_PER_ALBUM; track < last; track += 1) {
      yield trackRecord(trackTitle(track), {
        artist,
        albumTitle: title,
        trackNumber: (track % TRACKS_PER_ALBUM) + 1,
        genres: [GENRES[album % GENRES.length] ?? 'Jazz'],
        // A long tail: few titles are played much.
        plays: Math.floor(1e8 / ((Math.imul(track, 2_654_435_761) >>> 8) + 1)),
        ...factsOf(track),
      });
    }
  }
}

export async function writeSyntheticCatalog(
  store: ObjectStore,
  tracks: number,
  factsOf: TrackFacts = () => ({}),
): Promise<void> {
  await store.check('write');
  await createManifestLog(store).append([await writeSegment(store, 'synthetic', records(tracks, factsOf))]);
}
