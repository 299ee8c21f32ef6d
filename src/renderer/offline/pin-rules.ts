import type { Track } from '../../contract/catalog-http.ts';
import type { Pin, PinSource } from '../../contract/offline.ts';

const isSameSource = (left: PinSource, right: PinSource): boolean =>
  left.kind === right.kind && left.id === right.id;

/** The pin of exactly this; null when it is not kept by itself. */
export const pinOf = (pins: readonly Pin[], source: PinSource): Pin | null =>
  pins.find((pin) => isSameSource(pin.source, source)) ?? null;

/** What a track is kept with, when it is not kept by itself: its record, or one of its artists. */
export const pinAround = (pins: readonly Pin[], track: Track): Pin | null =>
  pinOf(pins, { kind: 'album', id: track.album.id }) ??
  track.artists.map(({ id }) => pinOf(pins, { kind: 'artist', id })).find((pin) => pin !== null) ??
  null;

/** Of everything a pin is to hold, what is here: by bytes where they are known, else by tracks. 0 to 1. */
export const shareOf = (pin: Pin): number => {
  const allBytes = pin.bytes + pin.remainingBytes;
  if (allBytes > 0) return pin.bytes / allBytes;
  return pin.trackCount === 0 ? 0 : pin.keptCount / pin.trackCount;
};

/** Before what `source` has to go to be fetched first; null when nothing unfinished is before it. */
export const firstUnfinishedBefore = (pins: readonly Pin[], source: PinSource): PinSource | null => {
  const first = pins.find((pin) => pin.state.kind !== 'kept');
  return first === undefined || isSameSource(first.source, source) ? null : first.source;
};
