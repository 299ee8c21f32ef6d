import type { Lyrics } from '../../contract/catalog-http.ts';

type Lines = Lyrics['lines'];

/** Whether each line says when it is sung. */
export const isSynced = (lines: Lines): boolean =>
  lines.length > 0 && lines.every((line) => line.atMs !== null);

/**
 * The line that is sung at a position: the last that has begun; -1 before the first. Lines are in the order of their times,
 * as the publisher sorts them.
 */
export function lineAt(lines: Lines, positionMs: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((lines[middle]?.atMs ?? 0) <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The nearest line with words in a direction; null when there is none. */
export function wordsFrom(lines: Lines, from: number, step: 1 | -1): number | null {
  for (let index = from + step; index >= 0 && index < lines.length; index += step) {
    if (lines[index]?.text !== '') return index;
  }
  return null;
}
