/** From what was read to what is looked for: rows in the order in which they will stand in the library. */
import { COUNTS_AFTER_MS } from '../playback/play-count.ts';
import { trackOf, type ExchangeBundle, type ExchangePlay, type ExchangeTrack } from './exchange.ts';
import type { SavedKind } from '../library/operations.ts';
import { compareText } from '../library/pieces.ts';
import { eachInSteps, sortedInSteps, type Steps } from '../work/steps.ts';

export type ImportList =
  | { readonly kind: 'playlist'; readonly name: string; readonly description: string }
  | { readonly kind: 'saved'; readonly of: SavedKind }
  /** A history: one row for each track, with all plays of it. */
  | { readonly kind: 'plays' };

/** When, in milliseconds since 1970, and how much of it was heard. */
export type PlannedPlay = readonly [atMs: number, heardMs: number];

export interface PlannedRow {
  /** Its place in `lists`. */
  readonly list: number;
  /** Of an album the title and its artists, of an artist the name as title. */
  readonly wanted: ExchangeTrack;
  readonly plays?: readonly PlannedPlay[] | undefined;
}

export interface ImportPlan {
  readonly lists: readonly ImportList[];
  readonly rows: readonly PlannedRow[];
}

/** What of a bundle can be taken over. */
export type PlannableBundle = Pick<
  ExchangeBundle,
  'playlists' | 'savedTracks' | 'savedAlbums' | 'savedArtists'
> & { readonly played: readonly PlayedTrack[] };

export interface PlayedTrack {
  readonly wanted: ExchangeTrack;
  readonly plays: readonly PlannedPlay[];
}

export interface ImportSelection {
  /** Places in the bundle. */
  readonly playlists: readonly number[];
  readonly savedTracks: boolean;
  readonly savedAlbums: boolean;
  readonly savedArtists: boolean;
  readonly plays: boolean;
}

export const kindOf = (list: ImportList): SavedKind => (list.kind === 'saved' ? list.of : 'track');

/** Elsewhere every skipped track stands in the history; what Riffle wrote down itself counted already. */
export const countsHere = ({ track, heardMs }: ExchangePlay): boolean =>
  heardMs >= COUNTS_AFTER_MS || track.catalogId !== null;

/** Each track once, in the order in which they were first played, with the plays that count. */
export const playedTracks = (plays: readonly ExchangePlay[]): readonly PlayedTrack[] => {
  const byTrack = new Map<string, { readonly wanted: ExchangeTrack; readonly plays: PlannedPlay[] }>();
  for (const play of plays) {
    if (!countsHere(play)) continue;
    const { title, artists, album, isrc, catalogId } = play.track;
    const key = JSON.stringify([title, artists, album, isrc, catalogId]);
    const row = byTrack.get(key) ?? { wanted: play.track, plays: [] };
    byTrack.set(key, row);
    row.plays.push([Date.parse(play.playedAt), play.heardMs]);
  }
  return [...byTrack.values()];
};

/** Oldest first, as the newest one is saved last. Exports that say no time have the newest first. */
function* oldestFirst(tracks: readonly ExchangeTrack[]): Steps<readonly ExchangeTrack[]> {
  if (tracks.some(({ addedAt }) => addedAt === null)) return tracks.toReversed();
  return yield* sortedInSteps(tracks, (left, right) => compareText(left.addedAt ?? '', right.addedAt ?? ''));
}

/** `mostItems`: of one playlist; longer ones become several, `Name`, `Name (2)` … */
export function* planInSteps(
  bundle: PlannableBundle,
  selection: ImportSelection,
  mostItems: number,
): Steps<ImportPlan> {
  const lists: ImportList[] = [];
  const rows: PlannedRow[] = [];
  function* add(list: ImportList, wanted: readonly ExchangeTrack[]): Steps<void> {
    if (wanted.length === 0 && list.kind === 'saved') return;
    const place = lists.push(list) - 1;
    yield* eachInSteps(wanted, (track) => rows.push({ list: place, wanted: track }));
  }
  const chosen = new Set(selection.playlists);
  for (const [place, { name, description, tracks }] of bundle.playlists.entries()) {
    if (!chosen.has(place)) continue;
    yield* add({ kind: 'playlist', name, description }, tracks.slice(0, mostItems));
    for (let part = 2; (part - 1) * mostItems < tracks.length; part += 1)
      yield* add(
        { kind: 'playlist', name: `${name} (${part})`, description },
        tracks.slice((part - 1) * mostItems, part * mostItems),
      );
  }
  if (selection.savedTracks) {
    const tracks = yield* oldestFirst(bundle.savedTracks);
    yield* add({ kind: 'saved', of: 'track' }, tracks);
  }
  if (selection.savedAlbums)
    yield* add(
      { kind: 'saved', of: 'album' },
      bundle.savedAlbums.map(({ title, artists }) => trackOf({ title, artists })).toReversed(),
    );
  if (selection.savedArtists)
    yield* add(
      { kind: 'saved', of: 'artist' },
      bundle.savedArtists.map((title) => trackOf({ title })).toReversed(),
    );
  if (selection.plays && bundle.played.length > 0) {
    const list = lists.push({ kind: 'plays' }) - 1;
    yield* eachInSteps(bundle.played, (played) => void rows.push({ list, ...played }));
  }
  return { lists, rows };
}

/** What is looked for is the same where this is: found once, it is found for all rows of it. */
export const sameWanted = ({ list, wanted }: PlannedRow, lists: readonly ImportList[]): string => {
  const of = lists[list];
  const { title, artists, album, durationMs, isrc, catalogId } = wanted;
  return JSON.stringify([
    of === undefined ? '' : kindOf(of),
    title,
    artists,
    album,
    durationMs,
    isrc,
    catalogId,
  ]);
};
