import { useStore } from 'zustand';
import { useSettings } from '../../settings/settings-store.ts';
import { useChangeSettings } from '../../settings/use-change-settings.ts';
import type { OutputDevice, OutputsView } from './output-devices.ts';
import { sound } from './sound.ts';
import { soundStore } from './sound-store.ts';

export interface OutputsChoice extends OutputsView {
  /** What was chosen, there or not; null: the system's own. */
  readonly chosenId: string | null;
  choose(device: OutputDevice | null): void;
  takeBack(): void;
}

/** Where the sound can come out. No devices: it is not up to the window, and there is nothing to choose. */
export function useOutputs(): OutputsChoice {
  const devices = useStore(soundStore, (now) => now.devices);
  const current = useStore(soundStore, (now) => now.current);
  const isBack = useStore(soundStore, (now) => now.isBack);
  const chosenId = useSettings(({ outputDeviceId }) => outputDeviceId);
  const change = useChangeSettings();
  return {
    devices,
    current,
    isBack,
    chosenId,
    choose: (device) => change({ outputDeviceId: device?.id ?? null }),
    takeBack: () => sound.takeBackOutput(),
  };
}
