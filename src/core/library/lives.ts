/**
 * A set whose members several devices add, remove and change at once (an observed-remove map). What is added lives under the stamp
 * of its addition; a removal names the lives it saw, a change the life it is about. So the order in which they arrive, and how
 * often, does not matter.
 */
import type { Seen, Stamped, Unsettled } from './snapshot.ts';
import { deviceOf, type Stamp } from './stamp.ts';

export type StampedFields<Fields> = { readonly [Field in keyof Fields]: Stamped<Fields[Field]> };
type Changes<Fields> = { readonly [Field in keyof Fields]?: Stamped<Fields[Field]> | undefined };

export interface Life<Birth, Fields> {
  readonly life: Stamp;
  /** What it was added with and is not changed. */
  readonly birth: Birth;
  readonly fields: StampedFields<Fields>;
}

export interface Lives<Birth, Fields> {
  /** Those that live under a key, oldest first; nearly always one. */
  of(key: string): readonly Life<Birth, Fields>[];
  keys(): IterableIterator<string>;
  add(key: string, life: Life<Birth, Fields>): void;
  remove(key: string, lives: readonly Stamp[]): void;
  write(key: string, life: Stamp, changes: Changes<Fields>): void;
  unsettled(seen: Seen): Unsettled<Fields>;
}

/** Whether an operation of that stamp is among those that were seen. */
export const isSeen = (stamp: Stamp, seen: Seen): boolean => stamp <= (seen[deviceOf(stamp)] ?? '');

/** Of each field the later writer's value. */
const merged = <Fields>(fields: StampedFields<Fields>, changes: Changes<Fields>): StampedFields<Fields> => {
  const later: { -readonly [Field in keyof Fields]: Stamped<Fields[Field]> } = { ...fields };
  for (const field in changes) {
    const change = changes[field];
    if (change !== undefined && change[1] > later[field][1]) later[field] = change;
  }
  return later;
};

/** The value of a field that the last writer gave it, whichever of the lives that was for; and the stamp. */
export const lastWritten = <Birth, Fields, Field extends keyof Fields>(
  lives: readonly Life<Birth, Fields>[],
  field: Field,
): Stamped<Fields[Field]> | null =>
  lives.reduce<Stamped<Fields[Field]> | null>((latest, { fields }) => {
    const written = fields[field];
    return latest === null || written[1] > latest[1] ? written : latest;
  }, null);

const NONE: readonly never[] = [];

/** `horizon`: what the snapshot had seen from which this goes on. A life from before it that is not there was removed before it. */
export const createLives = <Birth, Fields>(
  horizon: Seen,
  before: Unsettled<Fields>,
): Lives<Birth, Fields> => {
  const living = new Map<string, readonly Life<Birth, Fields>[]>();
  const gone = new Map<string, Set<Stamp>>();
  const early = new Map<string, Map<Stamp, Changes<Fields>>>();

  const of = (key: string): readonly Life<Birth, Fields>[] => living.get(key) ?? NONE;
  const isGone = (key: string, life: Stamp): boolean =>
    isSeen(life, horizon) || gone.get(key)?.has(life) === true;
  const withoutEarly = (key: string, life: Stamp): void => {
    const waiting = early.get(key);
    if (waiting?.delete(life) === true && waiting.size === 0) early.delete(key);
  };
  const put = (key: string, lives: readonly Life<Birth, Fields>[]): void => {
    if (lives.length === 0) living.delete(key);
    else living.set(key, lives);
  };
  const remove = (key: string, lives: readonly Stamp[]): void => {
    put(
      key,
      of(key).filter(({ life }) => !lives.includes(life)),
    );
    for (const life of lives) {
      withoutEarly(key, life);
      if (isSeen(life, horizon)) continue;
      const stamps = gone.get(key) ?? new Set();
      gone.set(key, stamps.add(life));
    }
  };
  const write = (key: string, life: Stamp, changes: Changes<Fields>): void => {
    const lives = of(key);
    if (lives.some((there) => there.life === life)) {
      put(
        key,
        lives.map((there) =>
          there.life === life ? { ...there, fields: merged(there.fields, changes) } : there,
        ),
      );
      return;
    }
    if (isGone(key, life)) return;
    const waiting = early.get(key) ?? new Map<Stamp, Changes<Fields>>();
    const known = waiting.get(life) ?? {};
    const later: { [Field in keyof Fields]?: Stamped<Fields[Field]> | undefined } = { ...known };
    for (const field in changes) {
      const change = changes[field];
      const there = later[field];
      if (change !== undefined && (there === undefined || change[1] > there[1])) later[field] = change;
    }
    early.set(key, waiting.set(life, later));
  };

  for (const [key, life] of before.gone) {
    const stamps = gone.get(key) ?? new Set();
    gone.set(key, stamps.add(life));
  }
  for (const [key, life, changes] of before.early) write(key, life, changes);

  return {
    of,
    keys: () => living.keys(),
    add(key, added) {
      const lives = of(key);
      if (lives.some(({ life }) => life === added.life) || gone.get(key)?.has(added.life) === true) return;
      const waiting = early.get(key)?.get(added.life);
      const settled = waiting === undefined ? added : { ...added, fields: merged(added.fields, waiting) };
      withoutEarly(key, added.life);
      put(
        key,
        lives.length === 0
          ? [settled]
          : [...lives, settled].sort((one, other) => (one.life < other.life ? -1 : 1)),
      );
    },
    remove,
    write,
    unsettled: (seen) => ({
      // What was added by a stamp that was seen cannot come any more, so nothing has to be kept of its removal.
      gone: [...gone].flatMap(([key, stamps]) =>
        [...stamps].filter((life) => !isSeen(life, seen)).map((life) => [key, life] as const),
      ),
      early: [...early].flatMap(([key, waiting]) =>
        [...waiting]
          .filter(([life]) => !isSeen(life, seen))
          .map(([life, changes]) => [key, life, changes] as const),
      ),
    }),
  };
};
