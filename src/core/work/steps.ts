/**
 * Work that can be put down between two steps. Nothing is done before it is run; each step is so short that nobody minds it. Whoever
 * runs it decides what happens in between.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** So many items make a step where each is a matter of microseconds. */
export const ITEMS_A_STEP = 512;

/** Runs it without putting it down. */
export const finished = <Result>(steps: Steps<Result>): Result => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** Work that is short as it is. */
export function* oneStep<Result>(work: () => Result): Steps<Result> {
  const result = work();
  yield;
  return result;
}

/** Does it with each item, in order. The items may not change meanwhile. */
export function* eachInSteps<Item>(items: Iterable<Item>, work: (item: Item) => void): Steps<void> {
  let done = 0;
  for (const item of items) {
    work(item);
    done += 1;
    if (done % ITEMS_A_STEP === 0) yield;
  }
}

/** `other` is put before what it is strictly lower than: where neither is, `one` comes first. */
export function* mergedInSteps<Item>(
  one: readonly Item[],
  other: readonly Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  const merged: Item[] = [];
  let at = 0;
  for (const item of one) {
    for (let next = other[at]; next !== undefined && compare(next, item) < 0; next = other[at]) {
      merged.push(next);
      at += 1;
      if (merged.length % ITEMS_A_STEP === 0) yield;
    }
    merged.push(item);
    if (merged.length % ITEMS_A_STEP === 0) yield;
  }
  for (; at < other.length; at += ITEMS_A_STEP) {
    merged.push(...other.slice(at, at + ITEMS_A_STEP));
    yield;
  }
  return merged;
}

/** A sorted copy, as `toSorted` gives it: what compares as equal stays in its order. */
export function* sortedInSteps<Item>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
): Steps<Item[]> {
  let runs: Item[][] = [];
  for (let start = 0; start < items.length; start += ITEMS_A_STEP) {
    runs.push(items.slice(start, start + ITEMS_A_STEP).sort(compare));
    yield;
  }
  while (runs.length > 1) {
    const longer: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      longer.push(yield* mergedInSteps(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = longer;
  }
  return runs[0] ?? [];
}
