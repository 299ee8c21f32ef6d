import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EqualiserSetting } from './equaliser-memory.ts';
import { SYSTEM_OUTPUT, type OutputDevice, type OutputsView } from './output-devices.ts';

export interface SoundSnapshot extends OutputsView {
  /** What a hand is setting right now, heard at once and not kept yet. */
  readonly draft: { readonly device: OutputDevice; readonly setting: EqualiserSetting } | null;
  /** Of the device, once it was opened; for drawing until then. */
  readonly sampleRateHz: number;
}

export type SoundStore = StoreApi<SoundSnapshot>;

const USUAL_RATE_HZ = 44_100;

export const createSoundStore = (): SoundStore =>
  createStore<SoundSnapshot>(() => ({
    devices: [],
    current: SYSTEM_OUTPUT,
    isBack: false,
    draft: null,
    sampleRateHz: USUAL_RATE_HZ,
  }));

/** The window's own. Written by `sound` alone. */
export const soundStore = createSoundStore();
