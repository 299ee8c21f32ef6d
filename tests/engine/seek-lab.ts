/** Runs inside a page: decodes a track as the window does, from its beginning and from places far behind it. */
import { openTrack } from '../../src/renderer/playback/engine/open-track.ts';
import { createSeekPoints } from '../../src/renderer/playback/engine/seek-points/seek-points.ts';
import { openTrackBytes } from '../../src/renderer/playback/engine/track-bytes.ts';

export interface SeekReport {
  /** Of the whole track, decoded in one go. */
  readonly samples: number;
  readonly seeks: readonly {
    /** Samples from there to the end. */
    readonly samples: number;
    /** Against the same samples decoded in one go. */
    readonly largestDifference: number;
  }[];
}

export interface SeekLab {
  /** `whole` is another address of the same file. */
  compare(address: string, whole: string, seekTo: readonly number[]): Promise<SeekReport>;
}

declare global {
  interface Window {
    seekLab: SeekLab;
  }
}

/** The first channel, from a sample to the end. */
const decode = async (address: string, from: number): Promise<Float32Array> => {
  const fetching: typeof fetch = (...request) => fetch(...request);
  const bytes = openTrackBytes({ address, fetch: fetching, onProgress: () => undefined });
  const track = await openTrack(bytes, createSeekPoints(address, fetching));
  try {
    const blocks: Float32Array[] = [];
    for await (const [plane] of track.samplesFrom(from)) if (plane !== undefined) blocks.push(plane);
    const samples = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const block of blocks) {
      samples.set(block, at);
      at += block.length;
    }
    return samples;
  } finally {
    bytes.dispose();
    track.dispose();
  }
};

const largestDifference = (some: Float32Array, others: Float32Array): number =>
  some.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - (others[index] ?? 9))), 0);

window.seekLab = {
  async compare(address, whole, seekTo) {
    const all = await decode(whole, 0);
    const seeks: { samples: number; largestDifference: number }[] = [];
    for (const from of seekTo) {
      const samples = await decode(address, from);
      seeks.push({
        samples: samples.length,
        largestDifference: largestDifference(samples, all.subarray(from)),
      });
    }
    return { samples: all.length, seeks };
  },
};
