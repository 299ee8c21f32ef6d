import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts';
import { host, subscribe } from '../host/host-client.ts';

/** What the host last said the settings are. */
export const settingsStore = createStore<Settings>(() => DEFAULT_SETTINGS);

export function useSettings<Part>(select: (settings: Settings) => Part): Part {
  return useStore(settingsStore, select);
}

/**
 * Changes settings. The window shows the change at once; the host's answer is what stands.
 *
 * @throws HostFailure when it could not be kept; the old values are then back on screen.
 */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = settingsStore.getState();
  settingsStore.setState(change);
  try {
    settingsStore.setState(await host.settings.change(change), true);
  } catch (failure) {
    settingsStore.setState(before, true);
    throw failure;
  }
}

/** Reads the settings and follows them. Without an answer the window starts with the defaults. */
export async function followSettings(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('settings', (settings) => settingsStore.setState(settings, true));
  try {
    settingsStore.setState(await host.settings.get(), true);
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
