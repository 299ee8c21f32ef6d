import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { settingsSchema, type Settings } from '../../../contract/settings.ts';
import { FLAT_BANDS_DB } from '../../../core/playback/equaliser.ts';
import { EQUALISER_PRESETS } from '../../../core/playback/equaliser-presets.ts';
import { createSound, equaliserNow, type SoundNotice } from './sound-core.ts';
import { createSoundStore } from './sound-store.ts';
import { FakeDevices, settingsWith } from './test-devices.ts';

const AFTER_THE_HAND_RESTS_MS = 1000;

let kept: Settings[];
let notices: SoundNotice[];
let diskFull: boolean;
let devices: FakeDevices;

const openSound = (before: Partial<Settings> = {}) => {
  const settings = createStore<Settings>(() => settingsWith(before));
  const store = createSoundStore();
  const failures: unknown[] = [];
  const sound = createSound({
    settings,
    keep: async (change) => {
      await Promise.resolve();
      if (diskFull) throw new Error('no space');
      settings.setState(settingsSchema.parse({ ...settings.getState(), ...change }), true);
      kept.push(settings.getState());
    },
    devices,
    store,
    notify: (notice) => notices.push(notice),
    onFailed: (cause) => failures.push(cause),
  });
  sound.start();
  return { sound, settings, store, failures, now: () => equaliserNow(settings.getState(), store.getState()) };
};

const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(AFTER_THE_HAND_RESTS_MS);

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
  notices = [];
  diskFull = false;
  devices = new FakeDevices();
  devices.plug('Headphones', 'Monitor');
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the equaliser of a device', () => {
  it('is off and flat until somebody touches it', () => {
    expect(openSound().now()).toMatchObject({ on: false, bandsDb: FLAT_BANDS_DB });
  });

  it('shows a slider at once and is written down once the hand rests', async () => {
    const { sound, now } = openSound();
    for (const gainDb of [1, 2, 3.04]) {
      sound.setEqualiser({ on: true, bandsDb: [gainDb, 0, 0, 0, 0, 0, 0, 0, 0, 99] });
      expect(now().bandsDb[0]).toBeCloseTo(gainDb, 1);
    }
    expect(kept).toHaveLength(0);
    await rest();
    expect(kept).toHaveLength(1);
    expect(kept[0]?.equaliser).toEqual({
      default: { on: true, preset: null, bandsDb: [3, 0, 0, 0, 0, 0, 0, 0, 0, 12], label: '' },
    });
    expect(now()).toMatchObject({ on: true });
  });

  it('is a memory for each device', async () => {
    const { sound, settings, store, now } = openSound();
    sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS.bassMore });
    await rest();
    settings.setState({ outputDeviceId: 'Headphones' });
    await rest();
    expect(store.getState().current.label).toBe('Headphones');
    expect(now()).toMatchObject({ on: false });
    sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS.quiet });
    await rest();
    expect(now()).toMatchObject({ on: true, preset: 'quiet', label: 'Headphones' });
    devices.plug('Monitor');
    await rest();
    expect(now()).toMatchObject({ on: true, preset: 'bassMore' });
    expect(notices).toEqual([{ kind: 'output_lost', label: 'Headphones' }]);
  });

  it('belongs to the device it was set for, though that goes before the hand rests', async () => {
    const { sound, now } = openSound({ outputDeviceId: 'Headphones' });
    await rest();
    sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS.voice });
    devices.plug('Monitor');
    await rest();
    expect(kept[0]?.equaliser).toMatchObject({ Headphones: { preset: 'voice' } });
    expect(now()).toMatchObject({ on: false });
  });

  it('is found by the device’s name when the browser gave it another id', async () => {
    const setting = { on: true, preset: 'warm', bandsDb: EQUALISER_PRESETS.warm, label: 'Headphones' };
    const { sound, now, settings } = openSound({
      outputDeviceId: 'Headphones',
      equaliser: { 'an older id': setting },
    });
    await rest();
    expect(now()).toEqual(setting);
    sound.setEqualiser({ on: false });
    await rest();
    expect(settings.getState().equaliser).toEqual({ Headphones: { ...setting, on: false } });
  });

  it('names a device that is missing at the start as it was called when it was last set', async () => {
    const setting = { on: true, preset: 'warm', bandsDb: EQUALISER_PRESETS.warm, label: 'Turntable' };
    openSound({ outputDeviceId: 't1', equaliser: { t1: setting } });
    await rest();
    expect(notices).toEqual([{ kind: 'output_lost', label: 'Turntable' }]);
  });

  it('goes back to what it was, and says so, when it cannot be written down', async () => {
    const { sound, now, failures } = openSound();
    diskFull = true;
    sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS.bright });
    expect(now()).toMatchObject({ on: true });
    await rest();
    expect(now()).toMatchObject({ on: false, bandsDb: FLAT_BANDS_DB });
    expect(notices).toEqual([{ kind: 'equaliser_not_kept' }]);
    expect(failures).toHaveLength(1);
  });

  it('is written down at once when the window goes', async () => {
    const { sound } = openSound();
    sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS.bright });
    sound.dispose();
    await vi.advanceTimersByTimeAsync(0);
    expect(kept[0]?.equaliser).toMatchObject({ default: { preset: 'bright' } });
  });
});
