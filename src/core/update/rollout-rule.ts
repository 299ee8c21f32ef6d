/** When a roll-out goes on, waits or stops: from counts that anybody can have sent, so it asks for many before it believes any. */

export const UPDATE_OUTCOMES = ['started', 'failed_start', 'rolled_back'] as const;
/** Of one try to run a new version: it became usable, it did not, or it was taken back. */
export type UpdateOutcome = (typeof UPDATE_OUTCOMES)[number];

export type OutcomeCounts = Readonly<Record<UpdateOutcome, number>>;

export const NO_OUTCOMES: OutcomeCounts = { started: 0, failed_start: 0, rolled_back: 0 };

export interface RolloutRule {
  /** So many outcomes must be known before the next step is taken, or the roll-out is stopped. */
  readonly leastOutcomes: number;
  /** Of all outcomes, how many may be bad: 0.02 is two in a hundred. */
  readonly badShareLimit: number;
}

export const DEFAULT_ROLLOUT_RULE: RolloutRule = { leastOutcomes: 50, badShareLimit: 0.02 };

/**
 * `too_few`: not enough is known. `go`: the share of bad outcomes is within the limit. `doubtful`: it is above, and may yet be chance.
 * `halt`: it is above, and hardly chance.
 */
export type RolloutVerdict = 'too_few' | 'go' | 'doubtful' | 'halt';

/**
 * Of a normal distribution, one-sided 97.5 %: of versions exactly at the limit about one in forty is stopped at a look. A version that
 * is stopped for nothing costs a look by a person; one that goes on costs listeners their music.
 */
const Z = 1.96;

export const badOutcomes = ({ failed_start: failed, rolled_back: rolledBack }: OutcomeCounts): number =>
  failed + rolledBack;

export const allOutcomes = (counts: OutcomeCounts): number => counts.started + badOutcomes(counts);

/**
 * Lower bound of the Wilson score interval (E. B. Wilson, 1927): the share that is at least so large, unless chance played a trick.
 * 0 where nothing is known, or nothing was bad.
 */
export const leastLikelyShare = (bad: number, all: number): number => {
  if (bad === 0) return 0;
  const share = bad / all;
  const square = Z * Z;
  const middle = share + square / (2 * all);
  const spread = Z * Math.sqrt((share * (1 - share)) / all + square / (4 * all * all));
  return Math.max(0, (middle - spread) / (1 + square / all));
};

export const judgeRollout = (counts: OutcomeCounts, rule: RolloutRule): RolloutVerdict => {
  const bad = badOutcomes(counts);
  const all = allOutcomes(counts);
  if (all < rule.leastOutcomes) return 'too_few';
  if (leastLikelyShare(bad, all) > rule.badShareLimit) return 'halt';
  return bad / all > rule.badShareLimit ? 'doubtful' : 'go';
};

/** Of all installations, in per cent. */
export const ROLLOUT_STEPS = [5, 20, 50, 100] as const;
export const FIRST_ROLLOUT_PERCENT = ROLLOUT_STEPS[0];

/** The step after this percentage; null when all have it. */
export const nextRolloutPercent = (percent: number): number | null =>
  ROLLOUT_STEPS.find((step) => step > percent) ?? null;
