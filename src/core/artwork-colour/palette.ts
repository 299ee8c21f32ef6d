import { inkOfRgb, type Ink } from './oklch.ts';

/** The two inks of a cover: `ground` tints surfaces, `spark` is the one accent. */
export interface CoverPalette {
  readonly ground: Ink;
  readonly spark: Ink;
}

/** The width and height at which a cover should be sampled. */
export const PALETTE_SAMPLE_PIXELS = 128;

const HUE_BINS = 24;
const MINIMUM_CHROMA = 0.03;
const MAXIMUM_LIGHTNESS = 0.97;
const MINIMUM_SPARK_AREA = 0.004;
const MINIMUM_SPARK_LIGHTNESS = 0.25;
const CHROMA_CEILING = 0.16;
const OPAQUE_ENOUGH = 128;

/** The average of the pixels that share one of the 16 × 16 × 16 boxes of RGB. */
interface ColourBox {
  readonly ink: Ink;
  /** Share of all opaque pixels, 0 to 1. */
  readonly area: number;
}

interface HueBin {
  readonly boxes: readonly ColourBox[];
  readonly area: number;
  /** Mean chroma, weighted by area. */
  readonly chroma: number;
  /** Area × chroma, the chroma capped. */
  readonly weight: number;
}

const average = (boxes: readonly ColourBox[], area: number): number =>
  area === 0 ? 0 : boxes.reduce((sum, box) => sum + box.ink.chroma * box.area, 0) / area;

function colourBoxes(rgba: Uint8Array | Uint8ClampedArray, pixels: number): readonly ColourBox[] {
  const sums = new Map<number, { count: number; red: number; green: number; blue: number }>();
  let opaque = 0;
  for (let offset = 0; offset < pixels * 4; offset += 4) {
    const red = rgba[offset] ?? 0;
    const green = rgba[offset + 1] ?? 0;
    const blue = rgba[offset + 2] ?? 0;
    if ((rgba[offset + 3] ?? 0) < OPAQUE_ENOUGH) continue;
    opaque += 1;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { count: 1, red, green, blue });
    else {
      sum.count += 1;
      sum.red += red;
      sum.green += green;
      sum.blue += blue;
    }
  }
  return [...sums.values()]
    .map((sum) => ({
      ink: inkOfRgb(sum.red / sum.count, sum.green / sum.count, sum.blue / sum.count),
      area: sum.count / opaque,
    }))
    .filter(({ ink }) => ink.chroma >= MINIMUM_CHROMA && ink.lightness <= MAXIMUM_LIGHTNESS);
}

function hueBins(boxes: readonly ColourBox[]): readonly HueBin[] {
  const members: ColourBox[][] = Array.from({ length: HUE_BINS }, () => []);
  for (const box of boxes) members[Math.floor((box.ink.hue / 360) * HUE_BINS) % HUE_BINS]?.push(box);
  return members.map((inBin) => {
    const area = inBin.reduce((sum, box) => sum + box.area, 0);
    const weight = inBin.reduce((sum, box) => sum + box.area * Math.min(box.ink.chroma, CHROMA_CEILING), 0);
    return { boxes: inBin, area, chroma: average(inBin, area), weight };
  });
}

/** A bin counts half of its neighbours, so that a hue on the border of two bins is not split in half. */
const withNeighbours = (bins: readonly HueBin[], index: number): number =>
  (bins[index]?.weight ?? 0) +
  ((bins[(index + 1) % HUE_BINS]?.weight ?? 0) + (bins[(index + HUE_BINS - 1) % HUE_BINS]?.weight ?? 0)) / 2;

const highest = <Item>(items: readonly Item[], score: (item: Item) => number): Item | null =>
  items.reduce<{ item: Item | null; score: number }>(
    (best, item) => {
      const own = score(item);
      return own > best.score ? { item, score: own } : best;
    },
    { item: null, score: Number.NEGATIVE_INFINITY },
  ).item;

const representativeOf = (bin: HueBin): ColourBox | null => {
  const light = bin.boxes.filter(({ ink }) => ink.lightness > MINIMUM_SPARK_LIGHTNESS);
  return highest(
    light.length > 0 ? light : bin.boxes,
    ({ ink, area }) => Math.sqrt(area) * ink.chroma * (1 - 0.8 * Math.abs(ink.lightness - 0.66)),
  );
};

/**
 * The two inks of a cover.
 *
 * @param rgba four bytes a pixel, row by row, not premultiplied; sample covers at {@link PALETTE_SAMPLE_PIXELS}.
 * @returns null when no colour is left to take: a grey cover.
 * @throws RangeError when there are fewer bytes than the size needs.
 */
export function paletteOf(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): CoverPalette | null {
  if (rgba.length < width * height * 4) {
    throw new RangeError(`${width} × ${height} pixels need ${width * height * 4} bytes, got ${rgba.length}`);
  }
  const bins = hueBins(colourBoxes(rgba, width * height));
  const scored = bins.map((bin, index) => ({ bin, weight: withNeighbours(bins, index) }));
  const filled = scored.filter(({ bin }) => bin.boxes.length > 0);
  const groundBin = highest(filled, ({ weight }) => weight);
  if (groundBin === null) return null;
  const sparkBin =
    highest(
      filled.filter(({ bin }) => bin.area >= MINIMUM_SPARK_AREA),
      ({ bin, weight }) => weight ** 0.14 * (0.3 + 6 * bin.chroma),
    ) ?? groundBin;
  const ground = representativeOf(groundBin.bin);
  const spark = representativeOf(sparkBin.bin);
  return ground === null || spark === null ? null : { ground: ground.ink, spark: spark.ink };
}
