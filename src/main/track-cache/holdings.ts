import type { Quality } from '../../core/entitlement/entitlement.ts';
import { higherQuality } from '../../core/entitlement/wanted-quality.ts';
import { HostFailure } from '../../contract/host-error.ts';
import type { AudioStore } from './audio-store.ts';
import type { Holding } from './cache-contract.ts';
import type { Fetches } from './fetches.ts';

/** The store in use: another one after the folder or the key has changed. */
export interface Holdings {
  readonly store: () => AudioStore;
  hasKey(): boolean;
  replace(store: AudioStore | null): void;
  holding(trackId: string, fetches: Pick<Fetches, 'running'>): Holding | null;
  wholeTracks(): readonly string[];
}

const refuse = async (): Promise<never> => {
  throw new HostFailure('storage_failed', 'there is no key to seal audio with');
};

/** Stands in while there is no key: nothing is here, and nothing can be written. */
const NO_STORE: AudioStore = {
  ready: Promise.resolve(),
  entries: () => [],
  entry: () => null,
  entryOf: () => null,
  fileOf: (trackId, { sha256, bytes, contentType, audio, goodFor }) => ({
    trackId,
    sha256,
    bytes,
    contentType,
    audio,
    goodFor,
  }),
  openWhole: async () => null,
  openArrival: refuse,
  noteEtag: refuse,
  adopt: refuse,
  putDown: refuse,
  discard: refuse,
  noted: async () => null,
  age: () => undefined,
  addTrack: refuse,
  noteFacts: refuse,
  forgetTrack: refuse,
  remove: refuse,
  close: async () => undefined,
};

/** @param keptAs the quality that what is kept on purpose is to have; null: the best there is for the listener. */
export const createHoldings = (first: AudioStore | null, keptAs: () => Quality | null): Holdings => {
  let store = first ?? NO_STORE;
  return {
    store: () => store,
    hasKey: () => store !== NO_STORE,
    replace(next) {
      store = next ?? NO_STORE;
    },
    holding(trackId, fetches) {
      const entry = store.entryOf(trackId);
      if (entry === null) return null;
      const wanted = entry.goodFor === undefined ? null : keptAs();
      const isLess =
        entry.isWhole && wanted !== null && higherQuality(entry.goodFor ?? wanted, wanted) !== entry.goodFor;
      const running = fetches.running(entry.sha256);
      const arrivedBytes = running?.presentBytes() ?? Math.max(0, Math.min(entry.bytes, entry.fileBytes));
      return {
        trackId,
        isWhole: entry.isWhole,
        ...(isLess ? { isLess } : {}),
        totalBytes: entry.bytes,
        presentBytes: entry.isWhole ? entry.bytes : arrivedBytes,
        fileBytes: entry.fileBytes,
        isArriving: running !== null,
      };
    },
    wholeTracks: () =>
      Array.from(store.entries())
        .filter((entry) => entry.isWhole)
        .flatMap((entry) => entry.trackIds),
  };
};
