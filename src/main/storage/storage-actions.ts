import { join } from 'node:path';
import { HostFailure } from '../../contract/host-error.ts';
import type { HostApi, HostStatus } from '../../contract/host-api.ts';
import type { ArtworkCache } from '../artwork-cache/artwork-cache.ts';
import type { HostPorts, Log } from '../ports.ts';
import type { TrackCache } from '../track-cache/cache-contract.ts';
import type { CacheLocation } from './cache-location.ts';
import { moveCache } from './move-cache.ts';

/** Covers lie beside the audio. */
export const artworkFolder = (cacheFolder: string): string => join(cacheFolder, 'artwork');

export interface StorageActions {
  readonly api: HostApi['storage'];
  moving(): HostStatus['storage']['moving'];
}

/** What a listener can do with the folder that the music lies in. */
export const createStorageActions = (options: {
  readonly location: CacheLocation;
  readonly cache: Pick<TrackCache, 'relocate' | 'eraseAll'>;
  readonly artwork: Pick<ArtworkCache, 'relocate'>;
  readonly removeAllKept: () => Promise<unknown>;
  readonly ports: Pick<HostPorts, 'chooseFolder' | 'openFolder'>;
  readonly status: () => HostStatus;
  readonly onProgress: () => void;
  readonly closing: AbortSignal;
  readonly log: Log;
}): StorageActions => {
  const { location, cache, artwork, ports, status, onProgress, closing, log } = options;
  let moving: HostStatus['storage']['moving'] = null;

  const copyTo = (chosen: string): Promise<string> =>
    moveCache({
      location,
      chosen,
      signal: closing,
      onProgress({ doneBytes, totalBytes }) {
        moving = { to: chosen, doneBytes, totalBytes };
        onProgress();
      },
      log,
    });

  return {
    moving: () => moving,
    api: {
      async chooseFolder() {
        if (ports.chooseFolder === undefined) {
          throw new HostFailure('invalid_argument', 'this shell has no dialog for folders');
        }
        return ports.chooseFolder();
      },
      async moveTo({ folder }) {
        if (moving !== null) throw new HostFailure('invalid_argument', 'the folder is being moved already');
        moving = { to: folder, doneBytes: 0, totalBytes: 0 };
        onProgress();
        try {
          await cache.relocate(async () => {
            let moved = location.folder();
            await artwork.relocate(async () => {
              moved = await copyTo(folder);
              return artworkFolder(moved);
            });
            return moved;
          });
          await location.finish();
        } finally {
          moving = null;
          onProgress();
        }
        return status();
      },
      openFolder: () => ports.openFolder(location.folder()),
      async eraseAll() {
        await options.removeAllKept();
        await cache.eraseAll();
        return status();
      },
    },
  };
};
