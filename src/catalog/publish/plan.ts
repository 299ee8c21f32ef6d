import { isDeepStrictEqual } from 'node:util';
import type {
  AlbumRecord,
  ArtistRecord,
  CatalogRecord,
  RemovalRecord,
  TrackRecord,
} from '../segments/catalog-records.ts';
import { compareTexts } from './clean-text.ts';
import type { EncodedMedia } from './encoder.ts';
import { albumKeyOfRecord, factsFromRecord } from './facts-from-record.ts';
import type { LibraryState } from './library-state.ts';
import { albumRecordOf, assignAlbumIds, inAlbumOrder } from './plan-albums.ts';
import type { AlbumMember } from './plan-albums.ts';
import { albumGroups } from './plan-groups.ts';
import { createArtistDirectory } from './plan-artists.ts';
import type { ArtistDirectory } from './plan-artists.ts';
import { assignTrackIds } from './plan-track-ids.ts';
import type { TrackIdentity } from './plan-track-ids.ts';
import type { TrackFacts } from './track-facts.ts';

export interface PlanInput {
  readonly library: string;
  /** What the library has in the catalog now. */
  readonly previous: LibraryState;
  /** Every path in the folder, read or not. */
  readonly presentPaths: ReadonlySet<string>;
  /** The files that were read. Those left unread are as the catalog has them. */
  readonly facts: readonly TrackFacts[];
  /** What was encoded of files that were not read, by path. */
  readonly encodings: ReadonlyMap<string, EncodedMedia>;
  /** Plays that the operator reports now, or null when nothing is said of a track. */
  readonly playsOf: (path: string, isrc: string | null) => number | null;
  /** Whether tracks go whose files are gone. */
  readonly prune: boolean;
  /** ISO 8601. */
  readonly now: string;
}

export interface CatalogPlan {
  /** What to append to the catalog; empty when it is as the folder is. */
  readonly records: readonly CatalogRecord[];
  /** Paths of tracks that are new, that changed, that go. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Paths that are gone from the folder, and stay in the catalog because nobody asked to prune. */
  readonly missing: readonly string[];
  readonly unchangedCount: number;
}

interface Settled {
  readonly identities: ReadonlyMap<TrackFacts, TrackIdentity>;
  /** Gone, and not taken over by a moved or replaced file. */
  readonly gone: readonly TrackRecord[];
  readonly touchedAlbumKeys: ReadonlySet<string>;
}

function settle(input: PlanInput): Settled {
  const { library, facts, previous, presentPaths, prune } = input;
  const identities = assignTrackIds(library, facts, previous, presentPaths);
  const ids = new Set([...identities.values()].map((identity) => identity.id));
  const gone = [...previous.tracks.values()].filter(
    (record) => !presentPaths.has(record.source.path) && !ids.has(record.id),
  );
  const touched = new Set(facts.map((fact) => fact.tags.albumKey));
  for (const { previous: record } of identities.values()) {
    if (record !== null) touched.add(albumKeyOfRecord(record));
  }
  if (prune) for (const record of gone) touched.add(albumKeyOfRecord(record));
  return { identities, gone, touchedAlbumKeys: touched };
}

/**
 * Paths of unread files whose albums change by what was read or is gone: read these too, and plan again, so that an album
 * is always made from what all its files say today.
 */
export function pathsToReadToo(input: PlanInput): readonly string[] {
  const { touchedAlbumKeys } = settle(input);
  const read = new Set(input.facts.map((fact) => fact.source.path));
  return [...input.previous.tracks.values()]
    .filter((record) => input.presentPaths.has(record.source.path) && !read.has(record.source.path))
    .filter((record) => touchedAlbumKeys.has(albumKeyOfRecord(record)))
    .map((record) => record.source.path);
}

/**
 * What to append so that the catalog becomes what the folder is. Pure: the same input gives the same plan, and a plan made
 * after its records were appended is empty.
 */
export function planCatalog(input: PlanInput): CatalogPlan {
  const { previous, prune } = input;
  const { identities, gone, touchedAlbumKeys } = settle(input);
  const known = new Map([...identities].map(([facts, identity]) => [identity.id, { facts, identity }]));
  const removed = prune ? gone : [];
  const removedIds = new Set(removed.map((record) => record.id));
  const unread = [...previous.tracks.values()]
    .filter((record) => !known.has(record.id) && !removedIds.has(record.id))
    .map((record) => withEncodings(record, input));
  const untouched = unread.filter((record) => !touchedAlbumKeys.has(albumKeyOfRecord(record)));
  const members = [
    ...known.values(),
    ...unread
      .filter((record) => touchedAlbumKeys.has(albumKeyOfRecord(record)))
      .map((record) => ({
        facts: factsFromRecord(record, previous),
        identity: { id: record.id, previous: record },
      })),
  ];

  const albums = planAlbums(input, members, untouched);
  const trackPuts = [...albums.tracks, ...untouched.map((record) => withPlays(record, input))];
  const keptAlbumIds = new Set(trackPuts.map((record) => record.album.id));
  const removals: readonly RemovalRecord[] = [
    ...removed.map((record): RemovalRecord => ({ kind: 'removal', of: 'track', id: record.id })),
    ...[...previous.albums.keys()]
      .filter((id) => !keptAlbumIds.has(id))
      .map((id): RemovalRecord => ({ kind: 'removal', of: 'album', id })),
  ];
  return assemble(input, { ...albums, tracks: trackPuts, removals, gone });
}

