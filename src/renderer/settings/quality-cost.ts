import type { Quality } from '../../core/entitlement/entitlement.ts';

/**
 * What an hour is, about: the publisher encodes at 96, 160 and 256 kbit/s; CD sound in FLAC comes to some two thirds of its
 * 1,411 kbit/s. A recording that came smaller is not blown up, one at 96 kHz is larger.
 */
const BITS_PER_SECOND: Readonly<Record<Quality, number>> = {
  low: 96_000,
  normal: 160_000,
  high: 256_000,
  lossless: 930_000,
};

const HOUR_SECONDS = 3600;

/** Rounded to what can be said of an average. */
export const bytesPerHour = (quality: Quality): number => {
  const bytes = (BITS_PER_SECOND[quality] * HOUR_SECONDS) / 8;
  return Number(bytes.toPrecision(2));
};
