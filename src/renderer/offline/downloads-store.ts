import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Downloads } from '../../contract/offline.ts';
import { host, subscribe } from '../host/host-client.ts';

const NOTHING_KEPT: Downloads = {
  pins: [],
  lease: { state: 'none' },
  isPaused: false,
  bytesPerSecond: null,
  remainingMs: null,
  waitingTracks: 0,
};

/** What the host last said about kept music. */
export const downloadsStore = createStore<Downloads>(() => NOTHING_KEPT);

export function useDownloads<Part>(select: (downloads: Downloads) => Part): Part {
  return useStore(downloadsStore, select);
}

/** Reads what is kept and follows it. Gives its own unsubscribe. */
export async function followDownloads(onFailure: (failure: unknown) => void): Promise<() => void> {
  const take = (downloads: Downloads): void => downloadsStore.setState(downloads, true);
  const stop = subscribe('downloads', take);
  try {
    take(await host.downloads.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
