import { createBlockMerger } from './block-merger.ts';
import { createLimiter, isAtRest, limiterReach, type Limiter } from './limiter.ts';
import type { OpenTrack } from './open-track.ts';
import { createResampler, resamplerReach, type Planes, type Resampler } from './resampler.ts';
import { aroundSeam, lastOf, type SeamHead, type SeamTail } from './seam.ts';

/** Seconds: sound begins with the first, and the rest are few. */
const BLOCK_SIZES_S = [0.06, 0.2, 0.5] as const;
/** As much of either side of a seam as any filter sees of it. */
const SEAM_S = 0.01;

/** What a track has to do with the tracks that touch it. */
export interface Neighbours {
  /** What the track before left; null when none touches this one. */
  readonly before: SeamTail | null;
  /** The first samples are decoded. */
  headIs(head: SeamHead): void;
  /** The first samples of the track that touches this one's end; null when none does. */
  after(): Promise<SeamHead | null>;
  tailIs(tail: SeamTail): void;
}

export interface ContextBlocksOptions {
  readonly track: OpenTrack;
  readonly fromSample: number;
  readonly contextRateHz: number;
  /** Linear, in the scale of the track's samples: no true peak goes above it. Null: nothing is held. */
  readonly limitAt: number | null;
  readonly neighbours: Neighbours;
}

/** Of frame 0, in samples of the track. */
const firstOffset = (before: SeamTail | null, rateHz: number, contextRateHz: number): number =>
  ((before?.offset ?? 0) * rateHz) / contextRateHz;

/** Whether a voice that was made without a tail would be the same with it. */
export const fitsWithout = (tail: SeamTail | null, rateHz: number, contextRateHz: number): boolean =>
  tail === null || (tail.offset === 0 && rateHz === contextRateHz && isAtRest(tail.limiter));

const scaled = (planes: Planes, factor: number): Planes =>
  factor === 1 ? planes : planes.map((plane) => plane.map((sample) => sample * factor));

/** From the scale of one track's samples to that of another's, so that both are as loud as they are heard. */
const scaleBetween = (from: number | null, to: number | null): number =>
  from === null || to === null ? 1 : to / from;

/** What becomes of the samples of one track on their way to the device. */
class Line {
  readonly #options: ContextBlocksOptions;
  readonly #channels: number;
  readonly #resampler: Resampler | null;
  readonly #limiter: Limiter | null;
  #last: Planes = [];

  /** @param first samples of the track. */
  constructor(options: ContextBlocksOptions, first: Planes) {
    const { track, contextRateHz, limitAt, neighbours } = options;
    const { before } = neighbours;
    this.#options = options;
    this.#channels = first.length;
    const right = { rateHz: track.rateHz, planes: first };
    const offset = firstOffset(before, track.rateHz, contextRateHz);
    const isUntouched = track.rateHz === contextRateHz && offset === 0;
    const reach = resamplerReach(track.rateHz, contextRateHz);
    this.#resampler = isUntouched
      ? null
      : createResampler({
          fromHz: track.rateHz,
          toHz: contextRateHz,
          channels: first.length,
          before: before && {
            offset,
            samples: this.#around(before, right, track.rateHz, -reach, reach),
          },
        });
    const state = before?.limiter ?? null;
    const isLimited = limitAt !== null || !isAtRest(state);
    this.#limiter = isLimited
      ? createLimiter({
          rateHz: contextRateHz,
          channels: first.length,
          limitAt,
          before: state,
          context: before && this.#context(before, right),
        })
      : null;
  }

  /** The last samples wait for what follows them. */
  get needsWhatIsBehind(): boolean {
    return this.#resampler !== null || this.#options.limitAt !== null;
  }

  push(planes: Planes): Planes {
    this.#last = lastOf(this.#last, planes, this.#seamSamples);
    const frames = this.#resampler === null ? planes : this.#resampler.push(planes);
    return this.#limiter === null ? frames : this.#limiter.push(frames);
  }

  finish(behind: SeamHead | null): { readonly frames: Planes; readonly tail: SeamTail } {
    const { track, contextRateHz, limitAt } = this.#options;
    const left = { rateHz: track.rateHz, planes: this.#last };
    const none = Array.from({ length: this.#channels }, () => new Float32Array(0));
    let frames: Planes = none;
    let offset = 0;
    if (this.#resampler !== null) {
      const reach = resamplerReach(track.rateHz, contextRateHz);
      frames = this.#resampler.finish(behind && this.#around(left, behind, track.rateHz, 0, reach));
      offset = (this.#resampler.offsetBehind() * contextRateHz) / track.rateHz;
    }
    if (this.#limiter !== null) {
      const factor = scaleBetween(behind?.limitAt ?? null, limitAt);
      const right = behind && { rateHz: behind.rateHz, planes: scaled(behind.planes, factor) };
      const seen = right && this.#around(left, right, contextRateHz, offset, limiterReach(contextRateHz));
      const limited = [this.#limiter.push(frames), this.#limiter.finish(seen)] as const;
      frames = none.map((_, channel) => {
        const [one = none[0], other = none[0]] = limited.map((planes) => planes[channel]);
        const joined = new Float32Array((one?.length ?? 0) + (other?.length ?? 0));
        if (one !== undefined) joined.set(one);
        if (other !== undefined) joined.set(other, one?.length ?? 0);
        return joined;
      });
    }
    // One that did not see what comes after it was not down in time for it.
    const limiter = behind === null ? null : (this.#limiter?.state() ?? null);
    return { frames, tail: { ...left, offset, limitAt, limiter } };
  }

  get #seamSamples(): number {
    return Math.ceil(SEAM_S * this.#options.track.rateHz);
  }

  #around(
    left: Parameters<typeof aroundSeam>[0],
    right: Parameters<typeof aroundSeam>[1],
    toHz: number,
    first: number,
    count: number,
  ): Planes {
    return aroundSeam(left, right, { toHz, channels: this.#channels, first, count });
  }

  /** The frames right before the first one, as this track's limiter would have had them. */
  #context(before: SeamTail, right: Parameters<typeof aroundSeam>[1]): Planes {
    const { contextRateHz, limitAt } = this.#options;
    const left = { ...before, planes: scaled(before.planes, scaleBetween(before.limitAt, limitAt)) };
    const count = limiterReach(contextRateHz);
    return this.#around(left, right, contextRateHz, before.offset - count, count);
  }
}

/** The music from a sample on, in blocks at the device's rate. With nothing to do to it, it goes through untouched. */
export async function* contextBlocks(options: ContextBlocksOptions): AsyncGenerator<Planes, void> {
  const { track, contextRateHz, limitAt, neighbours } = options;
  const merger = createBlockMerger(BLOCK_SIZES_S.map((seconds) => Math.round(seconds * contextRateHz)));
  const headSamples = Math.ceil(SEAM_S * track.rateHz);
  let line: Line | null = null;
  for await (const planes of track.samplesFrom(options.fromSample)) {
    if (line === null) {
      line = new Line(options, planes);
      neighbours.headIs({
        rateHz: track.rateHz,
        planes: planes.map((plane) => plane.slice(0, headSamples)),
        limitAt,
      });
    }
    const block = merger.push(line.push(planes));
    if (block !== null) yield block;
  }
  if (line !== null) {
    const { frames, tail } = line.finish(line.needsWhatIsBehind ? await neighbours.after() : null);
    neighbours.tailIs(tail);
    const block = merger.push(frames);
    if (block !== null) yield block;
  }
  const rest = merger.rest();
  if (rest !== null) yield rest;
}
