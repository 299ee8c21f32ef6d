/** What smart rules look at of a track. Whoever knows tracks makes it once for each; texts are folded then, not at every look. */
import { normalise } from '../../search-text/normalise.ts';

/** Times are milliseconds since 1970; null: never, or not known. */
export interface TrackFacts {
  readonly trackId: string;
  /** Folded as search folds text, as are the others. */
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly genres: readonly string[];
  readonly year: number | null;
  readonly addedMs: number | null;
  readonly lastPlayedMs: number | null;
  readonly plays: number;
  readonly isLiked: boolean;
  readonly loudnessLufs: number | null;
  readonly durationMs: number;
}

/** From texts as they are written. */
export const trackFacts = (written: TrackFacts): TrackFacts => ({
  ...written,
  title: normalise(written.title),
  artists: written.artists.map(normalise),
  album: normalise(written.album),
  genres: written.genres.map(normalise),
});
