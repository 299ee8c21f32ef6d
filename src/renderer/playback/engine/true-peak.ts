import { kaiser, sinc } from './kaiser.ts';

/** Between two samples it is looked at so many places (ITU-R BS.1770-5, annex 2: at least four). */
const PLACES = 4;
/** Samples on each side that a place between two is made of. */
export const PEAK_REACH = 8;
const KAISER_BETA = 6;
/** Stretches that cannot reach the level are passed over by their largest sample. */
const STRETCH = 64;

/** For each place after a sample, the weights of the samples from `PEAK_REACH - 1` before it on. */
const ROWS: readonly Float32Array[] = Array.from({ length: PLACES - 1 }, (_, place) => {
  const shift = (place + 1) / PLACES;
  const row = Float64Array.from({ length: 2 * PEAK_REACH }, (_, tap) => {
    const distance = tap - (PEAK_REACH - 1) - shift;
    return sinc(distance) * kaiser(distance / PEAK_REACH, KAISER_BETA);
  });
  const sum = row.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(row, (weight) => weight / sum);
});

/** No place between samples is farther beyond the largest of them than this. */
const MOST_BEYOND = Math.max(...ROWS.map((row) => row.reduce((sum, weight) => sum + Math.abs(weight), 0)));

const largestIn = (plane: Float32Array, from: number, to: number): number => {
  let largest = 0;
  for (let index = from; index < to; index += 1) largest = Math.max(largest, Math.abs(plane[index]!));
  return largest;
};

/** The largest of a sample and the places between it and the next one. */
const largestFrom = (plane: Float32Array, index: number): number => {
  let largest = Math.abs(plane[index]!);
  for (const row of ROWS) {
    let sum = 0;
    for (let tap = 0; tap < 2 * PEAK_REACH; tap += 1) sum += plane[index - PEAK_REACH + 1 + tap]! * row[tap]!;
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
};

/**
 * The true peak at each of the samples `from` to `to` of one channel, raised into `peaks` where it is larger: of the sample and
 * of what lies between it and its neighbours, as a converter would make it. Samples that are safely below `level` are left
 * out. The plane holds `PEAK_REACH` samples more on each side.
 */
export const raiseTruePeaks = (
  plane: Float32Array,
  from: number,
  to: number,
  level: number,
  peaks: Float32Array,
): void => {
  for (let start = from - 1; start < to; start += STRETCH) {
    const end = Math.min(start + STRETCH, to);
    const most = largestIn(plane, start - PEAK_REACH + 1, end + PEAK_REACH) * MOST_BEYOND;
    if (most < level) continue;
    for (let index = start; index < end; index += 1) {
      const peak = largestFrom(plane, index);
      // What lies between two samples belongs to both.
      if (index >= from) peaks[index - from] = Math.max(peaks[index - from]!, peak);
      if (index + 1 < to) peaks[index + 1 - from] = Math.max(peaks[index + 1 - from]!, peak);
    }
  }
};
