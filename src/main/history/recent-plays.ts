import { z } from 'zod';
import { trackSchema } from '../../contract/catalog-http.ts';
import type { PlayedEntry } from '../../contract/host-api.ts';

export const playedEntrySchema = z.object({ track: trackSchema, playedAt: z.iso.datetime() });

/** More than anyone scrolls through, and a few hundred kilobytes. */
export const HISTORY_LIMIT = 1_000;

/**
 * Adds a play to a newest-first list. A track played several times in a row stands once, with the time of its last play; the
 * list never grows beyond `HISTORY_LIMIT`.
 */
export const withPlay = (entries: readonly PlayedEntry[], play: PlayedEntry): readonly PlayedEntry[] => {
  const others = entries[0]?.track.id === play.track.id ? entries.slice(1) : entries;
  return [play, ...others].slice(0, HISTORY_LIMIT);
};
