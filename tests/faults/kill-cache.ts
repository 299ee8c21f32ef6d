/** The cache that is killed and the one that looks at what is left: the same tracks, the same key, the same folder. */
import { join } from 'node:path';
import { HostFailure } from '../../src/contract/host-error.ts';
import { systemClock } from '../../src/main/ports.ts';
import { createFileSecrets } from '../../src/main/secrets/file-secrets.ts';
import {
  cacheLocationSchema,
  createCacheLocation,
  type CacheLocation,
} from '../../src/main/storage/cache-location.ts';
import { createJsonDocument } from '../../src/main/storage/json-document.ts';
import { NOTE_BYTES } from '../../src/main/track-cache/audio-store.ts';
import type { TrackCache } from '../../src/main/track-cache/cache-contract.ts';
import { CHUNK_BYTES, sealedLength } from '../../src/main/track-cache/sealed-audio/chunked-encryption.ts';
import { createTrackCache } from '../../src/main/track-cache/track-cache.ts';
import { recordLog, type RecordedLog } from '../host/silent-log.ts';
import { audioBytes, sha256Of, trackIdFor } from '../host/track-cache-fixture.ts';
import { buildTrack } from '../host/track-builder.ts';

/** One of them ends just at a chunk's end, one is smaller than a chunk. */
const LENGTHS = [150_000, 90_001, 8 * CHUNK_BYTES, 200_123, 9_000, 120_000, 160_400, 70_007];
const LARGEST_BYTES = 200_123;

export const KILL_TRACKS = LENGTHS.map((length, place) => {
  const audio = audioBytes(length, 11 + place);
  return { trackId: trackIdFor(`kill${place}x`), audio, sha256: sha256Of(audio) };
});
export const CACHE_OF_THREE = 3 * (sealedLength(LARGEST_BYTES) + NOTE_BYTES);

export interface KillCache {
  readonly cache: TrackCache;
  readonly location: CacheLocation;
  readonly log: RecordedLog;
}

export const openKillCache = async (options: {
  readonly root: string;
  /** Null: there is neither service nor edge. */
  readonly origin: string | null;
  readonly cachedBytes: number;
}): Promise<KillCache> => {
  const { root, origin } = options;
  const log = recordLog();
  const location = await createCacheLocation({
    document: createJsonDocument({ path: join(root, 'location.json'), schema: cacheLocationSchema, log }),
    defaultFolder: join(root, 'default'),
    log,
  });
  const cache = await createTrackCache({
    folder: location.folder(),
    account: 'listener',
    dataFolder: root,
    limits: { cachedBytes: options.cachedBytes, pinnedBytes: null },
    secrets: createFileSecrets({ folder: join(root, 'secrets'), log }),
    lookUp: (trackId) => buildTrack(trackId.replace(/0+$/, '')),
    reserveBytes: 0,
    fetch: globalThis.fetch,
    clock: systemClock,
    log,
    onChange: () => undefined,
    async resolve(trackId) {
      const track = KILL_TRACKS.find((one) => one.trackId === trackId);
      if (origin === null || track === undefined) throw new HostFailure('offline', 'there is no network');
      return {
        url: `${origin}${trackId}`,
        expiresAt: '2999-01-01T00:00:00.000Z',
        contentType: 'audio/flac',
        bytes: track.audio.byteLength,
        sha256: track.sha256,
      };
    },
  });
  return { cache, location, log };
};