interface PlannedAlbums {
  readonly artists: readonly ArtistRecord[];
  readonly albums: readonly AlbumRecord[];
  readonly tracks: readonly TrackRecord[];
}

function planAlbums(
  input: PlanInput,
  members: readonly AlbumMember[],
  untouched: readonly TrackRecord[],
): PlannedAlbums {
  const groups = albumGroups(members);
  const reserved = new Set(untouched.map((record) => record.album.id));
  const albumIds = assignAlbumIds(input.library, groups, reserved);
  const directory = createArtistDirectory(
    members.flatMap(({ facts }) => [...facts.tags.artists, ...(facts.tags.albumArtists ?? [])]),
    untouched.flatMap((record) => [...record.artists, ...record.albumArtists]),
    input.previous.artists,
  );
  const albums: AlbumRecord[] = [];
  const tracks: TrackRecord[] = [];
  for (const [key, id] of [...albumIds].sort((left, right) => compareTexts(left[0], right[0]))) {
    const ordered = inAlbumOrder(groups.get(key) ?? []);
    const album = albumRecordOf(ordered, {
      id,
      previous: input.previous.albums.get(id) ?? null,
      now: input.now,
      artistRef: directory.ref,
    });
    albums.push(album);
    for (const member of ordered) tracks.push(trackRecordOf(member, album, directory, input));
  }
  return { artists: directory.records(), albums, tracks };
}

function trackRecordOf(
  { facts, identity }: AlbumMember,
  album: AlbumRecord,
  directory: ArtistDirectory,
  { playsOf }: PlanInput,
): TrackRecord {
  const { tags, audio, source } = facts;
  return {
    kind: 'track',
    id: identity.id,
    title: tags.title,
    artists: tags.artists.map(directory.ref),
    albumArtists: album.artists,
    album: { id: album.id, title: album.title },
    artwork: audio.artwork ?? album.artwork,
    discNumber: tags.discNumber,
    trackNumber: tags.trackNumber,
    durationMs: audio.durationMs,
    releaseDate: tags.releaseDate,
    explicit: tags.explicit,
    genres: tags.genres,
    isrc: tags.isrc,
    musicBrainzRecordingId: tags.musicBrainzRecordingId,
    plays: playsOf(source.path, tags.isrc) ?? identity.previous?.plays ?? facts.plays,
    loudness: audio.loudness,
    detailsKey: audio.detailsKey,
    hasLyrics: audio.hasLyrics,
    media: audio.media,
    source,
  };
}

function withPlays(record: TrackRecord, { playsOf }: PlanInput): TrackRecord {
  const plays = playsOf(record.source.path, record.isrc);
  return plays === null || plays === record.plays ? record : { ...record, plays };
}

function withEncodings(record: TrackRecord, { encodings }: PlanInput): TrackRecord {
  const made = encodings.get(record.source.path);
  const { reading } = record.source;
  if (made?.encoded === undefined || !reading) return record;
  const source = { ...record.source, reading: { ...reading, encoded: made.encoded } };
  return { ...record, media: made.media, source };
}

interface Planned extends PlannedAlbums {
  readonly removals: readonly RemovalRecord[];
  readonly gone: readonly TrackRecord[];
}

/** Leaves out what the catalog has already. */
function assemble(input: PlanInput, planned: Planned): CatalogPlan {
  const { previous } = input;
  const added: string[] = [];
  const changed: string[] = [];
  const puts: TrackRecord[] = [];
  const onlyTouched: TrackRecord[] = [];
  let unchangedCount = 0;
  for (const record of planned.tracks) {
    const before = previous.tracks.get(record.id);
    const { path } = record.source;
    if (before === undefined) added.push(path);
    else if (!isDeepStrictEqual(withoutSource(before), withoutSource(record))) changed.push(path);
    else if (input.presentPaths.has(path)) unchangedCount += 1;
    if (before === undefined || !isDeepStrictEqual(withoutTime(before), withoutTime(record)))
      puts.push(record);
    else if (before.source.modifiedMs !== record.source.modifiedMs) onlyTouched.push(record);
  }
  const changes: readonly CatalogRecord[] = [
    ...planned.artists.filter((record) => !isDeepStrictEqual(previous.artists.get(record.id), record)),
    ...planned.albums.filter((record) => !isDeepStrictEqual(previous.albums.get(record.id), record)),
    ...puts,
    ...planned.removals,
  ];
  return {
    // A new modification time alone is no change of the catalog; it travels with the next one.
    records: changes.length === 0 ? [] : [...changes, ...onlyTouched],
    added: added.sort(compareTexts),
    changed: changed.sort(compareTexts),
    removed: input.prune ? planned.gone.map((record) => record.source.path).sort(compareTexts) : [],
    missing: input.prune ? [] : planned.gone.map((record) => record.source.path).sort(compareTexts),
    unchangedCount,
  };
}

function withoutSource({ source, ...rest }: TrackRecord): unknown {
  return { ...rest, path: source.path, audio: source.sha256 };
}

function withoutTime({ source, ...rest }: TrackRecord): unknown {
  return { ...rest, source: { ...source, modifiedMs: 0 } };
}
