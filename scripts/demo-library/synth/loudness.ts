import type { Filter } from './filters.ts';
import { biquad, chain } from './filters.ts';
import type { Stereo } from './sound.ts';
import { SAMPLE_RATE } from './sound.ts';

/**
 * K-weighting of ITU-R BS.1770-4, its two stages re-derived for our sample rate from the analogue
 * prototypes (as in libebur128).
 */
function kWeighting(): Filter {
  const shelfCorner = Math.tan((Math.PI * 1681.974450955533) / SAMPLE_RATE);
  const shelfQuality = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfScale = 1 + shelfCorner / shelfQuality + shelfCorner * shelfCorner;
  const shelf = biquad({
    b0: (high + (band * shelfCorner) / shelfQuality + shelfCorner * shelfCorner) / shelfScale,
    b1: (2 * (shelfCorner * shelfCorner - high)) / shelfScale,
    b2: (high - (band * shelfCorner) / shelfQuality + shelfCorner * shelfCorner) / shelfScale,
    a1: (2 * (shelfCorner * shelfCorner - 1)) / shelfScale,
    a2: (1 - shelfCorner / shelfQuality + shelfCorner * shelfCorner) / shelfScale,
  });
  const rumbleCorner = Math.tan((Math.PI * 38.13547087602444) / SAMPLE_RATE);
  const rumbleQuality = 0.5003270373238773;
  const rumbleScale = 1 + rumbleCorner / rumbleQuality + rumbleCorner * rumbleCorner;
  const rumble = biquad({
    b0: 1,
    b1: -2,
    b2: 1,
    a1: (2 * (rumbleCorner * rumbleCorner - 1)) / rumbleScale,
    a2: (1 - rumbleCorner / rumbleQuality + rumbleCorner * rumbleCorner) / rumbleScale,
  });
  return chain(shelf, rumble);
}

const HOP = Math.round(SAMPLE_RATE * 0.1);
const SILENCE_LUFS = -70;

const loudnessOf = (power: number): number => -0.691 + 10 * Math.log10(power);

/** Integrated loudness in LUFS with both gates of BS.1770-4; -Infinity for silence. */
export function integratedLoudness({ left, right }: Stereo): number {
  const hops = new Float64Array(Math.ceil(left.length / HOP));
  for (const channel of [left, right]) {
    const weight = kWeighting();
    channel.forEach((value, index) => {
      const hop = Math.floor(index / HOP);
      hops[hop] = (hops[hop] ?? 0) + weight(value) ** 2;
    });
  }
  const blocks: number[] = [];
  for (let hop = 0; hop + 4 <= hops.length; hop++) {
    const sum = hops.subarray(hop, hop + 4).reduce((total, value) => total + value, 0);
    blocks.push(sum / (4 * HOP));
  }
  const mean = (powers: readonly number[]): number =>
    powers.reduce((total, power) => total + power, 0) / powers.length;
  const audible = blocks.filter((power) => loudnessOf(power) > SILENCE_LUFS);
  if (audible.length === 0) return -Infinity;
  const threshold = loudnessOf(mean(audible)) - 10;
  return loudnessOf(mean(audible.filter((power) => loudnessOf(power) > threshold)));
}
