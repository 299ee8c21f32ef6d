import type { UpdateState, UpdateUnsupported } from '../../contract/update.ts';
import type { Updates } from './updates.ts';

/** No updates here, and why. Asks nobody anything. */
export const createNoUpdates = (because: UpdateUnsupported): Updates => {
  const state: UpdateState = { state: 'unsupported', because };
  const get = async (): Promise<UpdateState> => state;
  return {
    api: {
      get,
      check: get,
      download: get,
      install: get,
      skip: get,
      acknowledge: get,
      usable: async () => undefined,
    },
    snapshot: () => state,
    settingsChanged: () => undefined,
    close: async () => undefined,
  };
};
