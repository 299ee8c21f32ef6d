/**
 * The ten-band equaliser as rules: which filters, with which gains, what they do to the sound. The sliders say what is heard
 * at the centres of ten octaves; the filters overlap, so their gains are solved for that (after V. Välimäki & J. Liski,
 * "Accurate Cascade Graphic Equalizer", IEEE Signal Processing Letters 24, 2017). Filters, as Web Audio has them: R.
 * Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"; W3C Web Audio API, "Filters characteristics".
 */

/** Exact octave centres around 1 kHz (IEC 61260-1, base two). */
export const BAND_CENTRES_HZ = [31.25, 62.5, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000] as const;

/** How far a slider goes, either way. */
export const BAND_LIMIT_DB = 12;

export const FLAT_BANDS_DB: readonly number[] = BAND_CENTRES_HZ.map(() => 0);

export interface EqualiserFilter {
  readonly type: 'peaking' | 'highshelf';
  readonly frequencyHz: number;
  /** Of no meaning to a shelf: Web Audio's have a slope of 1. */
  readonly q: number;
}

/**
 * Wide enough that ten equal sliders give a level line (within 1.6 dB at 12 dB; at the textbook's 1.41 it dips by 3.3 dB
 * between centres), narrow enough that one slider moves its neighbours' octaves little.
 */
const PEAKING_Q = 1;

/**
 * The highest band is a shelf from the lower edge of its octave on: a peak at 16 kHz is squeezed by the nearness of half the
 * sample rate (at 44.1 kHz and 12 dB it leaves 2 dB at 20 kHz, and a dip of 4 dB below). The lowest is a peak: a shelf would raise
 * rumble that nobody hears and every loudspeaker feels.
 */
export const EQUALISER_FILTERS: readonly EqualiserFilter[] = BAND_CENTRES_HZ.map((centreHz, band) =>
  band === BAND_CENTRES_HZ.length - 1
    ? { type: 'highshelf', frequencyHz: centreHz / Math.SQRT2, q: PEAKING_Q }
    : { type: 'peaking', frequencyHz: centreHz, q: PEAKING_Q },
);

interface Coefficients {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

const THROUGH: Coefficients = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

const coefficientsOf = (filter: EqualiserFilter, gainDb: number, sampleRateHz: number): Coefficients => {
  if (filter.frequencyHz >= sampleRateHz / 2) return THROUGH;
  const amplitude = 10 ** (gainDb / 40);
  const angle = (2 * Math.PI * filter.frequencyHz) / sampleRateHz;
  const cosine = Math.cos(angle);
  if (filter.type === 'peaking') {
    const alpha = Math.sin(angle) / (2 * filter.q);
    const a0 = 1 + alpha / amplitude;
    return {
      b0: (1 + alpha * amplitude) / a0,
      b1: (-2 * cosine) / a0,
      b2: (1 - alpha * amplitude) / a0,
      a1: (-2 * cosine) / a0,
      a2: (1 - alpha / amplitude) / a0,
    };
  }
  const slope = Math.SQRT2 * Math.sin(angle) * Math.sqrt(amplitude);
  const sum = amplitude + 1;
  const difference = amplitude - 1;
  const a0 = sum - difference * cosine + slope;
  return {
    b0: (amplitude * (sum + difference * cosine + slope)) / a0,
    b1: (-2 * amplitude * (difference + sum * cosine)) / a0,
    b2: (amplitude * (sum + difference * cosine - slope)) / a0,
    a1: (2 * (difference - sum * cosine)) / a0,
    a2: (sum - difference * cosine - slope) / a0,
  };
};

/**
 * The square of the magnitude of c0 + c1·z⁻¹ + c2·z⁻² on the unit circle, by the square of the sine of half the angle: exact also where
 * the angle is so small that cosines are all but 1.
 */
const powerOf = (c0: number, c1: number, c2: number, halfSineSquared: number): number =>
  (c0 + c1 + c2) ** 2 + 4 * halfSineSquared * (4 * c0 * c2 * (halfSineSquared - 1) - c1 * (c0 + c2));

const filterResponseDb = (
  { b0, b1, b2, a1, a2 }: Coefficients,
  frequencyHz: number,
  sampleRateHz: number,
): number => {
  const halfSineSquared = Math.sin((Math.PI * frequencyHz) / sampleRateHz) ** 2;
  return 10 * Math.log10(powerOf(b0, b1, b2, halfSineSquared) / powerOf(1, a1, a2, halfSineSquared));
};

const cascadeOf = (filterGainsDb: readonly number[], sampleRateHz: number): readonly Coefficients[] =>
  EQUALISER_FILTERS.map((filter, band) => coefficientsOf(filter, filterGainsDb[band] ?? 0, sampleRateHz));

const cascadeResponseDb = (
  cascade: readonly Coefficients[],
  frequencyHz: number,
  sampleRateHz: number,
): number =>
  cascade.reduce((sumDb, filter) => sumDb + filterResponseDb(filter, frequencyHz, sampleRateHz), 0);

/** Whether these sliders change nothing. */
export const isFlat = (bandsDb: readonly number[]): boolean => bandsDb.every((gainDb) => gainDb === 0);

/** Far below what an ear tells apart (about 1 dB for one octave). */
const SOLVED_WITHIN_DB = 0.02;
/** Neighbours pull each other by less than half of what they do themselves: this converges, at most in some 20 rounds. */
const RELAXATION = 0.7;
const MAX_ROUNDS = 60;

/**
 * The gains of `EQUALISER_FILTERS`, in decibels, with which the sound at each centre is changed by what its slider says. A band
 * that the sample rate cannot carry is left alone.
 */
export const filterGainsDb = (bandsDb: readonly number[], sampleRateHz: number): readonly number[] => {
  const wanted = BAND_CENTRES_HZ.map((centreHz, band) =>
    centreHz < sampleRateHz / 2 ? (bandsDb[band] ?? 0) : 0,
  );
  let gainsDb: readonly number[] = wanted;
  if (isFlat(wanted)) return gainsDb;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const cascade = cascadeOf(gainsDb, sampleRateHz);
    const missingDb = BAND_CENTRES_HZ.map((centreHz, band) =>
      centreHz < sampleRateHz / 2
        ? (wanted[band] ?? 0) - cascadeResponseDb(cascade, centreHz, sampleRateHz)
        : 0,
    );
    if (missingDb.every((missing) => Math.abs(missing) < SOLVED_WITHIN_DB)) break;
    gainsDb = gainsDb.map((gainDb, band) => gainDb + RELAXATION * (missingDb[band] ?? 0));
  }
  return gainsDb;
};

