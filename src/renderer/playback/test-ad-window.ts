/** For this folder's tests: an evening of a free listener. */
import { vi } from 'vitest';
import { spotOf, trackOf, type FakeHost } from './test-support.ts';
import { openWindow, origin, tracks, type PlayerWindow } from './test-window.ts';

export const FREE = { afterMusicMs: 600_000, mostSpots: 2 };
export const TRACK_MS = 180_000;
export const SPOT_MS = 10_000;

export const addressOf = (letter: string): string => `/tracks/${trackOf(letter).id}`;
export const adAddressOf = (letter: string): string => `/ads/${spotOf(letter).id}`;

/**
 * A window in which ten minutes of music bring two spots, X and Y. Tracks are called A to J and last three minutes, spots ten
 * seconds. Opening another one on the same host is a restart of the app. Timers have to be faked.
 */
export const openFreeWindow = (host: FakeHost) => {
  const app: PlayerWindow = openWindow(host);
  const { engine, player } = app;

  /** What sounds or is to sound: a letter for a track, `ad X` for a spot. */
  const loaded = (): string => {
    const spot = [...'XY'].find((name) => engine.address === adAddressOf(name));
    if (spot !== undefined) return `ad ${spot}`;
    return [...'ABCDEFGHIJ'].find((name) => engine.address === addressOf(name)) ?? 'nothing';
  };

  /** The host's answers arrive, and then what the engine asked for. */
  const arrive = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    engine.durationMs = loaded().startsWith('ad') ? SPOT_MS : TRACK_MS;
    engine.arrive();
  };

  /** The last of a track or spot, with the answers that come in it, and the beginning of what follows. */
  const hearTheEnd = async (ms: number): Promise<void> => {
    app.hear(ms - 1000);
    await vi.advanceTimersByTimeAsync(0);
    app.hear(1000);
    await arrive();
  };

  const play = async (letters: string): Promise<void> => {
    player.play(tracks(letters), 0, origin);
    await arrive();
  };

  /** A, B and C were heard, and half a minute of D: nine minutes and a half. */
  const nearlyDue = async (letters = 'ABCDEFG'): Promise<void> => {
    await play(letters);
    for (const _ of 'ABC') await hearTheEnd(TRACK_MS);
    app.hear(30_000);
  };

  return {
    ...app,
    loaded,
    arrive,
    hearTheEnd,
    play,
    nearlyDue,
    /** Eleven minutes and a half were heard; the break that is due has not been asked for. */
    overdue: async (): Promise<void> => {
      await nearlyDue();
      app.hear(TRACK_MS - 60_000);
    },
    /** D has ended, and the first spot sounds; E comes next. */
    inBreak: async (): Promise<void> => {
      await nearlyDue();
      await hearTheEnd(TRACK_MS - 30_000);
    },
    hearBothSpots: async (): Promise<void> => {
      for (const _ of 'XY') await hearTheEnd(SPOT_MS);
    },
    adBreak: () => app.playback.getState().adBreak,
    removeCurrent: (): void => {
      player.edits.remove([app.playback.getState().queue.current?.entryId ?? '']);
    },
  };
};

export type FreeWindow = ReturnType<typeof openFreeWindow>;
