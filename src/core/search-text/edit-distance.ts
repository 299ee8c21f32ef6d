/**
 * Typing mistakes: inserted, missing, wrong and swapped neighbouring letters, each counted as one (Damerau-Levenshtein in
 * its restricted form: no letter is touched twice).
 */

/** How many mistakes a word of that length may have and still be taken for what it resembles. */
export const allowedDistance = (letters: number): 0 | 1 | 2 => {
  if (letters <= 3) return 0;
  return letters <= 7 ? 1 : 2;
};

const MAX_LETTERS = 64;
let beforeLast = new Uint8Array(MAX_LETTERS + 1);
let last = new Uint8Array(MAX_LETTERS + 1);
let current = new Uint8Array(MAX_LETTERS + 1);

/**
 * The distance of two words given as UTF-16 codes, or `limit + 1` as soon as it is known to be more. Words over 64
 * letters are never alike unless they are equal in length and letters. Looks at a band of `2 · limit + 1` columns.
 */
export const codeDistance = (
  left: ArrayLike<number>,
  leftStart: number,
  leftLength: number,
  right: ArrayLike<number>,
  rightStart: number,
  rightLength: number,
  limit: number,
): number => {
  const over = limit + 1;
  if (Math.abs(leftLength - rightLength) > limit) return over;
  if (leftLength > MAX_LETTERS || rightLength > MAX_LETTERS) {
    if (leftLength !== rightLength) return over;
    for (let index = 0; index < leftLength; index += 1) {
      if (left[leftStart + index] !== right[rightStart + index]) return over;
    }
    return 0;
  }
  for (let column = 0; column <= rightLength; column += 1) last[column] = Math.min(column, over);
  for (let row = 1; row <= leftLength; row += 1) {
    const first = Math.max(1, row - limit);
    const end = Math.min(rightLength, row + limit);
    current.fill(over);
    if (first === 1) current[0] = Math.min(row, over);
    let least = current[0] ?? over;
    const code = left[leftStart + row - 1];
    for (let column = first; column <= end; column += 1) {
      const other = right[rightStart + column - 1];
      let cost = (last[column - 1] ?? over) + (code === other ? 0 : 1);
      cost = Math.min(cost, (last[column] ?? over) + 1, (current[column - 1] ?? over) + 1);
      if (
        row > 1 &&
        column > 1 &&
        code === right[rightStart + column - 2] &&
        left[leftStart + row - 2] === other
      ) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? over) + 1);
      }
      cost = Math.min(cost, over);
      current[column] = cost;
      if (cost < least) least = cost;
    }
    // A swap reaches two rows back, so one bad row alone does not prove anything.
    if (least > limit && row > 1 && leastOf(last, rightLength, over) > limit) return over;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[rightLength] ?? over, over);
};

const leastOf = (row: Uint8Array, length: number, over: number): number => {
  let least = over;
  for (let column = 0; column <= length; column += 1) least = Math.min(least, row[column] ?? over);
  return least;
};

/** The letters of a word as UTF-16 codes. */
export const codesOf = (word: string): Uint16Array => {
  const codes = new Uint16Array(word.length);
  for (let index = 0; index < word.length; index += 1) codes[index] = word.charCodeAt(index);
  return codes;
};

/** The distance of two words, or `limit + 1` when it is more than the limit. */
export const editDistance = (left: string, right: string, limit: number): number =>
  codeDistance(codesOf(left), 0, left.length, codesOf(right), 0, right.length, limit);
