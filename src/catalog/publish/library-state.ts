import type { AlbumRecord, ArtistRecord, CatalogRecord, TrackRecord } from '../segments/catalog-records.ts';

/** What one library has in the catalog, by id. */
export interface LibraryState {
  readonly tracks: ReadonlyMap<string, TrackRecord>;
  readonly albums: ReadonlyMap<string, AlbumRecord>;
  readonly artists: ReadonlyMap<string, ArtistRecord>;
}

/** Gathers records in manifest order: a later one replaces an earlier one of its id, a removal takes it away. */
export interface LibraryReplay {
  apply(record: CatalogRecord): void;
  readonly state: LibraryState;
}

export function createLibraryReplay(start?: LibraryState): LibraryReplay {
  const tracks = new Map(start?.tracks);
  const albums = new Map(start?.albums);
  const artists = new Map(start?.artists);
  return {
    state: { tracks, albums, artists },
    apply: (record) => {
      switch (record.kind) {
        case 'track':
          tracks.set(record.id, record);
          return;
        case 'album':
          albums.set(record.id, record);
          return;
        case 'artist':
          artists.set(record.id, record);
          return;
        case 'removal':
          ({ track: tracks, album: albums, artist: artists })[record.of].delete(record.id);
      }
    },
  };
}

/** The state after more records; the given one stays as it is. */
export function withRecords(state: LibraryState, records: Iterable<CatalogRecord>): LibraryState {
  const replay = createLibraryReplay(state);
  for (const record of records) replay.apply(record);
  return replay.state;
}
