/** How long after wrong passwords the next guess has to wait: not at all, then twice as long each time. */
export interface GuessPolicy {
  /** So many wrong ones cost nothing. */
  readonly free: number;
  /** After so long without any, they are forgotten. */
  readonly forgetAfterMs: number;
}

/** Five, as many as people need who think of their passwords one after the other. */
export const ACCOUNT_POLICY: GuessPolicy = { free: 5, forgetAfterMs: 24 * 3_600_000 };
/** A household, a school, a café: many listeners may share an address. */
export const ADDRESS_POLICY: GuessPolicy = { free: 30, forgetAfterMs: 3_600_000 };

const FIRST_WAIT_MS = 5000;
/** Nobody can keep an account's owner out for longer by guessing. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** From the last guess on, after `guesses` of them. */
export const waitAfterGuesses = (guesses: number, { free }: GuessPolicy): number =>
  guesses < free ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(guesses - free, 20));
