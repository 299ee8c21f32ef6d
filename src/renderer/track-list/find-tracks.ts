import { foldLetters, wordsOfFolded } from '../../core/search-text/normalise.ts';
import type { Track } from '../../contract/catalog-http.ts';

const textOf = ({ title, artists, album }: Track): string =>
  foldLetters([title, ...artists.map((artist) => artist.name), album.title].join(' '));

/** Folds what can be found once for a list, so that each letter typed only compares. */
export function findableTracks(tracks: readonly Track[]): (query: string) => readonly Track[] {
  let texts: readonly string[] | null = null;
  return (query) => {
    const words = wordsOfFolded(foldLetters(query));
    if (words.length === 0) return tracks;
    const folded = (texts ??= tracks.map(textOf));
    return tracks.filter((_, index) => words.every((word) => folded[index]?.includes(word) === true));
  };
}
