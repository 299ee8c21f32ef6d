import type { Track } from '../../contract/catalog-http.ts';
import { wantsSound } from '../../core/playback/playback-state.ts';
import type { ClockStore, PlaybackStore } from './playback-store.ts';
import type { Player } from './player-core.ts';

const SEEK_STEP_MS = 10_000;
/** Positions between are the system's to count; beyond this it would show a wrong one. */
const DRIFT_MS = 1500;

export interface MediaSessionPorts {
  readonly session: MediaSession;
  readonly player: Player;
  readonly playback: PlaybackStore;
  readonly clock: ClockStore;
  /** Absolute addresses of a cover with their widths in pixels. */
  readonly artworkOf: (track: Track) => readonly { readonly url: string; readonly sizePx: number }[];
  readonly nowMs: () => number;
}

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
    nexttrack: () => player.next(),
    previoustrack: () => player.previous(),
    seekbackward: ({ seekOffset }) => player.seekBy(-(seekOffset ?? SEEK_STEP_MS / 1000) * 1000),
    seekforward: ({ seekOffset }) => player.seekBy((seekOffset ?? SEEK_STEP_MS / 1000) * 1000),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) player.seekTo(seekTime * 1000);
    },
  };

  const tellTrack = (track: Track | null): void => {
    session.metadata =
      track === null
        ? null
        : new MediaMetadata({
            title: track.title,
            artist: track.artists.map((artist) => artist.name).join(', '),
            album: track.album.title,
            artwork: ports.artworkOf(track).map(({ url, sizePx }) => ({
              src: url,
              sizes: `${sizePx}x${sizePx}`,
              type: 'image/webp',
            })),
          });
  };

  const tellPosition = (force: boolean): void => {
    const { positionMs, durationMs } = clock.getState();
    const nowMs = ports.nowMs();
    const expectedMs = toldMs + (moves ? nowMs - toldAtMs : 0);
    if (!force && durationMs === toldDurationMs && Math.abs(positionMs - expectedMs) < DRIFT_MS) return;
    toldMs = positionMs;
    toldAtMs = nowMs;
    toldDurationMs = durationMs;
    if (durationMs <= 0) session.setPositionState();
    else {
      session.setPositionState({
        duration: durationMs / 1000,
        position: Math.min(positionMs, durationMs) / 1000,
        playbackRate: 1,
      });
    }
  };

  const tellState = (): void => {
    const { state, queue } = playback.getState();
    moves = state.kind === 'playing';
    if (queue.current === null) session.playbackState = 'none';
    else session.playbackState = wantsSound(state) ? 'playing' : 'paused';
  };

  for (const [action, handler] of Object.entries(handlers)) {
    session.setActionHandler(action as MediaSessionAction, handler);
  }
  tellTrack(playback.getState().queue.current?.track ?? null);
  tellState();
  tellPosition(true);

  const stops = [
    playback.subscribe((now, before) => {
      if (now.queue.current?.track !== before.queue.current?.track)
        tellTrack(now.queue.current?.track ?? null);
      if (now.state === before.state && now.queue.current === before.queue.current) return;
      tellState();
      tellPosition(true);
    }),
    clock.subscribe(() => tellPosition(false)),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const action of Object.keys(handlers)) session.setActionHandler(action as MediaSessionAction, null);
    session.metadata = null;
    session.playbackState = 'none';
  };
};
