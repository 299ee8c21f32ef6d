import type { Clock } from '../ports.ts';

/** A reader behind, at, or ahead of the fetching. */
export interface Follower {
  at(position: number): void;
  /** Resolves when looking again is worth it: at the next progress, or after a while. Rejects when the reader goes away. */
  wait(progress: Promise<void>, gone: Promise<never>): Promise<void>;
  leave(): void;
}

export interface Followers {
  add(position: number): Follower;
  count(): number;
  isAnyWithin(first: number, last: number): boolean;
  /** Where the newest reader is; 0 without any. */
  newestPosition(): number;
  /** Resolves when there are none. */
  allGone(): Promise<void>;
}

/** A place this far ahead is waited for; one farther gets a connection of its own, so that a seek is quick. */
const WORTH_WAITING_MS = 120;

/** Who reads a file that is still being fetched, and when one of them is too far ahead to wait. */
export const createFollowers = (options: {
  readonly clock: Clock;
  readonly onChange: () => void;
  /** Whether the fetching is just before this place. */
  readonly isNext: (position: number) => boolean;
  /** When, at the rates so far, a byte will be there; null while nothing has come to judge by. */
  readonly msUntil: (position: number) => number | null;
  /** Fetches from here on, beside what is fetched already. */
  readonly leapTo: (position: number) => void;
}): Followers => {
  const { clock, onChange, isNext, msUntil, leapTo } = options;
  const places = new Set<{ position: number }>();
  let gone = Promise.withResolvers<void>();

  /** Resolves at the next progress, or after so long. */
  const within = async (progress: Promise<unknown>, limitMs: number): Promise<void> => {
    const enough = new AbortController();
    try {
      await Promise.race([progress, clock.wait(limitMs, enough.signal).catch(() => undefined)]);
    } finally {
      enough.abort();
    }
  };

  return {
    count: () => places.size,
    isAnyWithin: (first, last) =>
      Array.from(places).some(({ position }) => position >= first && position <= last),
    newestPosition: () => Array.from(places).at(-1)?.position ?? 0,
    async allGone() {
      while (places.size > 0) await gone.promise;
    },
    add(start) {
      const place = { position: start };
      places.add(place);
      let waitingSinceMs: number | null = null;
      onChange();
      return {
        at(position) {
          place.position = position;
          waitingSinceMs = null;
        },
        async wait(progress, away) {
          const { position } = place;
          if (isNext(position)) {
            await Promise.race([progress, away]);
            return;
          }
          waitingSinceMs ??= clock.now();
          const ms = msUntil(position);
          const isFar = ms !== null && ms > WORTH_WAITING_MS;
          if (isFar || clock.now() - waitingSinceMs >= WORTH_WAITING_MS) leapTo(position);
          await within(Promise.race([progress, away]), WORTH_WAITING_MS);
        },
        leave() {
          if (!places.delete(place)) return;
          const left = gone;
          gone = Promise.withResolvers<void>();
          left.resolve();
          onChange();
        },
      };
    },
  };
};
