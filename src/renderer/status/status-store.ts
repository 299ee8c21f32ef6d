import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { HostStatus } from '../../contract/host-api.ts';
import { host, subscribe } from '../host/host-client.ts';

const UNKNOWN: HostStatus = {
  service: { state: 'unknown' },
  cache: { tracks: 0, bytes: 0, limitBytes: 0, failure: null },
  pinned: { tracks: 0, bytes: 0, limitBytes: null },
  storage: { folder: '', freeBytes: null, moving: null, key: 'system' },
  playable: { tracks: 0, durationMs: 0 },
  isMetered: null,
};

/** What the host last said about service and cache. */
export const statusStore = createStore<HostStatus>(() => UNKNOWN);

export function useStatus<Part>(select: (status: HostStatus) => Part): Part {
  return useStore(statusStore, select);
}

let whenReachable: () => void = () => undefined;

/** Takes a status however it came: pushed, or in answer to something. That the service is back is noticed either way. */
export function takeStatus(status: HostStatus): void {
  const wasUnreachable = statusStore.getState().service.state === 'unreachable';
  statusStore.setState(status, true);
  if (wasUnreachable && status.service.state === 'reachable') whenReachable();
}

/** Follows the host's status; `onReachable` is told each time the service answers again after it did not. */
export async function followStatus(
  onReachable: () => void,
  onFailure: (failure: unknown) => void,
): Promise<() => void> {
  whenReachable = onReachable;
  const stop = subscribe('status', takeStatus);
  try {
    takeStatus(await host.status.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}

/** "Try again": asks the service now. Throws HostFailure when the host itself does not answer. */
export async function checkService(): Promise<HostStatus> {
  const status = await host.status.check();
  takeStatus(status);
  return status;
}
