import { createBlockMerger } from './block-merger.ts';
import type { OpenTrack } from './open-track.ts';
import { createResampler, type Planes, type ResamplerTail } from './resampler.ts';

/** Seconds: sound begins with the first, and the rest are few. */
const BLOCK_SIZES_S = [0.1, 0.2, 0.5] as const;

/** What a track has to do with the tracks that touch it, where the device's rate is not theirs. */
export interface Neighbours {
  /** The first samples are decoded. */
  headIs(head: Planes): void;
  /** What the track before leaves to the filter; null when none touches this one. */
  before(): Promise<ResamplerTail | null>;
  /** The first samples of the track that touches this one's end; null when none does. */
  after(): Promise<Planes | null>;
  tailIs(tail: ResamplerTail): void;
}

/** The music from a sample on, in blocks at the device's rate. A track at that rate goes through untouched. */
export async function* contextBlocks(options: {
  readonly track: OpenTrack;
  readonly fromSample: number;
  readonly contextRateHz: number;
  readonly neighbours: Neighbours;
}): AsyncGenerator<Planes, void> {
  const { track, contextRateHz, neighbours } = options;
  const merger = createBlockMerger(BLOCK_SIZES_S.map((seconds) => Math.round(seconds * contextRateHz)));
  const samples = track.samplesFrom(options.fromSample);
  if (track.rateHz === contextRateHz) {
    for await (const planes of samples) {
      const block = merger.push(planes);
      if (block !== null) yield block;
    }
  } else {
    let resampler: ReturnType<typeof createResampler> | null = null;
    for await (const planes of samples) {
      if (resampler === null) {
        neighbours.headIs(planes);
        resampler = createResampler({
          fromHz: track.rateHz,
          toHz: contextRateHz,
          channels: planes.length,
          before: await neighbours.before(),
        });
      }
      const block = merger.push(resampler.push(planes));
      if (block !== null) yield block;
    }
    if (resampler !== null) {
      const block = merger.push(resampler.finish(await neighbours.after()));
      neighbours.tailIs(resampler.tail());
      if (block !== null) yield block;
    }
  }
  const rest = merger.rest();
  if (rest !== null) yield rest;
}
