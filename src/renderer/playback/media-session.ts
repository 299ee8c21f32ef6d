import type { AdSpot } from '../../contract/ads-http.ts';
import type { Artwork } from '../../contract/catalog-http.ts';
import { wantsSound } from '../../core/playback/playback-state.ts';
import { spotHeard, type ClockStore, type PlaybackSnapshot, type PlaybackStore } from './playback-store.ts';
import type { Player } from './player-core.ts';

const SEEK_STEP_MS = 10_000;
/** Positions between are the system's to count; beyond this it would show a wrong one. */
const DRIFT_MS = 1500;

export interface MediaSessionPorts {
  readonly session: MediaSession;
  readonly player: Player;
  readonly playback: PlaybackStore;
  readonly clock: ClockStore;
  /** Absolute addresses of a picture with their widths in pixels. */
  readonly artworkOf: (
    artwork: Artwork | null,
  ) => readonly { readonly url: string; readonly sizePx: number }[];
  /** `Ad: Hafenfest Duisburg`. */
  readonly adTitle: (spot: AdSpot) => string;
  readonly nowMs: () => number;
}

interface SystemWords {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly artwork: Artwork | null;
}

const wordsFor = (
  { adBreak, queue }: PlaybackSnapshot,
  adTitle: (spot: AdSpot) => string,
): SystemWords | null => {
  const spot = spotHeard(adBreak);
  if (spot !== null) return { title: adTitle(spot), artist: spot.title, album: '', artwork: spot.artwork };
  const track = queue.current?.track;
  if (track === undefined) return null;
  const artist = track.artists.map(({ name }) => name).join(', ');
  return { title: track.title, artist, album: track.album.title, artwork: track.artwork };
};

/**
 * What the system shows and does: its media keys, its lock screen. The system counts the position by itself from what
 * it was told last, so it is told only when that would come out wrong: seek, pause, stall, another track, a repeat.
 * Gives its own stop.
 */
export const startMediaSession = (ports: MediaSessionPorts): (() => void) => {
  const { session, player, playback, clock } = ports;
  let toldMs = 0;
  let toldAtMs = 0;
  let toldDurationMs = -1;
  let moves = false;

  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => player.resume(),
    pause: () => player.pause(),
    stop: () => player.pause(),
  };
  /** What leads elsewhere; the system does not offer it in an ad break. */
  const steps: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    nexttrack: () => player.next(),
    previoustrack: () => player.previous(),
    seekbackward: ({ seekOffset }) => player.seekBy(-(seekOffset ?? SEEK_STEP_MS / 1000) * 1000),
    seekforward: ({ seekOffset }) => player.seekBy((seekOffset ?? SEEK_STEP_MS / 1000) * 1000),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) player.seekTo(seekTime * 1000);
    },
  };

  const tellWords = (): void => {
    const words = wordsFor(playback.getState(), ports.adTitle);
    session.metadata =
      words === null
        ? null
        : new MediaMetadata({
            ...words,
            artwork: ports.artworkOf(words.artwork).map(({ url, sizePx }) => ({
              src: url,
              sizes: `${sizePx}x${sizePx}`,
              type: 'image/webp',
            })),
          });
  };

  const offer = (actions: typeof handlers, isOffered = true): void => {
    for (const [action, handler] of Object.entries(actions)) {
      session.setActionHandler(action as MediaSessionAction, isOffered ? handler : null);
    }
  };

  const place = (): { readonly positionMs: number; readonly durationMs: number } => {
    const spot = spotHeard(playback.getState().adBreak);
    const now = clock.getState();
    return spot === null ? now : { positionMs: now.spotPositionMs, durationMs: spot.durationMs };
  };

  /** What sounds moves on so fast. */
  const rate = (): number => {
    const { adBreak, speed } = playback.getState();
    return adBreak === null ? speed : 1;
  };

  const tellPosition = (force: boolean): void => {
    const { positionMs, durationMs } = place();
    const nowMs = ports.nowMs();
    const expectedMs = toldMs + (moves ? (nowMs - toldAtMs) * rate() : 0);
    if (!force && durationMs === toldDurationMs && Math.abs(positionMs - expectedMs) < DRIFT_MS) return;
    toldMs = positionMs;
    toldAtMs = nowMs;
    toldDurationMs = durationMs;
    if (durationMs <= 0) session.setPositionState();
    else {
      session.setPositionState({
        duration: durationMs / 1000,
        position: Math.min(positionMs, durationMs) / 1000,
        playbackRate: rate(),
      });
    }
  };

  const tellState = (): void => {
    const { state, queue } = playback.getState();
    moves = state.kind === 'playing';
    if (queue.current === null) session.playbackState = 'none';
    else session.playbackState = wantsSound(state) ? 'playing' : 'paused';
  };

  offer(handlers);
  offer(steps, playback.getState().adBreak === null);
  tellWords();
  tellState();
  tellPosition(true);

  const stops = [
    playback.subscribe((now, before) => {
      const isOtherAd = now.adBreak !== before.adBreak;
      if (isOtherAd) offer(steps, now.adBreak === null);
      if (isOtherAd || now.queue.current?.track !== before.queue.current?.track) tellWords();
      const isOtherPace = now.state !== before.state || now.speed !== before.speed;
      if (!isOtherAd && !isOtherPace && now.queue.current === before.queue.current) return;
      tellState();
      tellPosition(true);
    }),
    clock.subscribe(() => tellPosition(false)),
  ];
  return () => {
    for (const stop of stops) stop();
    offer(handlers, false);
    offer(steps, false);
    session.metadata = null;
    session.playbackState = 'none';
  };
};
