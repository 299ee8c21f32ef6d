import { useMemo } from 'react';
import { useStore } from 'zustand';
import {
  filterGainsDb,
  FLAT_BANDS_DB,
  heardFrequenciesHz,
  preampDb,
  responseDb,
} from '../../../core/playback/equaliser.ts';
import {
  EQUALISER_PRESETS,
  presetOf,
  type EqualiserPresetId,
} from '../../../core/playback/equaliser-presets.ts';
import { settingsStore, useSettings } from '../../settings/settings-store.ts';
import type { OutputDevice } from './output-devices.ts';
import { sound } from './sound.ts';
import { equaliserNow } from './sound-core.ts';
import { soundStore } from './sound-store.ts';

/** Points of the drawn curve, from 20 Hz to 20 kHz, evenly as ears hear them. */
const CURVE_POINTS = 121;
const CURVE_HZ = heardFrequenciesHz(CURVE_POINTS);

export interface EqualiserView {
  /** Whose equaliser this is. */
  readonly device: OutputDevice;
  readonly isOn: boolean;
  /** Null: the listener's own. */
  readonly preset: EqualiserPresetId | null;
  /** For `BAND_CENTRES_HZ`, −12 to 12. */
  readonly bandsDb: readonly number[];
  /** What is done to each frequency, as it will be heard but for the preamp. */
  readonly curve: readonly { readonly frequencyHz: number; readonly gainDb: number }[];
  /** By how much everything is lowered, 0 or less. */
  readonly preampDb: number;
  setOn(isOn: boolean): void;
  /** Moves one slider and turns the equaliser on; heard at once. */
  set(band: number, gainDb: number): void;
  choose(preset: EqualiserPresetId): void;
  reset(): void;
}

const ACTIONS: Pick<EqualiserView, 'setOn' | 'set' | 'choose' | 'reset'> = {
  setOn: (on) => sound.setEqualiser({ on }),
  set: (band, gainDb) => {
    const { bandsDb } = equaliserNow(settingsStore.getState(), soundStore.getState());
    sound.setEqualiser({ on: true, bandsDb: bandsDb.map((each, at) => (at === band ? gainDb : each)) });
  },
  choose: (preset) => sound.setEqualiser({ on: true, bandsDb: EQUALISER_PRESETS[preset] }),
  reset: () => sound.setEqualiser({ bandsDb: FLAT_BANDS_DB }),
};

/** The equaliser of the device that sounds. */
export function useEqualiser(): EqualiserView {
  const settings = useSettings((now) => now);
  const device = useStore(soundStore, ({ current }) => current);
  const draft = useStore(soundStore, (now) => now.draft);
  const rateHz = useStore(soundStore, ({ sampleRateHz }) => sampleRateHz);
  const { on, bandsDb } = equaliserNow(settings, { draft, current: device });
  return useMemo(() => {
    const gainsDb = filterGainsDb(bandsDb, rateHz);
    const drawn = responseDb(gainsDb, CURVE_HZ, rateHz);
    return {
      device,
      isOn: on,
      preset: presetOf(bandsDb),
      bandsDb,
      curve: CURVE_HZ.map((frequencyHz, index) => ({ frequencyHz, gainDb: drawn[index] ?? 0 })),
      preampDb: preampDb(gainsDb, rateHz),
      ...ACTIONS,
    };
  }, [bandsDb, device, on, rateHz]);
}
