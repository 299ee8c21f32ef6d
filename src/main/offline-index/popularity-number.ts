/**
 * Numbers for rows, in order of popularity, that need no other row to be known: SQLite reads a text index in the order of
 * its rows, so the most popular matches come first without any sorting.
 */
import { playsInKey } from '../../core/search-text/order-keys.ts';

/** Plays as a number of 22 bits that never orders two the wrong way round: exact to 2^18, beyond that to 18 digits. */
const EXACT_BITS = 18;
const LARGEST = 2 ** 22 - 1;
const compressed = (plays: number): number => {
  const shift = Math.max(0, Math.floor(Math.log2(plays + 1)) - EXACT_BITS + 1);
  return Math.min(LARGEST, shift * 2 ** (EXACT_BITS - 1) + Math.floor(plays / 2 ** shift));
};

const DAYS = 2 ** 16;
const TIE_BITS = 25n;
const BITS_LEFT_OUT_OF_TIES = 2 ** 27;

/**
 * A positive 63-bit number for a popularity key and a tie (core/search-text/order-keys.ts): smaller is more popular. Rows
 * that get the same number take the next free one.
 */
export const popularityNumber = (orderKey: number, tie: number): bigint => {
  const plays = playsInKey(orderKey);
  const day = -orderKey - plays * DAYS;
  const place = (LARGEST - compressed(plays)) * DAYS + (DAYS - 1 - day);
  return (BigInt(place) << TIE_BITS) + BigInt(Math.floor(tie / BITS_LEFT_OUT_OF_TIES));
};
