/**
 * Finds places for what is inserted. Where many insertions have made the places long, or two devices happened to choose the same, the
 * nearest neighbours are spread anew: first eight on either side, then twice as many, until short places do. Nothing but positions
 * changes by that, and only in this neighbourhood.
 */
import type { RandomSource } from '../playback/random.ts';
import { LONG_POSITION_LETTERS, positionsBetween } from './position.ts';

export interface Positioned {
  readonly position: string;
}
export interface Room<Item> {
  /** Of what is inserted, in order. */
  readonly positions: readonly string[];
  /** Neighbours that move to these, in order; nearly always none. */
  readonly spread: readonly { readonly item: Item; readonly position: string }[];
}

/** Leaves room for some dozens of insertions before the places are long again. */
const SPREAD_LETTERS = LONG_POSITION_LETTERS / 2;
const FIRST_REACH = 8;

const between = (
  after: Positioned | null,
  before: Positioned | null,
  count: number,
  longest: number,
  random: RandomSource,
): readonly string[] | null => {
  if (after !== null && before !== null && after.position >= before.position) return null;
  const positions = positionsBetween(after?.position ?? null, before?.position ?? null, count, random);
  return positions.every(({ length }) => length <= longest) ? positions : null;
};

/** `count` places between two neighbours, of which null stands for an end. */
export const roomFor = <Item extends Positioned>(options: {
  readonly after: Item | null;
  readonly before: Item | null;
  readonly count: number;
  readonly previous: (item: Item) => Item | null;
  readonly next: (item: Item) => Item | null;
  readonly random: RandomSource;
}): Room<Item> => {
  const { after, before, count, previous, next, random } = options;
  const direct = between(after, before, count, LONG_POSITION_LETTERS, random);
  if (direct !== null) return { positions: direct, spread: [] };
  const left: Item[] = [];
  const right: Item[] = [];
  let low = after;
  let high = before;
  for (let reach = FIRST_REACH; ; reach *= 2) {
    for (; low !== null && left.length < reach; low = previous(low)) left.push(low);
    for (; high !== null && right.length < reach; high = next(high)) right.push(high);
    const all = left.length + count + right.length;
    // With nothing left on either side the places are as short as places can be.
    const longest = low === null && high === null ? Infinity : SPREAD_LETTERS;
    const positions = between(low, high, all, longest, random);
    if (positions === null) continue;
    const moved = [...left.reverse(), ...right];
    const places = [...positions.slice(0, left.length), ...positions.slice(left.length + count)];
    return {
      positions: positions.slice(left.length, left.length + count),
      spread: moved.map((item, index) => ({ item, position: places[index] ?? '' })),
    };
  }
};
