import { cleanText, nameKey } from './clean-text.ts';

const MOST_GENRES = 8;
const LONGEST_GENRE = 80;

/**
 * Single genres out of genre tags: `Rock; Pop`, `Rock / Pop`, `Hip-Hop/Rap` are two each, `R&B` and `Drum & Bass` one.
 * A slash splits only where both sides are words, so that `R/B` stays.
 */
export function genresOf(values: readonly unknown[] | undefined): readonly string[] {
  const genres = new Map<string, string>();
  for (const value of values ?? []) {
    const text = cleanText(value);
    if (text === null) continue;
    for (const piece of splitGenres(text)) {
      const genre = cleanText(piece.replaceAll(/^[\s,-]+|[\s,-]+$/g, ''));
      if (genre === null || genre.length > LONGEST_GENRE || !/[\p{L}\p{N}]/u.test(genre)) continue;
      if (!genres.has(nameKey(genre))) genres.set(nameKey(genre), genre);
    }
  }
  return [...genres.values()].slice(0, MOST_GENRES);
}

function splitGenres(text: string): readonly string[] {
  return text
    .split(/[;|\\]| \/ /)
    .flatMap((part) => (/^[^/]{3,}(?:\/[^/]{3,})+$/.test(part) ? part.split('/') : [part]));
}
