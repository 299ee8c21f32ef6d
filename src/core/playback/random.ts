/**
 * A repeatable source of whole numbers, for shuffling. Chris Doty-Humphrey's sfc32 (PractRand), seeded from one
 * number: the same seed gives the same sequence on every machine. Not for secrets.
 */
export interface RandomSource {
  /** A whole number from 0 up to, not including, `bound`; every value equally likely. `bound` is 1 to 2^32. */
  below(bound: number): number;
}

const RANGE = 2 ** 32;
const WARM_UP_ROUNDS = 12;

/** `seed` is a whole number from 0 to 2^53 - 1. */
export const randomSource = (seed: number): RandomSource => {
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / RANGE) | 0;
  let counter = 1;
  const nextUint32 = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) nextUint32();
  return {
    below: (bound) => {
      // Drawing again above the last whole multiple of the bound keeps small numbers from being likelier.
      const limit = RANGE - (RANGE % bound);
      let drawn = nextUint32();
      while (drawn >= limit) drawn = nextUint32();
      return drawn % bound;
    },
  };
};

/** The seed that follows another: a queue that repeats is shuffled anew each round, yet repeatably. */
export const seedAfter = (seed: number): number => randomSource(seed).below(RANGE);
