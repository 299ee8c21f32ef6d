import { runsOn, type AlbumPlace } from './album-run.ts';

export interface FadingEntry {
  readonly entryId: string;
  readonly track: AlbumPlace & { readonly durationMs: number };
}

/** A track is heard alone for at least as long as it fades in and out. */
const LEAST_FADES_A_TRACK = 3;

/**
 * How long two tracks sound together: 0 where they belong together as they are. Tracks of one album in order run on; a track
 * that repeats alone would fade into itself; one shorter than three fades would hardly be heard. Ads never get here: nothing
 * follows by itself where one comes.
 */
export const crossfadeMsBetween = (
  wantedMs: number,
  current: FadingEntry,
  following: FadingEntry,
): number => {
  if (current.entryId === following.entryId || runsOn(current.track, following.track)) return 0;
  const shortestMs = Math.min(current.track.durationMs, following.track.durationMs);
  return shortestMs < LEAST_FADES_A_TRACK * wantedMs ? 0 : wantedMs;
};
