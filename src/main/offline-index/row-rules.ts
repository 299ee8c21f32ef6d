/** What the rows of tracks, albums and artists have in common. */

/** What a row's change makes necessary beyond it. */
export interface Touched {
  readonly albums: Set<string>;
  readonly artists: Set<string>;
  /** Albums whose release date has changed: their tracks stand in another order. */
  readonly dated: Set<string>;
}

/** A private character between names in one column: no name holds it. */
export const NAMES_APART = '\ue001';

/** Seeing something again within a day is not worth writing down. */
export const SEEN_AGAIN_MS = 24 * 3_600_000;
