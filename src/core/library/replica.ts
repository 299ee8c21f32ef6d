/**
 * One device's (or service's) working copy of a document. What it shows depends on the set of operations that it was given alone:
 * not on their order, nor on how often each came. Two replicas that were given the same operations show the same.
 */
import type { RandomSource } from '../playback/random.ts';
import type { Steps } from '../work/steps.ts';
import type { DocumentKind } from './documents.ts';
import type { EditOf } from './edits.ts';
import type { OperationOf } from './operations.ts';
import type { Seen, SnapshotOf } from './snapshot.ts';
import type { StampClock } from './stamp.ts';

/** What writing an operation takes from outside. */
export interface Pen {
  readonly clock: Pick<StampClock, 'next'>;
  readonly userId: string;
  readonly nowMs: () => number;
  /** Twelve lower-case base-32 characters, at random: an item's id. */
  readonly newId: () => string;
  /** Need not be fit for secrets. */
  readonly random: RandomSource;
}

/** What a change wrote, and what takes it back: edits to be given to `change` then. */
export interface Written<Kind extends DocumentKind> {
  /** Empty when the edits changed nothing. In the order of their stamps, to be kept and sent in that order. */
  readonly operations: readonly OperationOf[Kind][];
  readonly undo: readonly EditOf[Kind][];
}

export interface Replica<Kind extends DocumentKind> {
  readonly kind: Kind;
  /** Whether anything is shown differently now. Those that it has are passed over. */
  apply(operations: readonly OperationOf[Kind][]): boolean;
  /** Writes the edits as operations and applies them, one after another. */
  change(edits: readonly EditOf[Kind][], pen: Pen): Written<Kind>;
  /** What takes an operation back, as things stand: ask before it is applied. */
  inverse(operation: OperationOf[Kind]): readonly EditOf[Kind][];
  /**
   * For a log in which each device's operations stand in the order of their stamps. Whoever starts from it shows the same, and goes
   * on to do so with every operation that comes after.
   */
  snapshot(): SnapshotOf[Kind];
  /** The same; nothing may be applied before it is whole. */
  snapshotInSteps(): Steps<SnapshotOf[Kind]>;
  /** The highest stamp of each device so far. */
  seen(): Seen;
}

/** A list that never changes under its reader; after a change there is another one. */
export interface OrderedView<Item> {
  readonly length: number;
  at(index: number): Item | undefined;
  /** From `start` up to, not including, `end`. */
  slice(start: number, end: number): readonly Item[];
  [Symbol.iterator](): Iterator<Item>;
}
