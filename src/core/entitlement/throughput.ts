/**
 * What a line can do, from what came over it: two weighted means, one of the last seconds and one of a longer while, of which the
 * smaller counts (as hls.js reckons). A line that has become slow shows at once, one that has become fast only after a while.
 */
export interface Throughput {
  readonly fast: Mean;
  readonly slow: Mean;
}

interface Mean {
  /** Bits a second, too small by the share of `weight` that is missing. */
  readonly sum: number;
  /** How much of all there could be to know is known, 0 to 1. */
  readonly weight: number;
}

const FAST_HALF_LIFE_MS = 3_000;
const SLOW_HALF_LIFE_MS = 9_000;
/** So little tells of round trips, not of the line. */
const LEAST_BYTES = 16_384;

const NOTHING: Mean = { sum: 0, weight: 0 };
export const UNKNOWN_THROUGHPUT: Throughput = { fast: NOTHING, slow: NOTHING };

const add = ({ sum, weight }: Mean, bps: number, elapsedMs: number, halfLifeMs: number): Mean => {
  const kept = 0.5 ** (elapsedMs / halfLifeMs);
  return { sum: sum * kept + bps * (1 - kept), weight: weight * kept + (1 - kept) };
};

export const afterTransfer = (before: Throughput, bytes: number, elapsedMs: number): Throughput => {
  if (bytes < LEAST_BYTES) return before;
  const tookMs = Math.max(1, elapsedMs);
  const bps = (bytes * 8_000) / tookMs;
  return {
    fast: add(before.fast, bps, tookMs, FAST_HALF_LIFE_MS),
    slow: add(before.slow, bps, tookMs, SLOW_HALF_LIFE_MS),
  };
};

/** Bits a second; null while nothing is known. */
export const throughputBps = ({ fast, slow }: Throughput): number | null =>
  fast.weight === 0 ? null : Math.min(fast.sum / fast.weight, slow.sum / slow.weight);
