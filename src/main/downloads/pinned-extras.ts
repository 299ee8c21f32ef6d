import pLimit from 'p-limit';
import { HostFailure } from '../../contract/host-error.ts';
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
      return [{ kind: 'tracks', tracks: [contents.track] }];
  }
};

/** Covers, waveforms and lyrics of what is kept: a page without a network is to look as it always does. */
export interface PinnedExtras {
  contentsKnown(contents: PinContents): void;
  /** What is kept has changed. */
  pinsAre(pins: readonly Pin[]): void;
  /** Their audio has come: now what belongs to it. */
  tracksArrived(trackIds: readonly string[]): void;
}

const sourceKey = (contents: PinContents): string => {
  switch (contents.kind) {
    case 'album':
      return keyOf({ kind: 'album', id: contents.album.id });
    case 'artist':
      return keyOf({ kind: 'artist', id: contents.artist.id });
    case 'track':
      return keyOf({ kind: 'track', id: contents.track.id });
  }
};

const artworksOf = (contents: PinContents): readonly string[] => {
  const albums = contents.kind === 'artist' ? contents.albums : [];
  const all = [headingOf(contents), ...albums, ...tracksOf(contents)];
  return all.flatMap(({ artwork }) => (artwork === null ? [] : [artwork.id]));
};

export const createPinnedExtras = (options: {
  readonly artwork: Pick<ArtworkCache, 'setPinned' | 'keep'>;
  readonly isPinned: (trackId: string) => boolean;
  /** Asks the service; what it says is filed on the way. */
  readonly askDetails: (trackId: string) => Promise<unknown>;
  readonly log: Log;
}): PinnedExtras => {
  const { artwork, isPinned, askDetails, log } = options;
  const artworksOfPin = new Map<string, readonly string[]>();
  const oneByOne = pLimit(1);
  let told = '';

  return {
    contentsKnown(contents) {
      artworksOfPin.set(sourceKey(contents), artworksOf(contents));
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
    tracksArrived(trackIds) {
      for (const trackId of trackIds.filter(isPinned)) {
        void oneByOne(() => askDetails(trackId)).catch((error: unknown) => {
          // The page does without; it asks again itself when it is next shown with a network.
          if (!(error instanceof HostFailure)) log.error('details not fetched', { trackId, error });
        });
      }
    },
  };
};
