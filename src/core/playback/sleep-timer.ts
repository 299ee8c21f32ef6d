/** When music that was to end by itself ends. */
import { assertNever } from './assert-never.ts';
import type { Queue, QueueTrack } from './queue.ts';

export type SleepTimer =
  | { readonly kind: 'off' }
  /** On the clock that `performance.now()` reads. */
  | { readonly kind: 'at'; readonly endsAtMs: number }
  | { readonly kind: 'endOfTrack' }
  | { readonly kind: 'endOfAlbum'; readonly albumId: string };

/** Long enough to fall asleep over; the music is gone when the time is over, not ten seconds later. */
export const SLEEP_FADE_MS = 10_000;

/**
 * What the volume is multiplied with, 1 to 0: the square of the share of the fade that is left, which sounds even. Only a time
 * fades; a track and an album have an end of their own.
 */
export const sleepGain = (sleep: SleepTimer, nowMs: number): number => {
  if (sleep.kind !== 'at') return 1;
  const left = Math.min(1, Math.max(0, (sleep.endsAtMs - nowMs) / SLEEP_FADE_MS));
  return left ** 2;
};

/**
 * Whether the music ends with the current track. An album ends where nothing that was asked for waits and the rest of the
 * queue goes on with another one, or begins anew.
 */
export const sleepsAfterTrack = <
  Track extends QueueTrack & { readonly album: { readonly id: string } },
  Origin,
>(
  sleep: SleepTimer,
  queue: Queue<Track, Origin>,
): boolean => {
  switch (sleep.kind) {
    case 'off':
    case 'at':
      return false;
    case 'endOfTrack':
      return true;
    case 'endOfAlbum':
      if (queue.repeat === 'one') return true;
      return queue.requested.length === 0 && queue.upcoming[0]?.track.album.id !== sleep.albumId;
    default:
      return assertNever(sleep);
  }
};
