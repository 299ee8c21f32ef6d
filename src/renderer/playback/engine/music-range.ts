import type { AudioFacts } from '../../../contract/audio-facts.ts';
import type { Planes } from './resampler.ts';

/** Which of the samples that a decoder gives are the music; counted from the first that it gives. */
export interface MusicRange {
  readonly first: number;
  /** Null while nobody knows: everything up to the end of the file. */
  readonly length: number | null;
}

/**
 * What is known of the file goes first: containers round, and leave out what the encoder put before and behind. Without
 * it, what lies before the container's time zero is no music.
 */
export const musicRange = (
  facts: AudioFacts | null,
  decoderRateHz: number,
  firstTimestampS: number,
): MusicRange => {
  if (facts === null)
    return { first: Math.max(0, Math.round(-firstTimestampS * decoderRateHz)), length: null };
  // Some decoders give twice the rate that the file says (spectral band replication).
  const ratio = decoderRateHz / facts.sampleRateHz;
  return {
    first: Math.round(facts.delaySamples * ratio),
    length: Math.round(facts.lengthSamples * ratio),
  };
};

/** The part of a block that lies in [from, to) when its first sample is number `index`; null when none of it does. */
export const cutBlock = (planes: Planes, index: number, from: number, to: number): Planes | null => {
  const length = planes[0]?.length ?? 0;
  const start = Math.max(0, from - index);
  const end = Math.min(length, to - index);
  if (end <= start) return null;
  if (start === 0 && end === length) return planes;
  return planes.map((plane) => plane.subarray(start, end));
};
