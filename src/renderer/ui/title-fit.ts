/** How a title is set: size in px, one line or two, and whether two lines of the smallest size are too few. */
export interface TitleFit {
  readonly sizePx: number;
  readonly lines: 1 | 2;
  readonly tooLong: boolean;
}

/** Steps of 8 %, down to 60 % of the full size. */
const STEP = 0.92;
const SMALLEST_SHARE = 0.6;

export interface TitleMeasure {
  /** Width of the whole text on one line at 1 px of font size; widths grow in proportion. */
  readonly oneLine: number;
  /** The narrowest box, at 1 px of font size, in which the text takes two lines. */
  readonly twoLines: number;
}

/**
 * Fits a title: one line at full size, else two lines, else 8 % smaller and again, down to
 * 60 %; then the second line is cut. A balanced title of more than one word goes to two lines even when one would do.
 */
export function fitTitle(
  measure: TitleMeasure,
  availablePx: number,
  fullSizePx: number,
  preferTwoLines: boolean,
): TitleFit {
  const canBreak = measure.twoLines < measure.oneLine;
  for (let share = 1; share > SMALLEST_SHARE * STEP; share *= STEP) {
    const sizePx = fullSizePx * Math.max(share, SMALLEST_SHARE);
    const fitsOnTwo = canBreak && measure.twoLines * sizePx <= availablePx;
    if (fitsOnTwo && preferTwoLines) return { sizePx, lines: 2, tooLong: false };
    if (measure.oneLine * sizePx <= availablePx) return { sizePx, lines: 1, tooLong: false };
    if (fitsOnTwo) return { sizePx, lines: 2, tooLong: false };
  }
  return { sizePx: fullSizePx * SMALLEST_SHARE, lines: 2, tooLong: true };
}

/**
 * How many words stand on the first of two lines that are as even as can be, and how wide the longer line is. One long
 * word cannot break, so that its width is that of the line.
 */
export function breakInTwo(
  wordWidths: readonly number[],
  spaceWidth: number,
): { readonly firstLineWords: number; readonly width: number } {
  const total = (from: number, to: number): number =>
    wordWidths.slice(from, to).reduce((sum, width) => sum + width, 0) +
    Math.max(0, to - from - 1) * spaceWidth;
  let best = { firstLineWords: wordWidths.length, width: total(0, wordWidths.length) };
  for (let split = 1; split < wordWidths.length; split += 1) {
    const width = Math.max(total(0, split), total(split, wordWidths.length));
    if (width < best.width) best = { firstLineWords: split, width };
  }
  return best;
}

/** A word broken in the middle leaves a little of its first line empty. */
const USED_WHEN_BROKEN = 0.95;

/**
 * The longest beginning of a title, with an ellipsis, that two lines hold; the title itself when they hold all of it,
 * which one long word may, broken where the line ends.
 *
 * @param measure widths of a text at 1 px of font size.
 */
export function cutTitle(
  text: string,
  measure: (text: string) => TitleMeasure,
  availablePx: number,
  sizePx: number,
): string {
  const fits = (candidate: string): boolean => {
    const { oneLine, twoLines } = measure(candidate);
    if (twoLines * sizePx <= availablePx) return true;
    return !candidate.includes(' ') && oneLine * sizePx <= 2 * availablePx * USED_WHEN_BROKEN;
  };
  if (fits(text)) return text;
  const letters = [...text];
  const cutTo = (length: number): string => `${letters.slice(0, length).join('').trimEnd()}…`;
  let low = 1;
  let high = letters.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(cutTo(middle))) low = middle;
    else high = middle;
  }
  return cutTo(low);
}
