import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BAND_CENTRES_HZ,
  filterGainsDb,
  FLAT_BANDS_DB,
  heardFrequenciesHz,
  preampDb,
  responseDb,
} from '../../src/core/playback/equaliser.ts';
import { EQUALISER_PRESET_IDS, EQUALISER_PRESETS } from '../../src/core/playback/equaliser-presets.ts';
import type { SoundSettings } from '../../src/renderer/playback/sound/sound-chain.ts';
import type { RenderRequest } from './sound-lab.ts';
import { browserIsHere, openSoundPage, type SoundPage } from './sound-page.ts';

const RATE_HZ = 44_100;
const OFF: SoundSettings = { mono: false, bandsDb: null };
const BASS: SoundSettings = { mono: false, bandsDb: EQUALISER_PRESETS.bassMore };

let sound: SoundPage;

const encode = (samples: readonly number[]): string =>
  Buffer.from(Float32Array.from(samples).buffer).toString('base64');

const decode = (text: string): readonly number[] => {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return [...new Float32Array(bytes.buffer)];
};

const render = async (
  channels: readonly (readonly number[])[],
  changes: RenderRequest['changes'],
): Promise<readonly (readonly number[])[]> => {
  const request = { sampleRateHz: RATE_HZ, channels: channels.map(encode), changes };
  const heard = await sound.page.evaluate((given) => window.soundLab.render(given), request);
  return heard.map(decode);
};

const from = (settings: SoundSettings): RenderRequest['changes'] => [{ atS: 0, settings }];

const sine = (frequencyHz: number, seconds: number, amplitude = 0.5): readonly number[] =>
  Array.from({ length: Math.round(seconds * RATE_HZ) }, (_, index) =>
    Math.fround(amplitude * Math.sin((2 * Math.PI * frequencyHz * index) / RATE_HZ)),
  );

/** The same each time; the seed makes channels that have nothing to do with each other. */
const noise = (seed: number, seconds: number, amplitude = 0.5): readonly number[] => {
  let state = seed;
  return Array.from({ length: Math.round(seconds * RATE_HZ) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(amplitude * (state / 2 ** 31 - 1));
  });
};

const levelDb = (samples: readonly number[]): number =>
  10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

const largestStep = (samples: readonly number[]): number =>
  samples.reduce(
    (largest, sample, index) => Math.max(largest, Math.abs(sample - (samples[index - 1] ?? 0))),
    0,
  );

