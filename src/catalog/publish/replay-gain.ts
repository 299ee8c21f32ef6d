import type { Loudness } from '../../contract/catalog-http.ts';

/** ReplayGain 2.0 aims at −18 LUFS: what a gain lacks to that is how loud the music is. */
const REPLAY_GAIN_REFERENCE_LUFS = -18;
/** RFC 7845, 5.2.1: `R128_TRACK_GAIN` aims at −23 LUFS, in 1/256 dB. */
const R128_REFERENCE_LUFS = -23;
/** Without a peak, assume full scale: gain is then never raised into clipping. */
const FULL_SCALE_DBTP = 0;

export interface GainTags {
  readonly gainDb: number | null;
  /** 1 is full scale. */
  readonly peakRatio: number | null;
  /** In 1/256 dB. */
  readonly r128Gain: number | null;
}

/** Loudness as tags tell it, for files that are not measured; null when they do not, or tell nonsense. */
export function loudnessFromGain(tags: GainTags): Loudness | null {
  const integrated =
    tags.gainDb !== null && Number.isFinite(tags.gainDb)
      ? REPLAY_GAIN_REFERENCE_LUFS - tags.gainDb
      : tags.r128Gain !== null && Number.isFinite(tags.r128Gain)
        ? R128_REFERENCE_LUFS - tags.r128Gain / 256
        : null;
  if (integrated === null || integrated < -70 || integrated > 5) return null;
  const peak =
    tags.peakRatio !== null && tags.peakRatio > 0 ? 20 * Math.log10(tags.peakRatio) : FULL_SCALE_DBTP;
  return { integratedLufs: round(integrated), truePeakDbtp: round(Math.min(peak, 20)) };
}

const round = (value: number): number => Math.round(value * 100) / 100;
