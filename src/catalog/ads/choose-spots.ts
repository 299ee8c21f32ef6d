/** What is heard in a break: a rule without a clock, a store or chance. */
import { createHash } from 'node:crypto';
import { randomSource, type RandomSource } from '../../core/playback/random.ts';
import type { SpotRecord } from './ad-records.ts';

export interface BreakOccasion {
  /** Decides what is drawn: the same break gets the same spots, so a lost answer that is asked for again is not a new break. */
  readonly breakId: string;
  /** `2026-11-26`, UTC. */
  readonly day: string;
  /** Ids of the genres of the track that was heard before. */
  readonly genreIds: readonly string[];
  /** Newest first. */
  readonly recentSpotIds: readonly string[];
  readonly mostSpots: number;
}

type Choosable = Pick<SpotRecord, 'id' | 'weight' | 'from' | 'until' | 'avoidGenres' | 'hasEnded'>;

const SEED_RANGE = 2 ** 48;
const seedOf = (breakId: string): number =>
  createHash('sha256').update(breakId).digest().readUIntBE(0, 6) % SEED_RANGE;

/** Whether a spot may be heard on that day after that music. */
export const isEligible = (spot: Choosable, { day, genreIds }: BreakOccasion): boolean =>
  !spot.hasEnded &&
  // ISO dates sort as text.
  (spot.from === null || spot.from <= day) &&
  (spot.until === null || day <= spot.until) &&
  !spot.avoidGenres.some(({ id }) => genreIds.includes(id));

const draw = <Spot extends Choosable>(spots: readonly Spot[], random: RandomSource): Spot | undefined => {
  const total = spots.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return undefined;
  let ticket = random.below(total);
  return spots.find(({ weight }) => {
    ticket -= weight;
    return ticket < 0;
  });
};

/**
 * Whoever was not heard lately goes first. When all were, the half of them whose turn is longest ago: two spots take turns,
 * and among many the weights still count.
 */
const candidates = <Spot extends Choosable>(
  spots: readonly Spot[],
  recentSpotIds: readonly string[],
): readonly Spot[] => {
  const fresh = spots.filter(({ id }) => !recentSpotIds.includes(id));
  if (fresh.length > 0) return fresh;
  const longestAgoFirst = spots.toSorted(
    (one, other) => recentSpotIds.indexOf(other.id) - recentSpotIds.indexOf(one.id),
  );
  return longestAgoFirst.slice(0, Math.ceil(longestAgoFirst.length / 2));
};

/**
 * At most `mostSpots`, by weight, in the order in which they are to be heard: none twice, none before its time or after it, none
 * that avoids the music before it, and none of the recent ones while there are others. The order of `spots` is part of the draw.
 */
export const chooseSpots = <Spot extends Choosable>(
  spots: readonly Spot[],
  occasion: BreakOccasion,
): readonly Spot[] => {
  const random = randomSource(seedOf(occasion.breakId));
  const chosen: Spot[] = [];
  const left = spots.filter((spot) => isEligible(spot, occasion));
  while (chosen.length < occasion.mostSpots) {
    const next = draw(candidates(left, occasion.recentSpotIds), random);
    if (next === undefined) break;
    chosen.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return chosen;
};