describe.skipIf(!browserIsHere)('the sound chain in Chromium', () => {
  beforeAll(async () => {
    sound = await openSoundPage('tests/sound/sound-lab.ts');
  });
  afterAll(() => sound.close());

  it('leaves every sample as it came while nothing is set', async () => {
    const channels = [noise(1, 0.2), noise(2, 0.2)];
    expect(await render(channels, [])).toEqual(channels);
    expect(await render(channels, from({ mono: false, bandsDb: FLAT_BANDS_DB }))).toEqual(channels);
  });

  it('leaves every sample as it came again once what was set is undone', async () => {
    const channels = [noise(1, 0.6), noise(2, 0.6)];
    const heard = await render(channels, [
      { atS: 0.1, settings: { ...BASS, mono: true } },
      { atS: 0.3, settings: OFF },
    ]);
    const whileSet = Math.round(0.2 * RATE_HZ);
    expect(heard[0]?.slice(whileSet, whileSet + 100)).not.toEqual(
      channels[0]?.slice(whileSet, whileSet + 100),
    );
    const undone = Math.round(0.4 * RATE_HZ);
    expect(heard.map((samples) => samples.slice(undone))).toEqual(
      channels.map((samples) => samples.slice(undone)),
    );
  });

  it('gives both ears the mean of both channels in mono', async () => {
    const [left, right] = [noise(1, 0.2, 1), noise(2, 0.2, 1)];
    const settled = Math.round(0.1 * RATE_HZ);
    const mean = left.map((sample, index) => Math.fround((sample + (right[index] ?? 0)) / 2)).slice(settled);
    const heard = await render([left, right], from({ mono: true, bandsDb: null }));
    for (const ear of heard) {
      for (const [index, sample] of ear.slice(settled).entries()) {
        expect(Math.abs(sample - (mean[index] ?? 0))).toBeLessThan(1e-6);
      }
    }
  });

  it('plays six channels in mono as loud as two loudspeakers would have them on average', async () => {
    const channels = [1, 2, 3, 4, 5, 6].map((seed) => noise(seed, 0.2, 0.1));
    const settled = Math.round(0.1 * RATE_HZ);
    const [left = [], right = []] = await render(channels, []);
    const [mono = []] = await render(channels, from({ mono: true, bandsDb: null }));
    for (const [index, sample] of mono.slice(settled).entries()) {
      const mean = ((left[settled + index] ?? 0) + (right[settled + index] ?? 0)) / 2;
      expect(Math.abs(sample - mean)).toBeLessThan(1e-6);
    }
  });

  it.each([44_100, 48_000, 96_000])('does what is drawn, within 0.1 dB, at %i Hz', async (sampleRateHz) => {
    const frequenciesHz = heardFrequenciesHz(120);
    const settings = [
      ...EQUALISER_PRESET_IDS.map((id) => EQUALISER_PRESETS[id]),
      BAND_CENTRES_HZ.map((_, band) => (band % 2 === 0 ? 12 : -12)),
    ];
    const told = await sound.page.evaluate(
      ([all, frequencies, rate]) => all.map((bands) => window.soundLab.response(bands, frequencies, rate)),
      [settings, frequenciesHz, sampleRateHz] as const,
    );
    for (const [index, bandsDb] of settings.entries()) {
      const drawn = responseDb(filterGainsDb(bandsDb, sampleRateHz), frequenciesHz, sampleRateHz);
      for (const [at, gainDb] of drawn.entries()) {
        expect(Math.abs(gainDb - (told[index]?.[at] ?? Number.NaN))).toBeLessThan(0.1);
      }
    }
  });

  it('is heard as the sliders say, lowered by the preamp', async () => {
    const bandsDb = EQUALISER_PRESETS.voice;
    const preamp = preampDb(filterGainsDb(bandsDb, RATE_HZ), RATE_HZ);
    const settled = Math.round(0.3 * RATE_HZ);
    for (const [band, centreHz] of [...BAND_CENTRES_HZ.entries()].slice(2)) {
      const tone = sine(centreHz, 0.5, 0.4);
      const [heard = []] = await render([tone], from({ mono: false, bandsDb }));
      const changeDb = levelDb(heard.slice(settled)) - levelDb(tone.slice(settled));
      expect(Math.abs(changeDb - (bandsDb[band] ?? 0) - preamp)).toBeLessThan(0.1);
    }
  });

  it('never clips, not even what was mastered into clipping', async () => {
    let drift = 0;
    const clipped = noise(3, 1.5, 1).map((sample, index) => {
      drift = 0.97 * drift + 0.6 * sample;
      return Math.fround(Math.max(-1, Math.min(1, drift * (index % 20_000 < 8_000 ? 4 : 0.15))));
    });
    const settings = [
      EQUALISER_PRESETS.voice,
      BAND_CENTRES_HZ.map(() => 12),
      BAND_CENTRES_HZ.map((_, band) => (band < 3 ? -12 : 0)),
      BAND_CENTRES_HZ.map((_, band) => (band % 2 === 0 ? 12 : -12)),
    ];
    for (const bandsDb of settings) {
      const [heard = []] = await render([clipped], from({ mono: false, bandsDb }));
      expect(heard.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)).toBeLessThanOrEqual(1);
    }
  });

  it('clicks at no change', async () => {
    const tone = sine(200, 1);
    const heard = await render(
      [tone],
      [
        { atS: 0.1, settings: BASS },
        { atS: 0.3, settings: { mono: false, bandsDb: EQUALISER_PRESETS.bassLess } },
        { atS: 0.5, settings: { mono: true, bandsDb: EQUALISER_PRESETS.bassLess } },
        { atS: 0.7, settings: OFF },
      ],
    );
    // Nothing is boosted over what went in, so nothing may be steeper either; a hard cut of this tone is 35 times as steep.
    for (const ear of heard) expect(largestStep(ear)).toBeLessThan(1.1 * largestStep(tone));
  });

  it('ends up as was said last, however quickly it was said', async () => {
    const channels = [noise(1, 0.6), noise(2, 0.6)];
    const heard = await render(channels, [
      { atS: 0.1, settings: BASS },
      { atS: 0.11, settings: OFF },
      { atS: 0.12, settings: { mono: true, bandsDb: null } },
      { atS: 0.13, settings: OFF },
      { atS: 0.3, settings: OFF },
    ]);
    const settled = Math.round(0.4 * RATE_HZ);
    expect(heard.map((samples) => samples.slice(settled))).toEqual(
      channels.map((samples) => samples.slice(settled)),
    );
  });
});
