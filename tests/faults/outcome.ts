/** What the faults of this folder are judged by. */

export interface Outcome {
  readonly fault: string;
  readonly tries: number;
  /** Tries in which it really happened. */
  readonly met: number;
  /** Told to be kept, and then neither playable nor, with the edge there, fetched again. */
  readonly lost: number;
  /** Plays that gave a byte which is not the audio's, or another number of bytes, and ended as if they were right. */
  readonly wrong: number;
  /** What was lost or wrong, with the seed that shows it again. */
  readonly reasons: readonly string[];
}

export interface Scenario {
  readonly fault: string;
  /** Tries it so many times; the same seed tries the same. */
  readonly run: (tries: number, seed: number) => Promise<Outcome>;
}

export interface Tally {
  tried(): void;
  met(): void;
  lost(reason: string): void;
  wrong(reason: string): void;
  outcome(): Outcome;
}

export const createTally = (fault: string): Tally => {
  const counts = { tries: 0, met: 0, lost: 0, wrong: 0 };
  const reasons: string[] = [];
  return {
    tried() {
      counts.tries += 1;
    },
    met() {
      counts.met += 1;
    },
    lost(reason) {
      counts.lost += 1;
      reasons.push(`lost: ${reason}`);
    },
    wrong(reason) {
      counts.wrong += 1;
      reasons.push(`wrong: ${reason}`);
    },
    outcome: () => ({ fault, ...counts, reasons: [...reasons] }),
  };
};

/** Numbers from 0 to 1 in an order that is the same for the same seed (Lehmer, MINSTD). */
export const randomFrom = (seed: number): (() => number) => {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_645) + 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  // The first ones of neighbouring seeds are neighbours.
  for (let count = 0; count < 5; count += 1) next();
  return next;
};
