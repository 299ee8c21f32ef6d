import { seekPointsSchema, type SeekPoints } from '../../../../contract/seek-points.ts';
import { seekPointsUrl } from '../../../../contract/track-url.ts';

/** Where a decoder can begin. */
export interface SeekPoint {
  /** Number of the first sample of the frame that begins there. */
  readonly sample: number;
  readonly byte: number;
}

/** The last point that does not lie behind the sample. */
export const pointBefore = ({ everySamples, firstByte, steps }: SeekPoints, sample: number): SeekPoint => {
  const index = Math.max(0, Math.min(steps.length, Math.floor(sample / everySamples)));
  const byte = steps.slice(0, index).reduce((sum, step) => sum + step, firstByte);
  return { sample: index * everySamples, byte };
};

/** Null where nobody knows them. Never rejects: what cannot be had is no reason not to play. */
export type AskSeekPoints = () => Promise<SeekPoints | null>;

/** Asks the host when it is needed first, so that a track that nobody seeks in costs no request; and once, unless it did not know. */
export const createSeekPoints = (trackAddress: string, fetching: typeof fetch): AskSeekPoints => {
  let known: SeekPoints | null = null;
  return async () => {
    try {
      if (known !== null) return known;
      const response = await fetching(seekPointsUrl(trackAddress));
      if (response.ok) known = seekPointsSchema.parse(await response.json());
      else await response.body?.cancel();
    } catch {
      // Without them it is found all the same, later.
    }
    return known;
  };
};
