import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../src/contract/settings.ts';
import { BAND_CENTRES_HZ, filterGainsDb, preampDb } from '../../src/core/playback/equaliser.ts';
import { EQUALISER_PRESETS } from '../../src/core/playback/equaliser-presets.ts';
import { browserIsHere, openSoundPage, type SoundPage } from './sound-page.ts';

let sound: SoundPage;
let names: readonly string[];

const reading = () =>
  sound.page.evaluate(() => {
    const { living } = window.soundLab;
    if (living === null) throw new Error('Nothing plays.');
    return { ...living.read(), heard: living.stateChanges, notices: living.notices };
  });

const levelIs = (wantedDb: number): Promise<void> =>
  vi.waitFor(async () => expect(Math.abs((await reading()).levelDb - wantedDb)).toBeLessThan(0.2), {
    timeout: 5000,
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
  vi.waitFor(async () => expect((await reading()).sinkId).toBe(id), { timeout: 5000, interval: 20 });

describe.skipIf(!browserIsHere)('the sound of a running context in Chromium', () => {
  beforeAll(async () => {
    sound = await openSoundPage('tests/sound/sound-lab.ts');
  });
  afterAll(() => sound.close());

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

  it('goes to the device that was chosen, back when that is gone, and there again, without stopping for anybody', async () => {
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
