import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startMediaSession } from './media-session.ts';
import { FakeHost, spotOf } from './test-support.ts';
import { openWindow, origin, tracks, type PlayerWindow } from './test-window.ts';

/** The system's side: keeps what it is told and presses its keys. */
class FakeSystem {
  metadata: { readonly title: string; readonly artist: string } | null = null;
  playbackState: MediaSessionPlaybackState = 'none';
  readonly positions: (MediaPositionState | undefined)[] = [];
  readonly #handlers = new Map<MediaSessionAction, MediaSessionActionHandler>();

  setActionHandler(action: MediaSessionAction, handler: MediaSessionActionHandler | null): void {
    if (handler === null) this.#handlers.delete(action);
    else this.#handlers.set(action, handler);
  }

  setPositionState(position?: MediaPositionState): void {
    this.positions.push(position);
  }

  offered(): readonly string[] {
    return [...this.#handlers.keys()].toSorted();
  }

  press(action: MediaSessionAction, details: object = {}): void {
    this.#handlers.get(action)?.({ action, ...details });
  }
}

let app: PlayerWindow;
let system: FakeSystem;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaMetadata', function MediaMetadata(this: object, init: object) {
    Object.assign(this, init);
  });
  app = openWindow(new FakeHost());
  system = new FakeSystem();
  stop = startMediaSession({
    session: system as unknown as MediaSession,
    player: app.player,
    playback: app.playback,
    clock: app.clock,
    artworkOf: () => [],
    adTitle: ({ sender }) => `Ad: ${sender}`,
    nowMs: () => Date.now(),
  });
  app.player.play(tracks('ABC'), 0, origin);
  app.engine.arrive();
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the system', () => {
  it('names what plays and whether it does', () => {
    expect(system.metadata).toMatchObject({ title: 'Title A', artist: 'Artist A', album: 'An album' });
    expect(system.playbackState).toBe('playing');
    app.player.pause();
    expect(system.playbackState).toBe('paused');
  });

  it('steers the player with its keys', () => {
    system.press('nexttrack');
    expect(app.current()).toBe('B');
    system.press('previoustrack');
    expect(app.current()).toBe('A');
    system.press('seekto', { seekTime: 50 });
    expect(app.engine.positionMs()).toBe(50_000);
    system.press('seekbackward');
    expect(app.engine.positionMs()).toBe(40_000);
    system.press('seekforward', { seekOffset: 30 });
    expect(app.engine.positionMs()).toBe(70_000);
    system.press('pause');
    expect(app.state()).toBe('paused');
    system.press('play');
    expect(app.state()).toBe('loading');
    system.press('stop');
    expect(app.state()).toBe('paused');
  });

  it('counts by itself while a track simply plays on', () => {
    const told = system.positions.length;
    app.hear(30_000);
    expect(system.positions.length).toBe(told);
  });

  it('is told the position anew after a seek, a pause and a repeat', () => {
    app.hear(10_000);
    app.player.seekTo(100_000);
    expect(system.positions.at(-1)).toMatchObject({ position: 100, duration: 180 });
    app.hear(5000);
    app.player.pause();
    expect(system.positions.at(-1)).toMatchObject({ position: 105 });
    app.player.cycleRepeat();
    app.player.cycleRepeat();
    app.player.resume();
    app.engine.arrive();
    app.hear(75_000);
    app.engine.arrive();
    expect(app.current()).toBe('A');
    expect(system.positions.at(-1)?.position).toBeLessThan(1);
  });

  it('names the next track, at its beginning, when it follows without a gap', () => {
    app.hear(180_000);
    expect(system.metadata).toMatchObject({ title: 'Title B' });
    expect(system.positions.at(-1)).toMatchObject({ position: 0, duration: 180 });
    expect(system.playbackState).toBe('playing');
  });

  it('is told how fast the position moves', () => {
    app.player.setSpeed(1.5);
    expect(system.positions.at(-1)).toMatchObject({ playbackRate: 1.5 });
    const adBreak = { breakId: 'break', spots: [spotOf('X')], index: 0 };
    app.playback.setState({ adBreak });
    expect(system.positions.at(-1)).toMatchObject({ playbackRate: 1 });
  });

  it('names who speaks in an ad break, and is offered nothing but going on and pausing', () => {
    const adBreak = { breakId: 'break', spots: [spotOf('X')], index: 0 };
    app.playback.setState({ adBreak });
    expect(system.metadata).toMatchObject({ title: 'Ad: Sender X', artist: 'Spot X' });
    expect(system.positions.at(-1)).toMatchObject({ position: 0, duration: 10 });
    expect(system.offered()).toEqual(['pause', 'play', 'stop']);
    app.playback.setState({ adBreak: null });
    expect(system.metadata).toMatchObject({ title: 'Title A' });
    expect(system.positions.at(-1)).toMatchObject({ duration: 180 });
    system.press('nexttrack');
    expect(app.current()).toBe('B');
  });

  it('is left alone once the window lets go', () => {
    stop();
    expect(system.metadata).toBeNull();
    system.press('nexttrack');
    expect(app.current()).toBe('A');
  });
});