/** What the filters with these gains (of `filterGainsDb`) do to each frequency, in decibels. */
export const responseDb = (
  gainsDb: readonly number[],
  frequenciesHz: readonly number[],
  sampleRateHz: number,
): readonly number[] => {
  const cascade = cascadeOf(gainsDb, sampleRateHz);
  return frequenciesHz.map((frequencyHz) => cascadeResponseDb(cascade, frequencyHz, sampleRateHz));
};

const HEARD_FROM_HZ = 20;
const HEARD_TO_HZ = 20_000;

/** Evenly spaced as ears do, both ends included. */
const between = (fromHz: number, toHz: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => fromHz * (toHz / fromHz) ** (index / (count - 1)));

/** Evenly spaced as ears do, over what is heard: 20 Hz to 20 kHz. */
export const heardFrequenciesHz = (count: number): readonly number[] =>
  between(HEARD_FROM_HZ, HEARD_TO_HZ, count);

/** Close enough that no peak of these wide filters lies between two points unseen. */
const PREAMP_POINTS = 400;
/** A peak that looks lower by more than this is not the highest: between two points none rises so far. */
const UNSEEN_DB = 0.5;
/** Each round looks at so many points between two, and goes on between the neighbours of the highest: 4⁻⁶ of the distance. */
const ROUND_POINTS = 9;
const ROUNDS = 6;

/** The highest point of a stretch with one peak. */
const peakBetween = (heightOf: (frequencyHz: number) => number, fromHz: number, toHz: number): number => {
  let [lowHz, highHz] = [fromHz, toHz];
  let highest = -Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const pointsHz = between(lowHz, highHz, ROUND_POINTS);
    const heights = pointsHz.map(heightOf);
    highest = Math.max(highest, ...heights);
    const place = heights.indexOf(Math.max(...heights));
    lowHz = pointsHz[Math.max(0, place - 1)] ?? lowHz;
    highHz = pointsHz[Math.min(ROUND_POINTS - 1, place + 1)] ?? highHz;
  }
  return highest;
};

/**
 * How far the sound must be lowered before filters with these gains (of `filterGainsDb`), in decibels, 0 or less: no frequency comes
 * out stronger than it went in. Short peaks can still grow, as the filters turn phases (by up to 2.7 dB in our own library, 6 dB in
 * music that is clipped already): those are for a limiter. To rule them out by lowering alone would cost up to 11 dB more.
 */
export const preampDb = (gainsDb: readonly number[], sampleRateHz: number): number => {
  const cascade = cascadeOf(gainsDb, sampleRateHz);
  const heightOf = (frequencyHz: number): number => cascadeResponseDb(cascade, frequencyHz, sampleRateHz);
  const pointsHz = between(HEARD_FROM_HZ, sampleRateHz / 2, PREAMP_POINTS);
  const heights = pointsHz.map(heightOf);
  const seen = Math.max(...heights);
  const peaks = heights.map((height, place) => {
    const before = heights[place - 1] ?? -Infinity;
    const after = heights[place + 1] ?? -Infinity;
    if (height < seen - UNSEEN_DB || height < before || height < after) return -Infinity;
    return peakBetween(
      heightOf,
      pointsHz[Math.max(0, place - 1)] ?? HEARD_FROM_HZ,
      pointsHz[place + 1] ?? sampleRateHz / 2,
    );
  });
  const highest = Math.max(seen, ...peaks);
  return highest > 0 ? -highest : 0;
};
