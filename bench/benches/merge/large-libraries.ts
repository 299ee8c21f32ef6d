/** What one change costs in libraries as large as they may be, against the same in small ones. */
import type { PlaylistEdit } from '../../../src/core/library/edits.ts';
import { createPlaylistReplica } from '../../../src/core/library/playlist.ts';
import { NEW_DETAILS } from '../../../src/core/library/playlist-view.ts';
import { createSavedReplica } from '../../../src/core/library/saved.ts';
import { smartTracks } from '../../../src/core/library/smart/evaluate.ts';
import { trackFacts, type TrackFacts } from '../../../src/core/library/smart/facts.ts';
import type { SmartRules } from '../../../src/core/library/smart/rules.ts';
import { randomSource } from '../../../src/core/playback/random.ts';
import { penOf } from '../../../tests/library/pen.ts';

const idOf = (number: number): string => number.toString(36).padStart(20, '0');
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Milliseconds of each of `tries` changes, the view after it included. */
export interface Changes {
  readonly items: number;
  readonly ms: readonly number[];
}

/** The whole of it as JSON, and how long it takes to begin from that. */
interface Kept {
  readonly snapshotBytes: number;
  readonly restoreMs: number;
}

/** Moves, removals and additions at random places of a playlist. */
export const playlistChanges = (items: number, tries: number): Changes & Kept => {
  const replica = createPlaylistReplica();
  const pen = penOf(1);
  const random = randomSource(items);
  const tracks = Array.from({ length: items }, (_, index) => ({ trackId: idOf(index) }));
  replica.change(
    [
      { type: 'create', details: { ...NEW_DETAILS, name: 'Everything' } },
      { type: 'add', before: null, tracks },
    ],
    pen,
  );
  const anyItem = (): string => {
    const view = replica.view().items;
    return view.at(random.below(view.length))?.itemId ?? '';
  };
  const editOf = (number: number): PlaylistEdit => {
    if (number % 3 === 0) return { type: 'move', before: anyItem(), itemIds: [anyItem()] };
    if (number % 3 === 1) return { type: 'remove', itemIds: [anyItem()] };
    return { type: 'add', before: anyItem(), tracks: [{ trackId: idOf(number) }] };
  };
  const ms = Array.from({ length: tries }, (_, number) => {
    const edit = editOf(number);
    return timed(() => {
      replica.change([edit], pen);
      replica.view().items.slice(0, 50);
    });
  });
  const snapshot = JSON.stringify(replica.snapshot());
  const restoreMs = timed(() => createPlaylistReplica(JSON.parse(snapshot)).view());
  return { items, ms, snapshotBytes: snapshot.length, restoreMs };
};

/** Likes and their taking back among many. */
export const savedChanges = (items: number, tries: number): Changes & Kept => {
  const saved = createSavedReplica();
  const pen = penOf(1);
  saved.change(
    [
      {
        type: 'save',
        kind: 'track',
        items: Array.from({ length: items }, (_, index) => ({ id: idOf(index), atMs: index * 1000 })),
      },
    ],
    pen,
  );
  const ms = Array.from({ length: tries }, (_, number) =>
    timed(() => {
      const id = idOf((number * 7919) % items);
      if (number % 2 === 0) saved.change([{ type: 'unsave', kind: 'track', ids: [id] }], pen);
      else saved.change([{ type: 'save', kind: 'track', items: [{ id: idOf(items + number) }] }], pen);
      saved.list('track').slice(0, 50);
    }),
  );
  const snapshot = JSON.stringify(saved.snapshot());
  const restoreMs = timed(() => createSavedReplica(JSON.parse(snapshot)).list('track'));
  return { items, ms, snapshotBytes: snapshot.length, restoreMs };
};

const RULES: SmartRules = {
  match: 'all',
  rules: [
    { kind: 'text', field: 'genre', test: 'contains', text: 'rock' },
    { kind: 'recent', field: 'lastPlayed', test: 'notInTheLast', days: 30 },
    {
      kind: 'group',
      match: 'any',
      conditions: [
        { kind: 'number', field: 'year', test: 'over', value: 1990 },
        { kind: 'liked', value: true },
      ],
    },
  ],
  sort: { by: 'plays', descending: true },
  limit: { kind: 'tracks', tracks: 500 },
};
const GENRES = ['Rock', 'Post-Rock', 'Jazz', 'Classical', 'Hörspiel'];

const NOW_MS = Date.UTC(2026, 5, 1);
const DAY_MS = 86_400_000;
/** The same as `RULES`, written down by hand: the least it can cost. */
const byHand = (facts: readonly TrackFacts[]): readonly TrackFacts[] =>
  facts
    .filter(
      ({ genres, lastPlayedMs, year, isLiked }) =>
        genres.some((genre) => genre.includes('rock')) &&
        (lastPlayedMs === null || lastPlayedMs < NOW_MS - 30 * DAY_MS) &&
        ((year !== null && year > 1990) || isLiked),
    )
    .sort((one, other) => other.plays - one.plays || (one.trackId < other.trackId ? -1 : 1))
    .slice(0, 500);

/** Milliseconds to work a smart playlist out over that many tracks, and to do so by hand, in turns. */
export const smartEvaluations = (
  tracks: number,
  tries: number,
): { readonly ms: readonly number[]; readonly byHandMs: readonly number[] } => {
  const random = randomSource(tracks);
  const facts = Array.from({ length: tracks }, (_, index): TrackFacts =>
    trackFacts({
      trackId: idOf(index),
      title: `Track ${index}`,
      artists: [`Artist ${random.below(3000)}`],
      album: `Album ${random.below(10_000)}`,
      genres: [GENRES[random.below(GENRES.length)] ?? ''],
      year: 1950 + random.below(76),
      addedMs: NOW_MS - random.below(2 ** 31),
      lastPlayedMs: random.below(2) === 0 ? null : NOW_MS - random.below(2 ** 31) * 4,
      plays: random.below(200),
      isLiked: random.below(5) === 0,
      loudnessLufs: -8 - random.below(20),
      durationMs: 60_000 + random.below(400_000),
    }),
  );
  const ids = (found: readonly TrackFacts[]): string => found.map(({ trackId }) => trackId).join();
  if (ids(byHand(facts)) !== ids(smartTracks(RULES, facts, NOW_MS)))
    throw new Error('What is written down by hand means something else than the rules.');
  const rounds = Array.from({ length: tries }, () => ({
    ms: timed(() => smartTracks(RULES, facts, NOW_MS)),
    byHandMs: timed(() => byHand(facts)),
  }));
  return { ms: rounds.map(({ ms }) => ms), byHandMs: rounds.map(({ byHandMs }) => byHandMs) };
};
