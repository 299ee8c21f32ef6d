/**
 * What Apple gives listeners of themselves: the library that Music and iTunes export (`Library.xml`, a property list), and of the data
 * that privacy.apple.com hands out `Apple Music Library Tracks.json` with `Apple Music Library Playlists.json`.
 */
import { z } from 'zod';
import {
  EMPTY_BUNDLE,
  isNamed,
  timeOf,
  trackOf,
  type ExchangeBundle,
  type ExchangePlaylist,
  type ExchangeTrack,
} from '../../../core/exchange/exchange.ts';
import { looseText } from './loose.ts';
import type { PlistValue } from './plist.ts';

const looseId = z.union([z.number(), z.string()]).transform(String);
const looseLength = z.number().positive().nullable().catch(null);

interface LibraryEntry {
  readonly id: string;
  readonly track: ExchangeTrack;
  readonly isSaved: boolean;
}
interface LibraryList {
  readonly name: string;
  readonly description: string;
  readonly ids: readonly string[];
}

/** Lists name tracks by their numbers; one without its track is left out. */
const bundleOf = (entries: readonly LibraryEntry[], lists: readonly LibraryList[]): ExchangeBundle => {
  const byId = new Map(entries.filter(({ track }) => isNamed(track)).map(({ id, track }) => [id, track]));
  let leftOut = entries.length - byId.size;
  const playlists = lists.map(({ name, description, ids }): ExchangePlaylist => {
    const tracks = ids.flatMap((id) => byId.get(id) ?? []);
    leftOut += ids.length - tracks.length;
    return { name, description, tracks };
  });
  return {
    ...EMPTY_BUNDLE,
    playlists: playlists.filter(({ tracks }) => tracks.length > 0),
    savedTracks: entries.filter(({ track, isSaved }) => isSaved && isNamed(track)).map(({ track }) => track),
    leftOut,
  };
};

const itunesTrackSchema = z.object({
  'Track ID': looseId,
  Name: looseText,
  Artist: looseText,
  Album: looseText,
  'Total Time': looseLength,
  'Date Added': looseText,
  Loved: z.boolean().catch(false),
  Podcast: z.boolean().catch(false),
  Movie: z.boolean().catch(false),
});
const itunesListSchema = z.object({
  Name: looseText,
  Description: looseText,
  /** The library itself, and what the app made by itself (Music, Films, Purchased …). */
  Master: z.boolean().catch(false),
  'Distinguished Kind': z.number().nullable().catch(null),
  Folder: z.boolean().catch(false),
  'Playlist Items': z.array(z.object({ 'Track ID': looseId })).catch([]),
});
const itunesSchema = z.object({
  Tracks: z.record(z.string(), itunesTrackSchema),
  Playlists: z.array(itunesListSchema).catch([]),
});

/** Null for a property list of something else. Where nothing is marked as loved, all of the library's music counts as saved. */
export const fromItunes = (value: PlistValue): ExchangeBundle | null => {
  const parsed = itunesSchema.safeParse(value);
  if (!parsed.success) return null;
  const all = Object.values(parsed.data.Tracks);
  const anyLoved = all.some(({ Loved }) => Loved);
  const entries = all.map((entry): LibraryEntry => {
    const isMusic = !entry.Podcast && !entry.Movie;
    return {
      id: entry['Track ID'],
      track: trackOf({
        title: isMusic ? entry.Name : '',
        artists: entry.Artist === '' ? [] : [entry.Artist],
        album: entry.Album || null,
        durationMs: entry['Total Time'],
        addedAt: timeOf(entry['Date Added']),
      }),
      isSaved: anyLoved ? entry.Loved : true,
    };
  });
  const lists = parsed.data.Playlists.filter(
    (list) => !list.Master && !list.Folder && list['Distinguished Kind'] === null,
  );
  return bundleOf(
    entries,
    lists.map((list) => ({
      name: list.Name,
      description: list.Description,
      ids: list['Playlist Items'].map((item) => item['Track ID']),
    })),
  );
};

export const appleTracksSchema = z.array(
  z.object({
    'Track Identifier': looseId,
    Title: looseText,
    Artist: looseText,
    Album: looseText,
    'Track Duration': looseLength,
    'Date Added To Library': looseText,
  }),
);
export const applePlaylistsSchema = z
  .array(
    z.object({
      Title: looseText,
      Description: looseText,
      /** Folders have none. */
      'Playlist Item Identifiers': z.array(looseId).optional(),
    }),
  )
  .refine((lists) => lists.some((list) => list['Playlist Item Identifiers'] !== undefined));

/** Lists can be read only together with the tracks they name. */
export const fromApple = (
  tracks: z.infer<typeof appleTracksSchema>,
  playlists: z.infer<typeof applePlaylistsSchema>,
): ExchangeBundle =>
  bundleOf(
    tracks.map((entry) => ({
      id: entry['Track Identifier'],
      track: trackOf({
        title: entry.Title,
        artists: entry.Artist === '' ? [] : [entry.Artist],
        album: entry.Album || null,
        durationMs: entry['Track Duration'],
        addedAt: timeOf(entry['Date Added To Library']),
      }),
      isSaved: true,
    })),
    playlists.map((list) => ({
      name: list.Title,
      description: list.Description,
      ids: list['Playlist Item Identifiers'] ?? [],
    })),
  );
