/** What smart playlists hold: their rules over every track that this computer knows. */
import type { Track } from '../../contract/catalog-http.ts';
import { trackFacts, type TrackFacts } from '../../core/library/smart/facts.ts';
import type { SmartRules } from '../../core/library/smart/rules.ts';
import { smartTracksInSteps } from '../../core/library/smart/evaluate.ts';
import type { Steps } from '../../core/work/steps.ts';
import { createLruMap } from '../storage/lru-map.ts';
import { inSlices } from '../in-slices.ts';
import type { KnownThings } from './known-rows.ts';
import type { Library } from './library.ts';
import type { PlayFacts } from './play-facts.ts';

export interface SmartTrack {
  readonly trackId: string;
  /** When it (or its album) was saved; null: it was not. */
  readonly addedMs: number | null;
  readonly durationMs: number;
}

export interface SmartLists {
  /** In the order of the rules. Worked out anew when the library, the plays or the hour are others. */
  tracks(rules: SmartRules): Promise<readonly SmartTrack[]>;
  /** They are told anew. */
  forget(trackIds: readonly string[]): void;
}

/** What stays of a track whatever the listener does. */
interface Fixed {
  readonly facts: TrackFacts;
  readonly albumId: string;
}
interface Kept {
  readonly state: string;
  readonly tracks: readonly SmartTrack[];
}
const MOST_KEPT = 20;
const HOUR_MS = 3_600_000;

const yearOf = (releaseDate: string | null): number | null => {
  const year = Number.parseInt(releaseDate ?? '', 10);
  return Number.isNaN(year) ? null : year;
};

export const createSmartLists = (options: {
  readonly library: Library;
  readonly things: KnownThings;
  /** Of every track that is known. */
  readonly trackIds: () => Steps<readonly string[]>;
  readonly plays: PlayFacts;
  readonly now: () => number;
}): SmartLists => {
  const { library, things, plays, now } = options;
  const fixed = new Map<string, Fixed>();
  const kept = createLruMap<string, Kept>(MOST_KEPT);

  const fixedOf = (track: Track): Fixed => ({
    albumId: track.album.id,
    facts: trackFacts({
      trackId: track.id,
      title: track.title,
      artists: track.artists.map(({ name }) => name),
      album: track.album.title,
      genres: track.genres.map(({ name }) => name),
      year: yearOf(things.album(track.album.id)?.releaseDate ?? null),
      addedMs: null,
      lastPlayedMs: null,
      plays: 0,
      isLiked: false,
      loudnessLufs: track.loudness?.integratedLufs ?? null,
      durationMs: track.durationMs,
    }),
  });
  function* readFixed(ids: readonly string[]): Steps<void> {
    for (const id of ids) {
      if (fixed.has(id)) continue;
      const track = things.track(id);
      if (track !== null) fixed.set(id, fixedOf(track));
      yield;
    }
  }
  function* factsNow(ids: readonly string[]): Generator<TrackFacts, void, void> {
    const saved = library.documents.saved().replica();
    for (const id of ids) {
      const known = fixed.get(id);
      if (known === undefined) continue;
      const likedMs = saved.savedAtMs('track', id);
      const played = plays.of(id);
      yield {
        ...known.facts,
        addedMs: likedMs ?? saved.savedAtMs('album', known.albumId),
        isLiked: likedMs !== null,
        plays: played.plays,
        lastPlayedMs: played.lastPlayedMs,
      };
    }
  }

  return {
    async tracks(rules) {
      const key = JSON.stringify(rules);
      const ids = await inSlices(options.trackIds());
      const hour = Math.floor(now() / HOUR_MS);
      const state = `${library.revision()} ${plays.revision()} ${ids.length} ${hour}`;
      const known = kept.get(key);
      if (known?.state === state) return known.tracks;
      await inSlices(readFixed(ids));
      const found = await inSlices(smartTracksInSteps(rules, factsNow(ids), now()));
      const tracks = found.map(({ trackId, addedMs, durationMs }) => ({ trackId, addedMs, durationMs }));
      kept.set(key, { state, tracks });
      return tracks;
    },
    forget(trackIds) {
      for (const id of trackIds) fixed.delete(id);
    },
  };
};
