/**
 * What Spotify gives listeners of themselves ("Download your data"): `Playlist1.json`, `YourLibrary.json`, `StreamingHistory0.json`
 * (`StreamingHistory_music_0.json`), and the extended history `Streaming_History_Audio_….json` (formerly `endsong_0.json`). Told by
 * what is in them, as people rename files.
 */
import { z } from 'zod';
import {
  EMPTY_BUNDLE,
  isNamed,
  timeOf,
  trackOf,
  type ExchangeBundle,
  type ExchangePlay,
} from '../../../core/exchange/exchange.ts';
import { looseMs, looseText } from './loose.ts';

const named = (title: string, artist: string, album: string, addedAt: string | null = null) =>
  trackOf({ title, artists: artist === '' ? [] : [artist], album: album || null, addedAt });

export const spotifyPlaylistsSchema = z.object({
  playlists: z.array(
    z.object({
      name: looseText,
      description: looseText,
      items: z.array(
        z.object({
          // A podcast's episode and a file of the listener's own stand in other fields.
          track: z
            .object({ trackName: looseText, artistName: looseText, albumName: looseText })
            .nullable()
            .catch(null),
          addedDate: looseText,
        }),
      ),
    }),
  ),
});

export const fromSpotifyPlaylists = ({
  playlists,
}: z.infer<typeof spotifyPlaylistsSchema>): ExchangeBundle => {
  let leftOut = 0;
  const read = playlists.map(({ name, description, items }) => {
    const tracks = items
      .map(({ track, addedDate }) =>
        track === null
          ? trackOf({})
          : named(track.trackName, track.artistName, track.albumName, timeOf(addedDate)),
      )
      .filter(isNamed);
    leftOut += items.length - tracks.length;
    return { name, description, tracks };
  });
  return { ...EMPTY_BUNDLE, playlists: read, leftOut };
};

export const spotifyLibrarySchema = z.object({
  tracks: z.array(z.object({ artist: looseText, album: looseText, track: z.string() })),
  albums: z.array(z.object({ artist: looseText, album: looseText })).catch([]),
  artists: z.array(z.object({ name: looseText })).catch([]),
  shows: z.array(z.unknown()).catch([]),
  episodes: z.array(z.unknown()).catch([]),
});

export const fromSpotifyLibrary = (library: z.infer<typeof spotifyLibrarySchema>): ExchangeBundle => {
  const tracks = library.tracks.map(({ track, artist, album }) => named(track, artist, album));
  const saved = tracks.filter(isNamed);
  return {
    ...EMPTY_BUNDLE,
    savedTracks: saved,
    savedAlbums: library.albums
      .filter(({ album }) => album !== '')
      .map(({ album, artist }) => ({ title: album, artists: artist === '' ? [] : [artist] })),
    savedArtists: library.artists.map(({ name }) => name).filter((name) => name !== ''),
    leftOut: tracks.length - saved.length + library.shows.length + library.episodes.length,
  };
};

export const spotifyHistorySchema = z.array(
  z.object({ endTime: z.string(), artistName: looseText, trackName: looseText, msPlayed: looseMs }),
);
export const spotifyLongHistorySchema = z.array(
  z.object({
    ts: z.string(),
    ms_played: looseMs,
    /** Null for podcasts and videos. */
    master_metadata_track_name: looseText,
    master_metadata_album_artist_name: looseText,
    master_metadata_album_album_name: looseText,
  }),
);

interface HistoryRow {
  readonly at: string;
  readonly heardMs: number;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
}
const playsOf = (rows: readonly HistoryRow[]): ExchangeBundle => {
  const plays = rows.flatMap(({ at, heardMs, title, artist, album }): ExchangePlay[] => {
    const playedAt = timeOf(at);
    return playedAt === null || title === ''
      ? []
      : [{ track: named(title, artist, album), playedAt, heardMs }];
  });
  return { ...EMPTY_BUNDLE, plays, leftOut: rows.length - plays.length };
};

export const fromSpotifyHistory = (rows: z.infer<typeof spotifyHistorySchema>): ExchangeBundle =>
  playsOf(
    rows.map(({ endTime, artistName, trackName, msPlayed }) => ({
      at: endTime,
      heardMs: msPlayed,
      title: trackName,
      artist: artistName,
      album: '',
    })),
  );

export const fromSpotifyLongHistory = (rows: z.infer<typeof spotifyLongHistorySchema>): ExchangeBundle =>
  playsOf(
    rows.map((row) => ({
      at: row.ts,
      heardMs: row.ms_played,
      title: row.master_metadata_track_name,
      artist: row.master_metadata_album_artist_name,
      album: row.master_metadata_album_album_name,
    })),
  );
