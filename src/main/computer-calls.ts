/** What the window asks of the music that is on this computer. */
import type { HostApi, HostStatus } from '../contract/host-api.ts';
import type { TrackMark } from '../contract/offline.ts';
import type { OfflineIndex } from './offline-index/offline-index.ts';
import type { TrackCache } from './track-cache/cache-contract.ts';

export const computerCalls = ({ computer }: Pick<OfflineIndex, 'computer'>): HostApi['computer'] => ({
  albums: async (request) => computer.albums(request),
  artists: async (request) => computer.artists(request),
  tracks: async (request) => computer.tracks(request),
});

export const cacheCalls = (options: {
  readonly trackCache: Pick<TrackCache, 'clearCached' | 'expect' | 'warm'>;
  readonly marks: (trackIds: readonly string[]) => Readonly<Record<string, TrackMark>>;
  readonly status: () => HostStatus;
}): HostApi['cache'] => ({
  async clear() {
    await options.trackCache.clearCached();
    return options.status();
  },
  expect: async ({ current, upcoming }) => options.trackCache.expect(current, upcoming),
  warm: ({ trackId }) => options.trackCache.warm(trackId),
  marks: async ({ trackIds }) => options.marks(trackIds),
});
