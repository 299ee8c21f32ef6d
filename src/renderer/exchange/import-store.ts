import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ImportState } from '../../contract/exchange.ts';
import { host, subscribe } from '../host/host-client.ts';
import { queryClient } from '../host/queries.ts';

/** What questions about the report begin their keys with. */
export const REPORT_KEY = 'import-report';

/** What the host last said of the import; null before it said anything. */
export const importStore = createStore<{ readonly state: ImportState | null }>(() => ({ state: null }));

export const useImport = (): ImportState | null => useStore(importStore, ({ state }) => state);

/** Takes what the host says; the report on screen is asked for again when it may be another one. */
export function takeImport(state: ImportState): void {
  importStore.setState({ state });
  if (state.state === 'matched') void queryClient.invalidateQueries({ queryKey: [REPORT_KEY] });
  else queryClient.removeQueries({ queryKey: [REPORT_KEY] });
}

/** Reads how the import stands and follows it. Gives its own unsubscribe. */
export async function followImport(onFailure: (failure: unknown) => void): Promise<() => void> {
  const stop = subscribe('import', takeImport);
  try {
    takeImport(await host.exchange.get());
  } catch (failure) {
    onFailure(failure);
  }
  return stop;
}
