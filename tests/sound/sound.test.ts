import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/contract/settings.ts';
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

const largestDifference = (some: readonly number[], others: readonly number[]): number =>
  some.reduce(
    (largest, sample, index) => Math.max(largest, Math.abs(sample - (others[index] ?? Number.NaN))),
    0,
  );

const largestStep = (samples: readonly number[]): number =>
  samples.reduce(
    (largest, sample, index) => Math.max(largest, Math.abs(sample - (samples[index - 1] ?? 0))),
    0,
  );

beforeAll(async () => {
  if (browserIsHere) sound = await openSoundPage('tests/sound/sound-lab.ts');
});
afterAll(async () => {
  if (browserIsHere) await sound.close();
});

describe.skipIf(!browserIsHere)('the sound chain in Chromium', () => {
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
    for (const ear of heard) expect(largestDifference(ear.slice(settled), mean)).toBeLessThan(1e-6);
  });

  it('plays six channels in mono as loud as two loudspeakers would have them on average', async () => {
    const channels = [1, 2, 3, 4, 5, 6].map((seed) => noise(seed, 0.2, 0.1));
    const settled = Math.round(0.1 * RATE_HZ);
    const [left = [], right = []] = await render(channels, []);
    const [mono = []] = await render(channels, from({ mono: true, bandsDb: null }));
    const mean = left.map((sample, index) => (sample + (right[index] ?? 0)) / 2);
    expect(largestDifference(mono.slice(settled), mean.slice(settled))).toBeLessThan(1e-6);
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
    for (const [band, centreHz] of [...BAND_CENTRES_HZ.entries()].filter(
      ([band]) => band % 2 === 1 && band > 1,
    )) {
      const tone = sine(centreHz, 0.5, 0.4);
      const [heard = []] = await render([tone], from({ mono: false, bandsDb }));
      const changeDb = levelDb(heard.slice(settled)) - levelDb(tone.slice(settled));
      expect(Math.abs(changeDb - (bandsDb[band] ?? 0) - preamp)).toBeLessThan(0.1);
    }
  });

  it('never clips, not even what was mastered into clipping', async () => {
    let drift = 0;
    const clipped = noise(3, 0.8, 1).map((sample, index) => {
      drift = 0.97 * drift + 0.6 * sample;
      return Math.fround(Math.max(-1, Math.min(1, drift * (index % 10_000 < 4_000 ? 4 : 0.15))));
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

const reading = () =>
  sound.page.evaluate(() => {
    const { living } = window.soundLab;
    if (living === null) throw new Error('Nothing plays.');
    return { ...living.read(), heard: living.stateChanges, notices: living.notices };
  });

const levelIs = (wantedDb: number): Promise<void> =>
  vi.waitFor(async () => expect(Math.abs((await reading()).levelDb - wantedDb)).toBeLessThan(0.2), {
    timeout: 20_000,
    interval: 20,
  });

const change = (to: Partial<Settings>): Promise<void> =>
  sound.page.evaluate((given) => window.soundLab.living?.change(given), to);

/** The name of a device is all that is known here; its id is the browser's secret. */
const choose = async (label: string): Promise<string> => {
  const id = await sound.page.evaluate(async (wanted) => {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.find((device) => device.kind === 'audiooutput' && device.label === wanted)?.deviceId;
  }, label);
  if (id === undefined) throw new Error(`There is no ${label}.`);
  await change({ outputDeviceId: id });
  return id;
};

const playsThrough = (id: string): Promise<void> =>
  vi.waitFor(async () => expect((await reading()).sinkId).toBe(id), { timeout: 20_000, interval: 20 });

describe.skipIf(!browserIsHere)('the sound of a running context in Chromium', () => {
  let names: readonly string[];

  beforeEach(async () => {
    await sound.page.evaluate((settings) => window.soundLab.play(settings), DEFAULT_SETTINGS);
    await levelIs(-23);
    names = await sound.page.evaluate(() => window.soundLab.living?.devices() ?? []);
  });

  it('follows a hand on the sliders', async () => {
    await sound.page.evaluate(
      (bandsDb) => window.soundLab.living?.sound.setEqualiser({ on: true, bandsDb }),
      EQUALISER_PRESETS.quiet,
    );
    const preamp = preampDb(filterGainsDb(EQUALISER_PRESETS.quiet, 44_100), 44_100);
    await levelIs(-23 + (EQUALISER_PRESETS.quiet[BAND_CENTRES_HZ.indexOf(1000)] ?? 0) + preamp);
    await sound.page.evaluate(() => window.soundLab.living?.sound.setEqualiser({ on: false }));
    await levelIs(-23);
    expect((await reading()).notices).toEqual([]);
  });

  it('goes to the device that was chosen, back when that is gone, and there again when it is asked to, without stopping for anybody', async () => {
    const label = names.find((name) => !name.includes('Default')) ?? '';
    const id = await choose(label);
    await playsThrough(id);
    await sound.page.evaluate(
      (left) => window.soundLab.living?.leave(left),
      names.filter((name) => name !== label),
    );
    await playsThrough('');
    expect((await reading()).notices).toEqual([{ kind: 'output_lost', label }]);
    await sound.page.evaluate((all) => window.soundLab.living?.leave(all), names);
    await expect.poll(async () => (await reading()).notices.at(-1)).toEqual({ kind: 'output_back', label });
    await playsThrough('');
    await sound.page.evaluate(() => window.soundLab.living?.sound.takeBackOutput());
    await playsThrough(id);
    await levelIs(-23);
    expect(await reading()).toMatchObject({
      notices: [
        { kind: 'output_lost', label },
        { kind: 'output_back', label },
      ],
      heard: [],
    });
  });
});
