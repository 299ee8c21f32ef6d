import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { UpdateState } from '../../contract/update.ts';
import { host, subscribe } from '../host/host-client.ts';

/** What the host last said of updates. */
export const updateStore = createStore<{ readonly update: UpdateState }>(() => ({
  update: { state: 'idle', checkedAt: null },
}));

export const useUpdate = (): UpdateState => useStore(updateStore, ({ update }) => update);

export const takeUpdate = (update: UpdateState): void => updateStore.setState({ update });

/** Reads how updates stand, and follows that. Gives its own stop. */
export async function followUpdates(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('update', takeUpdate);
  try {
    takeUpdate(await host.update.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
