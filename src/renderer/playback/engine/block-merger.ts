import type { Planes } from './resampler.ts';

export interface BlockMerger {
  /** Gives a block as soon as there is enough for one, else null. */
  push(planes: Planes): Planes | null;
  /** What is left; null when nothing is. */
  rest(): Planes | null;
}

/**
 * Blocks of the sizes that playing wants out of blocks of the sizes that decoders give: a node for each frame of an MP3 costs
 * more than twice the processor time. The first sizes are small, so that sound begins soon.
 */
export const createBlockMerger = (sizes: readonly number[]): BlockMerger => {
  let parts: Planes[] = [];
  let length = 0;
  let given = 0;

  const take = (): Planes | null => {
    const [first] = parts;
    if (first === undefined || length === 0) return null;
    const merged = first.map((_, channel) => {
      const plane = new Float32Array(length);
      let at = 0;
      for (const part of parts) {
        const samples = part[channel];
        if (samples !== undefined) plane.set(samples, at);
        at += part[0]?.length ?? 0;
      }
      return plane;
    });
    parts = [];
    length = 0;
    given += 1;
    return merged;
  };

  return {
    push: (planes) => {
      parts.push(planes);
      length += planes[0]?.length ?? 0;
      const size = sizes[Math.min(given, sizes.length - 1)] ?? 1;
      return length >= size ? take() : null;
    },
    rest: take,
  };
};
