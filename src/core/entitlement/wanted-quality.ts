import { QUALITIES, type Quality } from './entitlement.ts';

export type QualitySetting = 'automatic' | Quality;

/** What each takes on the line, in bits a second; of flac, what a CD takes on average. */
const RATES_BPS: Readonly<Record<Quality, number>> = {
  low: 96_000,
  normal: 160_000,
  high: 256_000,
  lossless: 1_000_000,
};
/** A track is to be here in half the time it plays, so that the next one is as well. */
const HEADROOM = 2;
/** While nothing has been measured: what nearly every line can do, and few ears tell from the whole. */
const UNMEASURED: Quality = 'high';
const MOST_ON_METERED: Quality = 'normal';

const rank = (quality: Quality): number => QUALITIES.indexOf(quality);
export const higherQuality = (one: Quality, other: Quality): Quality =>
  rank(one) >= rank(other) ? one : other;

/**
 * The quality to ask for: as set, or what the line can do; never more than the listener may have, nor on a network that is paid
 * by use.
 */
export const wantedQuality = (wish: {
  readonly setting: QualitySetting;
  readonly allowed: readonly Quality[];
  /** Bits a second; null while it is not known. */
  readonly throughputBps: number | null;
  /** Paid by use, and the listener did not say that it does not matter. */
  readonly isMetered: boolean;
}): Quality => {
  const { setting, allowed, throughputBps, isMetered } = wish;
  const most = setting === 'automatic' ? affordable(throughputBps) : setting;
  const wanted = isMetered && rank(most) > rank(MOST_ON_METERED) ? MOST_ON_METERED : most;
  const choice = QUALITIES.filter((quality) => allowed.includes(quality));
  return choice.findLast((quality) => rank(quality) <= rank(wanted)) ?? choice[0] ?? 'low';
};

const affordable = (throughputBps: number | null): Quality =>
  throughputBps === null
    ? UNMEASURED
    : (QUALITIES.findLast((quality) => RATES_BPS[quality] * HEADROOM <= throughputBps) ?? 'low');
