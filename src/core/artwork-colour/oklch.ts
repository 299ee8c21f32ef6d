/**
 * Colour arithmetic between 8-bit sRGB and OKLCH (Björn Ottosson, "A perceptual color space for image processing",
 * 2020), and contrast as WCAG 2.2 defines it.
 */

/** OKLCH: lightness 0 to 1, chroma 0 to about 0.4, hue in degrees from 0 to 360. */
export interface Ink {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Linear light, 0 to 1 inside the sRGB gamut, outside it elsewhere. */
interface LinearRgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Numeric noise of the matrices; colours this far outside still round into the gamut. */
const GAMUT_TOLERANCE = 0.0001;

const toLinear = (channel: number): number => {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const toChannel = (linear: number): number => {
  const value = Math.min(1, Math.max(0, linear));
  const encoded = value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
};

const linearOf = ({ lightness, chroma, hue }: Ink): LinearRgb => {
  const radians = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(radians);
  const b = chroma * Math.sin(radians);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    red: 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    green: -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    blue: -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  };
};

const inside = (value: number): boolean => value >= -GAMUT_TOLERANCE && value <= 1 + GAMUT_TOLERANCE;

/** The OKLCH of an sRGB colour given by its channels, 0 to 255 (fractions allowed). */
export function inkOfRgb(red: number, green: number, blue: number): Ink {
  const linearRed = toLinear(red);
  const linearGreen = toLinear(green);
  const linearBlue = toLinear(blue);
  const long = Math.cbrt(0.4122214708 * linearRed + 0.5363325363 * linearGreen + 0.0514459929 * linearBlue);
  const medium = Math.cbrt(0.2119034982 * linearRed + 0.6806995451 * linearGreen + 0.1073969566 * linearBlue);
  const short = Math.cbrt(0.0883024619 * linearRed + 0.2817188376 * linearGreen + 0.6299787005 * linearBlue);
  const lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  return { lightness, chroma: Math.hypot(a, b), hue: degrees < 0 ? degrees + 360 : degrees };
}

/** The OKLCH of `#rrggbb`. */
export function inkOfHex(hex: string): Ink {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return inkOfRgb((value >> 16) & 255, (value >> 8) & 255, value & 255);
}

/** Whether sRGB can show this colour. */
export function isInGamut(ink: Ink): boolean {
  const { red, green, blue } = linearOf(ink);
  return inside(red) && inside(green) && inside(blue);
}

/** The same lightness and hue with as much of the chroma as sRGB can show. */
export function intoGamut(ink: Ink): Ink {
  if (isInGamut(ink)) return ink;
  let low = 0;
  let high = ink.chroma;
  while (high - low > 0.0005) {
    const middle = (low + high) / 2;
    if (isInGamut({ ...ink, chroma: middle })) low = middle;
    else high = middle;
  }
  return { ...ink, chroma: low };
}

/** `#rrggbb` of the nearest colour sRGB can show (see {@link intoGamut}). */
export function hexOf(ink: Ink): string {
  const { red, green, blue } = linearOf(intoGamut(ink));
  return `#${[red, green, blue].map((value) => toChannel(value).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
export function luminanceOf(hex: string): number {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return (
    0.2126 * toLinear((value >> 16) & 255) +
    0.7152 * toLinear((value >> 8) & 255) +
    0.0722 * toLinear(value & 255)
  );
}

/** Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2). */
export function contrastOf(one: string, other: string): number {
  const first = luminanceOf(one);
  const second = luminanceOf(other);
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

/** The angle between two hues, 0 to 180 degrees. */
export function hueDistance(one: number, other: number): number {
  const difference = Math.abs(one - other) % 360;
  return difference > 180 ? 360 - difference : difference;
}
