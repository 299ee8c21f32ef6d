import { randomSource } from './random.ts';

/** Places 0 to `count` - 1 by Fisher–Yates (Durstenfeld): every order is equally likely; a seed gives one order. */
const mixedPlaces = (count: number, seed: number): Int32Array => {
  const random = randomSource(seed);
  const places = Int32Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last -= 1) {
    const chosen = random.below(last + 1);
    const held = places[last] as number;
    places[last] = places[chosen] as number;
    places[chosen] = held;
  }
  return places;
};

/** How many of each group are left, and which group has most: in constant time a step, as a rule. */
class Remaining {
  readonly #counts: Int32Array;
  /** How many groups have exactly this many left. */
  readonly #groupsWith: Int32Array;
  #most = 0;
  #largest = 0;

  constructor(groups: Int32Array, groupCount: number) {
    this.#counts = new Int32Array(groupCount);
    this.#groupsWith = new Int32Array(groups.length + 1);
    for (const group of groups) this.#counts[group] = this.of(group) + 1;
    for (const count of this.#counts) {
      this.#groupsWith[count] = (this.#groupsWith[count] ?? 0) + 1;
      this.#most = Math.max(this.#most, count);
    }
  }

  of(group: number): number {
    return this.#counts[group] ?? 0;
  }

  take(group: number): void {
    const count = this.of(group);
    this.#counts[group] = count - 1;
    this.#groupsWith[count] = (this.#groupsWith[count] ?? 0) - 1;
    this.#groupsWith[count - 1] = (this.#groupsWith[count - 1] ?? 0) + 1;
    while (this.#most > 0 && this.#groupsWith[this.#most] === 0) this.#most -= 1;
  }

  /** The group that must come now, or its members can no longer be kept apart over `places` places; else null. */
  pressing(places: number): number | null {
    if (this.#most * 2 <= places) return null;
    // A group that presses goes on pressing, so the search is for the first time only.
    if (this.of(this.#largest) !== this.#most) this.#largest = this.#counts.indexOf(this.#most);
    return this.#largest;
  }
}

/** Numbers the groups from 0, so that the rest is arithmetic. */
const numbered = <Item>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
): { readonly groups: Int32Array; readonly numberOf: ReadonlyMap<string, number> } => {
  const numberOf = new Map<string, number>();
  const groups = new Int32Array(items.length);
  for (const [index, item] of items.entries()) {
    const name = groupOf(item);
    let number = numberOf.get(name);
    if (number === undefined) {
      number = numberOf.size;
      numberOf.set(name, number);
    }
    groups[index] = number;
  }
  return { groups, numberOf };
};

/** For each group its places in the order, first to last, as linked places: `firstOf[group]`, then `nextOf[place]`. */
const linked = (groups: Int32Array, groupCount: number): { firstOf: Int32Array; nextOf: Int32Array } => {
  const firstOf = new Int32Array(groupCount).fill(-1);
  const nextOf = new Int32Array(groups.length).fill(-1);
  for (let place = groups.length - 1; place >= 0; place -= 1) {
    const group = groups[place] as number;
    nextOf[place] = firstOf[group] as number;
    firstOf[group] = place;
  }
  return { firstOf, nextOf };
};

/**
 * Shuffles so that neighbours belong to different groups (artists) wherever that is possible at all: a fair shuffle
 * is made first, then an item whose group was just heard waits for the first place at which it fits. With one group
 * only this is the fair shuffle itself. Linear time.
 *
 * @param lastGroup the group heard before the first place, if any
 */
export const shuffledApart = <Item>(
  items: readonly Item[],
  groupOf: (item: Item) => string,
  seed: number,
  lastGroup?: string,
): readonly Item[] => {
  const order = mixedPlaces(items.length, seed);
  // Asked in the items' own order, and only once: jumping about in memory for it costs more than all the rest.
  const { groups: groupsByItem, numberOf } = numbered(items, groupOf);
  const groups = order.map((item) => groupsByItem[item] as number);
  const remaining = new Remaining(groups, numberOf.size);
  // Members of a group are always taken first to last, so the head of each list is its first one left.
  const { firstOf, nextOf } = linked(groups, numberOf.size);
  const taken = new Uint8Array(order.length);
  let last = lastGroup === undefined ? -1 : (numberOf.get(lastGroup) ?? -1);
  /** The one group of which members were passed over and wait, or -1. */
  let waitingGroup = -1;
  let cursor = 0;

  const groupToTake = (placesLeft: number): number => {
    const pressing = remaining.pressing(placesLeft);
    if (pressing !== null && pressing !== last) return pressing;
    if (waitingGroup >= 0 && waitingGroup !== last) return waitingGroup;
    while (cursor < order.length) {
      const group = groups[cursor] as number;
      if (taken[cursor] === 0 && group !== last) return group;
      if (taken[cursor] === 0) waitingGroup = group;
      cursor += 1;
    }
    return last;
  };

  const result: Item[] = [];
  while (result.length < order.length) {
    const group = groupToTake(order.length - result.length);
    const place = firstOf[group] as number;
    firstOf[group] = nextOf[place] as number;
    taken[place] = 1;
    remaining.take(group);
    // Members that wait lie before the cursor and come first: none left there means that none waits.
    const following = firstOf[group] as number;
    if (group === waitingGroup && (following < 0 || following >= cursor)) waitingGroup = -1;
    last = group;
    result.push(items[order[place] as number] as Item);
  }
  return result;
};
