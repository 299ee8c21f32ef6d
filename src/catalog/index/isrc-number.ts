import { isrcOf } from '../../core/exchange/exchange.ts';

const DESIGNATIONS = 10_000_000;

/**
 * An ISRC (ISO 3901: two letters, three letters or digits, seven digits) as a whole number under 2^53, which takes half the room that
 * its letters would in an index. Null for what is none.
 */
export const isrcNumber = (text: string | null): number | null => {
  const isrc = isrcOf(text);
  if (isrc === null) return null;
  return Number.parseInt(isrc.slice(0, 5), 36) * DESIGNATIONS + Number(isrc.slice(5));
};
