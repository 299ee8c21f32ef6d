import { HostFailure, type HostErrorCode } from '../../contract/host-error.ts';
import type { Pin } from '../../contract/offline.ts';
import type { ArtworkCache } from '../artwork-cache/artwork-cache.ts';
import type { Seen } from '../offline-index/seen.ts';
import type { Log } from '../ports.ts';
import { headingOf, keyOf, tracksOf, type PinContents } from './pin-contents.ts';

/** What the catalog said of what is kept, as the offline index takes it. */
export const seenOf = (contents: PinContents): readonly Seen[] => {
  switch (contents.kind) {
    case 'album':
      return [{ kind: 'album', album: contents.album }];
    case 'artist':
      return [
        { kind: 'artist', artist: contents.artist },
        { kind: 'albums', albums: contents.albums },
        { kind: 'tracks', tracks: contents.tracks },
      ];
    case 'track':
    case 'list':
      return [{ kind: 'tracks', tracks: tracksOf(contents) }];
  }
};

/** Covers, waveforms and lyrics of what is kept: a page without a network is to look as it always does. */
export interface PinnedExtras {
  contentsKnown(contents: PinContents): void;
  /** What is kept has changed. */
  pinsAre(pins: readonly Pin[]): void;
  /** What could not be had for want of the service is asked for again. */
  serviceReached(): void;
}

/** The service may be there again later. */
const NO_ANSWER: ReadonlySet<HostErrorCode> = new Set(['offline', 'service_unreachable', 'cancelled']);

const sourceKey = (contents: PinContents): string => {
  switch (contents.kind) {
    case 'album':
      return keyOf({ kind: 'album', id: contents.album.id });
    case 'artist':
      return keyOf({ kind: 'artist', id: contents.artist.id });
    case 'track':
      return keyOf({ kind: 'track', id: contents.track.id });
    case 'list':
      return keyOf(contents.source);
  }
};

const artworksOf = (contents: PinContents): readonly string[] => {
  const albums = contents.kind === 'artist' ? contents.albums : [];
  const all = [headingOf(contents), ...albums, ...tracksOf(contents)];
  return all.flatMap(({ artwork }) => (artwork === null ? [] : [artwork.id]));
};

export const createPinnedExtras = (options: {
  readonly artwork: Pick<ArtworkCache, 'setPinned' | 'keep'>;
  /** Whether waveform and lyrics of a track are known here. */
  readonly hasDetails: (trackId: string) => boolean;
  /** Asks the service; what it says is filed on the way. Rejects with its `HostFailure`. */
  readonly askDetails: (trackId: string) => Promise<unknown>;
  readonly closing: AbortSignal;
  readonly log: Log;
}): PinnedExtras => {
  const { artwork, hasDetails, askDetails, closing, log } = options;
  const artworksOfPin = new Map<string, readonly string[]>();
  const wanted = new Set<string>();
  let told = '';
  let isAsking = false;

  /** One after the other, behind everything that somebody waits for. */
  const askAll = async (): Promise<void> => {
    for (const trackId of wanted) {
      if (closing.aborted) return;
      if (!hasDetails(trackId)) {
        try {
          await askDetails(trackId);
        } catch (error) {
          const code = error instanceof HostFailure ? error.code : 'internal';
          if (NO_ANSWER.has(code)) return;
          log.info('details of a kept track not had', { trackId, code });
        }
      }
      wanted.delete(trackId);
    }
  };
  const ask = (): void => {
    if (isAsking || wanted.size === 0) return;
    isAsking = true;
    askAll()
      .catch((error: unknown) => log.error('details of kept tracks not asked for', { error }))
      .finally(() => {
        isAsking = false;
      });
  };

  return {
    contentsKnown(contents) {
      artworksOfPin.set(sourceKey(contents), artworksOf(contents));
      for (const { id } of tracksOf(contents)) wanted.add(id);
      ask();
    },
    pinsAre(pins) {
      const keys = pins.map(({ source }) => keyOf(source));
      const ids = Array.from(new Set(keys.flatMap((key) => artworksOfPin.get(key) ?? []))).sort();
      const now = ids.join();
      if (now === told) return;
      told = now;
      artwork.setPinned(ids);
      artwork.keep(ids);
    },
    serviceReached: ask,
  };
};
