/**
 * Places in an order that several devices change at once: text that sorts, with room between any two ("fractional indexing", as
 * Figma described it in 2017). Four digits of base 62 are a whole number, which appending and prepending count up and down; what
 * follows is its fraction, which inserting halves. Every place ends in two random digits, so that two devices that insert into one
 * gap do not choose the same, and what one of them inserts at once stays together.
 */
import type { RandomSource } from '../playback/random.ts';

export const POSITION_PATTERN = /^[0-9A-Za-z]*[1-9A-Za-z]$/;
/** What is let in. What is written here is far shorter, see `LONG_POSITION_LETTERS`. */
export const MOST_POSITION_LETTERS = 64;
/** A place longer than this is a reason to spread its neighbours anew. */
export const LONG_POSITION_LETTERS = 24;

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
const WHOLE_LETTERS = 4;
const MOST_WHOLE = BASE ** WHOLE_LETTERS - 1;
const MIDDLE = Math.floor(MOST_WHOLE / 2);

const digitAt = (text: string, index: number): number => VALUES.get(text.charAt(index)) ?? 0;
const digitOf = (value: number): string => DIGITS.charAt(value);

const written = (value: number, letters: number): string => {
  let text = '';
  for (let rest = value; text.length < letters; rest = Math.floor(rest / BASE))
    text = digitOf(rest % BASE) + text;
  return text;
};
const wholeOf = (position: string): number => {
  let value = 0;
  for (let index = 0; index < WHOLE_LETTERS; index += 1) value = value * BASE + digitAt(position, index);
  return value;
};

/** The shortest text between two: lower than `before` in its last digit already, so that whatever is appended stays lower. */
const halfway = (after: string, before: string | null): string => {
  let text = '';
  let upper = before;
  for (let index = 0; ; index += 1) {
    const low = digitAt(after, index);
    const high = upper === null ? BASE : digitAt(upper, index);
    if (high - low > 1) return text + digitOf(Math.floor((low + high) / 2));
    text += digitOf(low);
    // The next digits only have to be above the lower one's.
    if (high > low) upper = null;
  }
};

const stemBetween = (after: string | null, before: string | null): string => {
  const low = after === null ? null : wholeOf(after);
  const high = before === null ? null : wholeOf(before);
  if (low === null && high === null) return written(MIDDLE, WHOLE_LETTERS);
  if (high === null && low !== null && low < MOST_WHOLE) return written(low + 1, WHOLE_LETTERS);
  if (low === null && high !== null && high > 1) return written(high - 1, WHOLE_LETTERS);
  if (low !== null && high !== null && high - low > 1)
    return written(Math.floor((low + high) / 2), WHOLE_LETTERS);
  return halfway(after ?? '', before);
};

const jitter = (random: RandomSource): string =>
  digitOf(random.below(BASE)) + digitOf(1 + random.below(BASE - 1));

/**
 * That many places between two, in order; null stands for the beginning or the end. Throws a `RangeError` when there is nothing
 * between them, because the first is not lower than the second.
 */
export const positionsBetween = (
  after: string | null,
  before: string | null,
  count: number,
  random: RandomSource,
): readonly string[] => {
  if (after !== null && before !== null && after >= before)
    throw new RangeError('A place is between a lower and a higher one.');
  const prefix = stemBetween(after, before) + jitter(random);
  if (count === 1) return [prefix];
  let letters = 1;
  // At least two steps for each, so that there is room between them.
  while (BASE ** letters < 2 * (count + 1)) letters += 1;
  const step = Math.floor(BASE ** letters / (count + 1));
  return Array.from(
    { length: count },
    (_, index) =>
      // No place ends in 0: there would be nothing between it and the same without the 0.
      `${prefix}${written((index + 1) * step, letters).replace(/0+$/, '')}`,
  );
};
