import { isDeepStrictEqual } from 'node:util';
import type { HostStatus } from '../../contract/host-api.ts';
import type { SecretStore } from '../ports.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';

/** Reads the whole status from those who own its parts. */
export const createHostStatus = (parts: {
  readonly service: () => HostStatus['service'];
  readonly cache: Pick<TrackCache, 'totals' | 'limits' | 'failure' | 'freeBytes'>;
  readonly folder: () => string;
  readonly moving: () => HostStatus['storage']['moving'];
  readonly secrets: Pick<SecretStore, 'persistence'>;
  readonly playable: () => HostStatus['playable'];
  readonly isMetered: () => boolean | null;
}): (() => HostStatus) => {
  const { cache, secrets } = parts;
  return () => ({
    service: parts.service(),
    cache: {
      ...cache.totals('cached'),
      limitBytes: cache.limits().cachedBytes,
      failure: cache.failure(),
    },
    pinned: { ...cache.totals('pinned'), limitBytes: cache.limits().pinnedBytes },
    storage: {
      folder: parts.folder(),
      freeBytes: cache.freeBytes(),
      moving: parts.moving(),
      key: cache.failure() === 'key' ? 'unavailable' : secrets.persistence,
    },
    playable: parts.playable(),
    isMetered: parts.isMetered(),
  });
};

/** Tells a listener about the whole status whenever it is another one than it last told. */
export const createStatusAnnouncer = (
  read: () => HostStatus,
  tell: (status: HostStatus) => void,
): (() => void) => {
  let told: HostStatus | null = null;
  return () => {
    const status = read();
    if (isDeepStrictEqual(status, told)) return;
    told = status;
    tell(status);
  };
};
