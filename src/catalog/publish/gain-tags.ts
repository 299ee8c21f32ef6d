import type { IAudioMetadata } from 'music-metadata';
import type { GainTags } from './replay-gain.ts';
import { nativeValues } from './tag-facts.ts';

/** The gain tags of a file, in whichever format they are. */
export function gainTagsOf(metadata: IAudioMetadata): GainTags {
  const { common } = metadata;
  const [r128] = nativeValues(metadata, 'r128_track_gain');
  const r128Gain = Number.parseInt(String(r128 ?? ''), 10);
  return {
    gainDb: common.replaygain_track_gain?.dB ?? null,
    peakRatio: common.replaygain_track_peak?.ratio ?? null,
    r128Gain: Number.isFinite(r128Gain) ? r128Gain : null,
  };
}
