import type { Clock } from '../ports.ts';
import type { Entry, EntryIndex } from './entry-index.ts';

/** A use within this of the last one noted is not written down: the order of eviction does not need it. */
const USE_NOTED_EVERY_MS = 60_000;

export interface EntryTable {
  entries(): Iterable<Entry>;
  get(sha256: string): Entry | null;
  /** The file a track plays, whole or in part. */
  ofTrack(trackId: string): Entry | null;
  /** Takes in what the index knew. */
  load(entries: readonly Entry[]): void;
  put(entry: Entry): void;
  /** Gives the tracks that can no longer be played. */
  forget(sha256: string): readonly string[];
  /** The track plays other audio now. */
  unlink(trackId: string): void;
  /** When something is used now. Never before what was used last, whatever the clock was set to: the order of uses is its. */
  useNowMs(): number;
  touch(sha256: string): void;
}

/** What lies in the folder, by its content and by the tracks that play it; every change goes to the index as well. */
export const createEntryTable = (
  clock: Pick<Clock, 'now'>,
  index: () => Pick<EntryIndex, 'put' | 'remove'> | null,
): EntryTable => {
  const entries = new Map<string, Entry>();
  const shaOfTrack = new Map<string, string>();
  const useNotedMs = new Map<string, number>();
  let latestUseMs = 0;

  const useNowMs = (): number => {
    latestUseMs = Math.max(clock.now(), latestUseMs + 1);
    return latestUseMs;
  };
  const remember = (entry: Entry): void => {
    latestUseMs = Math.max(latestUseMs, entry.lastUsedMs);
    entries.set(entry.sha256, entry);
    useNotedMs.set(entry.sha256, entry.lastUsedMs);
    for (const trackId of entry.trackIds) {
      // What is being fetched anew is not played from before it is whole.
      const isHereWhole = entries.get(shaOfTrack.get(trackId) ?? '')?.isWhole === true;
      if (entry.isWhole || !isHereWhole) shaOfTrack.set(trackId, entry.sha256);
    }
  };
  const put = (entry: Entry): void => {
    remember(entry);
    index()?.put(entry);
  };

  return {
    entries: () => entries.values(),
    get: (sha256) => entries.get(sha256) ?? null,
    ofTrack: (trackId) => entries.get(shaOfTrack.get(trackId) ?? '') ?? null,
    load: (loaded) => loaded.forEach(remember),
    put,
    forget(sha256) {
      const entry = entries.get(sha256);
      entries.delete(sha256);
      useNotedMs.delete(sha256);
      index()?.remove(sha256);
      const gone = (entry?.trackIds ?? []).filter((trackId) => shaOfTrack.get(trackId) === sha256);
      for (const trackId of gone) shaOfTrack.delete(trackId);
      return entry?.isWhole === true ? gone : [];
    },
    unlink(trackId) {
      shaOfTrack.delete(trackId);
    },
    useNowMs,
    touch(sha256) {
      const entry = entries.get(sha256);
      if (entry === undefined) return;
      const used = { ...entry, lastUsedMs: useNowMs() };
      entries.set(sha256, used);
      const isClockBehind = used.lastUsedMs > clock.now() + USE_NOTED_EVERY_MS;
      const sinceNotedMs = used.lastUsedMs - (useNotedMs.get(sha256) ?? 0);
      if (isClockBehind || sinceNotedMs >= USE_NOTED_EVERY_MS) put(used);
    },
  };
};
