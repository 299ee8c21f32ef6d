/**
 * Peaks brought to `count` bars, each from 0 to 1, where 1 is the track's own highest: a quiet recording has a shape
 * too, and loudness is not what the bars are for. A bar takes the highest peak of the stretch it stands for, so that a
 * single hit is never averaged away; where there are fewer peaks than bars, bars in between are interpolated.
 */
export const resamplePeaks = (peaks: readonly number[], count: number): readonly number[] => {
  if (peaks.length === 0 || count <= 0) return [];
  const perBar = peaks.length / count;
  const highest = Math.max(1, highestIn(peaks, 0, peaks.length));
  return Array.from({ length: count }, (_, bar) =>
    perBar >= 1 ? highestIn(peaks, bar * perBar, (bar + 1) * perBar) : between(peaks, bar, count),
  ).map((peak) => Math.min(1, Math.max(0, peak / highest)));
};

const highestIn = (peaks: readonly number[], from: number, to: number): number => {
  let highest = 0;
  const end = Math.min(peaks.length, Math.max(Math.floor(from) + 1, Math.floor(to)));
  for (let index = Math.floor(from); index < end; index += 1) highest = Math.max(highest, peaks[index] ?? 0);
  return highest;
};

const between = (peaks: readonly number[], bar: number, count: number): number => {
  const place = count === 1 ? 0 : (bar / (count - 1)) * (peaks.length - 1);
  const before = peaks[Math.floor(place)] ?? 0;
  const after = peaks[Math.ceil(place)] ?? before;
  return before + (after - before) * (place - Math.floor(place));
};

/** How many bars of a width fit with a gap between each two. */
export const barsIn = (widthPx: number, barPx: number, gapPx: number): number =>
  Math.max(0, Math.floor((widthPx + gapPx) / (barPx + gapPx)));
