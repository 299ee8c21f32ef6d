// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../../contract/settings.ts';
import { EQUALISER_PRESETS } from '../../../core/playback/equaliser-presets.ts';
import { standInHost } from '../../host/host-for-tests.ts';
import { settingsStore } from '../../settings/settings-store.ts';
import { sound } from './sound.ts';
import { useEqualiser } from './use-equaliser.ts';
import { useOutputs } from './use-outputs.ts';

let kept: Settings;

beforeEach(() => {
  kept = DEFAULT_SETTINGS;
  settingsStore.setState(DEFAULT_SETTINGS, true);
  standInHost({
    'settings.change': (change: Partial<Settings>) => {
      kept = { ...kept, ...change };
      return kept;
    },
  });
});
afterEach(() => {
  cleanup();
});

/** What a hand has set is written down. */
const rest = async (): Promise<void> => {
  const before = kept;
  await act(async () => {
    sound.flush();
    await expect.poll(() => kept).not.toBe(before);
  });
};

describe('the equaliser on the screen', () => {
  it('moves one slider, leaves the others, and calls it one’s own', async () => {
    const { result } = renderHook(useEqualiser);
    expect(result.current).toMatchObject({ isOn: false, preset: 'flat', preampDb: 0 });
    act(() => result.current.choose('warm'));
    expect(result.current).toMatchObject({ isOn: true, preset: 'warm', bandsDb: EQUALISER_PRESETS.warm });
    act(() => result.current.set(5, 9));
    expect(result.current).toMatchObject({ preset: null });
    expect(result.current.bandsDb).toEqual(
      EQUALISER_PRESETS.warm.map((gainDb, band) => (band === 5 ? 9 : gainDb)),
    );
    expect(result.current.preampDb).toBeLessThan(-8.9);
    await rest();
    expect(kept.equaliser['default']).toMatchObject({ on: true, preset: null });
    expect(result.current.bandsDb[5]).toBe(9);
  });

  it('draws what is heard, and is level again after a reset', async () => {
    const { result } = renderHook(useEqualiser);
    act(() => result.current.choose('bassMore'));
    const [lowest] = result.current.curve;
    const highest = result.current.curve.at(-1);
    expect(lowest?.frequencyHz).toBeCloseTo(20, 6);
    expect(highest?.frequencyHz).toBeCloseTo(20_000, 6);
    expect(Math.max(...result.current.curve.map(({ gainDb }) => gainDb))).toBeGreaterThan(5.9);
    expect(highest?.gainDb).toBeCloseTo(0, 1);
    act(() => result.current.reset());
    expect(result.current.preset).toBe('flat');
    for (const { gainDb } of result.current.curve) expect(gainDb).toBeCloseTo(0, 6);
    act(() => result.current.setOn(false));
    expect(result.current.isOn).toBe(false);
    await rest();
    expect(kept.equaliser['default']).toMatchObject({ on: false, preset: 'flat' });
  });
});

it('offers nothing to choose where devices cannot be told apart, and keeps a choice', async () => {
  const { result } = renderHook(useOutputs);
  expect(result.current).toMatchObject({ devices: [], chosenId: null });
  act(() => result.current.choose({ id: 'h1', label: 'Headphones' }));
  expect(result.current.chosenId).toBe('h1');
  await expect.poll(() => kept.outputDeviceId).toBe('h1');
  act(() => result.current.choose(null));
  await expect.poll(() => kept.outputDeviceId).toBeNull();
});
