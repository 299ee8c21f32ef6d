import type { AudioSample, Input, InputAudioTrack } from 'mediabunny';
import type { TrackBytes } from '../track-bytes.ts';
import { openTail, tailFormatOf } from './open-tail.ts';
import { pointBefore, type AskSeekPoints } from './seek-points.ts';

/** Nearer than this, what lies between is mostly here already, and walked through before a question is answered. */
const FAR_S = 5;

export interface FarSamples {
  samples(): AsyncGenerator<AudioSample, void>;
  /** Number of the sample that a decoder gives at this time. */
  sampleAt(timestampS: number): number;
  dispose(): void;
}

/**
 * Begins to decode near a sample that is far behind everything that was walked through so far. Null where that is not needed or
 * cannot be done: then it is found by walking. Rejects with what hindered the bytes.
 */
export type FarSeek = (wanted: number, walkedTo: number) => Promise<FarSamples | null>;

export const createFarSeek = async (options: {
  readonly bytes: TrackBytes;
  readonly input: Input;
  readonly track: InputAudioTrack;
  readonly askPoints: AskSeekPoints;
}): Promise<FarSeek> => {
  const { bytes, input, track, askPoints } = options;
  const tailFormat = await tailFormatOf(await input.getFormat(), bytes);
  if (tailFormat === null) return () => Promise.resolve(null);
  const rateHz = await track.getSampleRate();
  return async (wanted, walkedTo) => {
    const begin = wanted - tailFormat.warmUpSamples;
    if (begin < walkedTo + FAR_S * rateHz) return null;
    const points = await askPoints();
    if (points === null) return null;
    const point = pointBefore(points, begin);
    if (point.sample <= walkedTo) return null;
    const tail = await openTail({ bytes, tailFormat, point, whole: track });
    if (tail === null) return null;
    return {
      samples: () => tail.samplesFrom((begin - point.sample) / rateHz),
      sampleAt: (timestampS) => point.sample + Math.round(timestampS * rateHz),
      dispose: tail.dispose,
    };
  };
};
