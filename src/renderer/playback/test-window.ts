/** For this folder's tests: a window's player on a host and an engine that behave, with a clock that only moves when told. */
import { vi } from 'vitest';
import { createClockStore, createPlaybackStore } from './playback-store.ts';
import { Player } from './player-core.ts';
import type { PlayerNotice } from './player-ports.ts';
import { FakeEngine, type FakeHost, trackOf } from './test-support.ts';

export const origin = { kind: 'album', id: null, title: 'An album' } as const;
export const tracks = (letters: string) => [...letters].map((letter) => trackOf(letter));

let seed = 0;

/** A window with its player; opening another one on the same host is a restart of the app. */
export const openWindow = (host: FakeHost) => {
  const engine = new FakeEngine();
  const playback = createPlaybackStore();
  const clock = createClockStore();
  const notices: PlayerNotice[] = [];
  const cacheFailures: unknown[] = [];
  const autoplayFailures: unknown[] = [];
  const adFailures: unknown[] = [];
  const player = new Player({
    engine,
    session: host.session,
    history: host.history,
    onTellingFailed: (cause) => cacheFailures.push(cause),
    cache: host.cache,
    onCacheFailed: (cause) => cacheFailures.push(cause),
    playableHere: host.playableHere,
    isAway: () => host.isAway,
    settings: () => host.settings,
    catalog: host.catalog,
    onAutoplayFailed: (cause) => autoplayFailures.push(cause),
    addressOf: (trackId) => `/tracks/${trackId}`,
    ads: host.ads,
    adAddressOf: (spotId) => `/ads/${spotId}`,
    onAdsFailed: (cause) => adFailures.push(cause),
    playback,
    clock,
    notify: (notice) => notices.push(notice),
    nowMs: () => vi.getMockedSystemTime()?.getTime() ?? 0,
    newSeed: () => {
      seed += 1;
      return seed;
    },
  });
  /** Time passes, for the clock on the wall and for what sounds. */
  const hear = (ms: number): void => {
    for (let left = ms; left > 0; left -= 250) {
      vi.advanceTimersByTime(Math.min(250, left));
      engine.passes(Math.min(250, left));
    }
  };
  return {
    engine,
    player,
    notices,
    cacheFailures,
    adFailures,
    autoplayFailures,
    clock,
    playback,
    hear,
    current: (): string | undefined => playback.getState().queue.current?.track.title.replace('Title ', ''),
    upcoming: (): string =>
      playback
        .getState()
        .queue.upcoming.map((entry) => entry.track.title.replace('Title ', ''))
        .join(''),
    state: (): string => playback.getState().state.kind,
  };
};

export type PlayerWindow = ReturnType<typeof openWindow>;
