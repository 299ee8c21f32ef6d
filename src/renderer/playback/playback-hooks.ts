import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Track } from '../../contract/catalog-http.ts';
import type { HostErrorCode } from '../../contract/host-error.ts';
import type { Origin, RepeatMode } from '../../contract/playback-session.ts';
import { wantsSound, type PlaybackState } from '../../core/playback/playback-state.ts';
import type { SleepTimer } from '../../core/playback/sleep-timer.ts';
import { totalsOf, type QueueTotals } from '../../core/playback/queue-facts.ts';
import type { AdBreakView, Clock, PlaybackSnapshot, PlayerEntry } from './playback-store.ts';
import { shown } from './shown-playback.ts';

function usePlayback<Part>(select: (snapshot: PlaybackSnapshot) => Part): Part {
  return useStore(shown.playback, select);
}

/** What plays, is paused, or would play next after the start. */
export const useCurrentTrack = (): Track | null => usePlayback((now) => now.queue.current?.track ?? null);

export const useCurrentTrackId = (): string | null =>
  usePlayback((now) => now.queue.current?.track.id ?? null);

/** Whether the listener has asked for sound: what a play button shows as "Pause". */
export const useIsPlaying = (): boolean => usePlayback((now) => wantsSound(now.state));

/** Where the queue was started from. */
export const useCurrentOrigin = (): Origin | null => usePlayback((now) => now.queue.origin);

export const usePlaybackState = (): PlaybackState<HostErrorCode> => usePlayback((now) => now.state);

/** The ad break that is heard; null while there is music or silence. */
export const useAdBreak = (): AdBreakView | null => usePlayback((now) => now.adBreak);

/** Tracks that did not play when they were last tried, by track id. */
export const useFailedTracks = (): ReadonlyMap<string, HostErrorCode> => usePlayback((now) => now.failed);

export const useShuffle = (): boolean => usePlayback((now) => now.queue.shuffle);

export const useRepeat = (): RepeatMode => usePlayback((now) => now.queue.repeat);

/** As the slider stands, 0 to 1. */
export const useVolume = (): { readonly volume: number; readonly muted: boolean } =>
  usePlayback(useShallow((now: PlaybackSnapshot) => ({ volume: now.volume, muted: now.muted })));

export interface QueueView extends QueueTotals {
  readonly played: readonly PlayerEntry[];
  readonly current: PlayerEntry | null;
  readonly requested: readonly PlayerEntry[];
  readonly upcoming: readonly PlayerEntry[];
  readonly origin: Origin | null;
  readonly shuffle: boolean;
}

export function useQueueView(): QueueView {
  const queue = usePlayback((now) => now.queue);
  return useMemo(() => {
    const { played, current, requested, upcoming, origin, shuffle } = queue;
    return { played, current, requested, upcoming, origin, shuffle, ...totalsOf(queue) };
  }, [queue]);
}

/** Renders some four times a second while something plays: for small components only. */
export function useClock<Part>(select: (clock: Clock) => Part): Part {
  return useStore(shown.clock, select);
}

/** When the music ends by itself. */
export const useSleepTimer = (): SleepTimer => usePlayback((now) => now.sleep);
