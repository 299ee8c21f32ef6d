/**
 * What lists are sorted by: whole numbers under 2^53, negative, so that ascending order is best first and an index needs no
 * direction. Ties are broken by `tieOf(id)`, which never changes: a cursor taken from one replica, or before a rebuild,
 * means the same place afterwards.
 */
import { normalise } from './normalise.ts';

const DAY_MS = 86_400_000;
const DAYS = 2 ** 16;
const MOST_PLAYS = 2 ** 36 - 1;
const DAY_ZERO_MS = Date.UTC(1850, 0, 1);

/** Days since 1850 of `1999`, `1999-04` or an ISO date; 0 when unknown or out of range. */
export const dayOf = (date: string | null): number => {
  if (date === null) return 0;
  const time = Date.parse(date.length <= 10 ? `${date}${'0000-01-01'.slice(date.length)}T00:00:00Z` : date);
  if (Number.isNaN(time)) return 0;
  return Math.min(DAYS - 1, Math.max(0, Math.floor((time - DAY_ZERO_MS) / DAY_MS) + 1));
};

/** Most played first, then newest. */
export const popularityKey = (plays: number | null, releaseDate: string | null): number =>
  -(Math.min(plays ?? 0, MOST_PLAYS) * DAYS + dayOf(releaseDate));

/** The plays in a popularity key. */
export const playsInKey = (key: number): number => Math.floor(-key / DAYS);

/** Latest added first (by day), then latest released: one day's 20,000 additions still read newest first. */
export const addedKey = (addedAt: string, releaseDate: string | null): number =>
  -(dayOf(addedAt) * DAYS + dayOf(releaseDate));

/** Latest released first; what has no date counts as released when it was added. */
export const releasedKey = (addedAt: string, releaseDate: string | null): number =>
  -(dayOf(releaseDate ?? addedAt) * DAYS + dayOf(addedAt));

/** 52 bits of hash of an id (two multiplicative hashes): the same everywhere and forever. */
export const tieOf = (id: string): number => {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return ((high >>> 6) & 0x3ffffff) * 2 ** 26 + ((low >>> 5) & 0x3ffffff);
};

/** Long enough to sort by. */
const SORT_KEY_LETTERS = 64;
/** What titles and names are put in alphabetical order by. */
export const sortKey = (text: string): string => normalise(text).slice(0, SORT_KEY_LETTERS);
