import type { Log } from '../ports.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import type { OfflineIndex } from './offline-index.ts';

const AT_ONCE = 50;

/**
 * Keeps the offline index in step with the disk: which tracks are whole here, and what the notes beside the audio say of those
 * that the index has never heard of, as after it was lost. Gives its own end.
 */
export const followHoldings = (options: {
  readonly cache: Pick<TrackCache, 'ready' | 'wholeTracks' | 'noted' | 'onHoldingsChanged'>;
  readonly index: Pick<OfflineIndex, 'see' | 'hold' | 'release' | 'setHeld' | 'track' | 'settled'>;
  readonly log: Log;
}): (() => void) => {
  const { cache, index, log } = options;
  const over = new AbortController();

  const learnUnknown = async (): Promise<void> => {
    await cache.ready;
    index.setHeld(cache.wholeTracks());
    await index.settled();
    const unknown = cache.wholeTracks().filter((trackId) => index.track(trackId) === null);
    for (let start = 0; start < unknown.length && !over.signal.aborted; start += AT_ONCE) {
      const noted = await Promise.all(unknown.slice(start, start + AT_ONCE).map((id) => cache.noted(id)));
      const tracks = noted.filter((track) => track !== null);
      if (tracks.length > 0) index.see({ kind: 'tracks', tracks });
    }
  };
  learnUnknown().catch((error: unknown) => log.error('the offline index could not be fed', { error }));

  const unsubscribe = cache.onHoldingsChanged(({ arrived, gone }) => {
    index.hold(arrived);
    index.release(gone);
  });
  return () => {
    over.abort();
    unsubscribe();
  };
};
