import { foldLetters } from '../../core/search-text/normalise.ts';

const LONGEST_GENRE_ID = 80;

/**
 * A genre's id: the slug of its name. `Hip-Hop` and `Hip Hop` are one genre, as are `Électronique` and `electronique`.
 * Null for a name without a letter or digit.
 */
export const genreId = (name: string): string | null => {
  const slug = foldLetters(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST_GENRE_ID)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? null : slug;
};

/** The genres of a list of names, each once, as written first. */
export const genresNamed = (
  names: readonly string[],
): readonly { readonly id: string; readonly name: string }[] => {
  const genres = new Map<string, string>();
  for (const name of names) {
    const id = genreId(name);
    if (id !== null && !genres.has(id)) genres.set(id, name);
  }
  return [...genres].map(([id, name]) => ({ id, name }));
};
