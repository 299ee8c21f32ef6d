import { EQUALISER_FILTERS, filterGainsDb, preampDb } from '../../../core/playback/equaliser.ts';

export interface EqualiserNodes {
  /** In the order in which sound goes through them; not connected. */
  readonly nodes: readonly AudioNode[];
  /** Goes over to other sliders without a click. */
  set(bandsDb: readonly number[]): void;
}

/** Long enough for no zipper noise under a dragged slider, short enough to feel immediate. */
const CHANGE_TIME_CONSTANT_S = 0.012;

const LIMITER_THRESHOLD_DB = -2;
/** The most there is. */
const LIMITER_RATIO = 20;
/** Web Audio's compressor makes up 0.6 of what it would take from full scale, always; taken back here. */
const LIMITER_MAKEUP_DB = -0.6 * LIMITER_THRESHOLD_DB * (1 - 1 / LIMITER_RATIO);

const linear = (gainDb: number): number => 10 ** (gainDb / 20);

/**
 * For the short peaks that the preamp lets pass. Below its threshold every sample leaves as it came, 6 ms later (it looks ahead, so
 * that it is down before the peak is there); at full scale and 6 dB over, it stays under.
 */
const createLimiterNodes = (context: BaseAudioContext): readonly AudioNode[] => [
  new DynamicsCompressorNode(context, {
    threshold: LIMITER_THRESHOLD_DB,
    ratio: LIMITER_RATIO,
    knee: 0,
    attack: 0,
    release: 0.1,
  }),
  new GainNode(context, { gain: linear(-LIMITER_MAKEUP_DB) }),
];

/** Preamp, ten filters and a limiter, set as the sliders say from the first sample on. */
export const createEqualiserNodes = (
  context: BaseAudioContext,
  bandsDb: readonly number[],
): EqualiserNodes => {
  const { sampleRate } = context;
  const gainsDb = filterGainsDb(bandsDb, sampleRate);
  const preamp = new GainNode(context, { gain: linear(preampDb(gainsDb, sampleRate)) });
  const filters = EQUALISER_FILTERS.map(
    ({ type, frequencyHz, q }, band) =>
      new BiquadFilterNode(context, { type, frequency: frequencyHz, Q: q, gain: gainsDb[band] ?? 0 }),
  );
  return {
    nodes: [preamp, ...filters, ...createLimiterNodes(context)],
    set: (bands) => {
      const gains = filterGainsDb(bands, sampleRate);
      const now = context.currentTime;
      preamp.gain.setTargetAtTime(linear(preampDb(gains, sampleRate)), now, CHANGE_TIME_CONSTANT_S);
      for (const [band, filter] of filters.entries()) {
        filter.gain.setTargetAtTime(gains[band] ?? 0, now, CHANGE_TIME_CONSTANT_S);
      }
    },
  };
};
