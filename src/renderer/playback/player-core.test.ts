import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gainOf } from '../../core/playback/volume.ts';
import { FakeHost, trackOf } from './test-support.ts';
import { openWindow, origin, tracks, type PlayerWindow } from './test-window.ts';

let host: FakeHost;
let app: PlayerWindow;

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost();
  app = openWindow(host);
});
afterEach(() => {
  vi.useRealTimers();
});

const playing = (letters: string, index = 0): void => {
  app.player.play(tracks(letters), index, origin);
  app.engine.arrive();
};

describe('playing', () => {
  it('asks the engine at once and says when sound is there', () => {
    app.player.play(tracks('ABC'), 1, origin);
    expect(app.engine.address).toBe(`/tracks/${trackOf('B').id}`);
    expect(app.state()).toBe('loading');
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.current()).toBe('B');
  });

  it('goes on to the next track by itself, having named it to the engine early', () => {
    playing('AB');
    expect(app.engine.preloaded).toBe(`/tracks/${trackOf('B').id}`);
    app.hear(180_000);
    app.engine.arrive();
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('playing');
    expect(app.engine.preloaded).toBeNull();
  });

  it('at the end is silent, with the queue ready at its top', () => {
    playing('AB', 1);
    app.hear(180_000);
    expect(app.state()).toBe('stopped');
    expect(app.current()).toBe('A');
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.current()).toBe('A');
  });

  it('repeats one track when it ends, and moves on when asked', () => {
    playing('AB');
    app.player.cycleRepeat();
    app.player.cycleRepeat();
    expect(app.engine.preloaded).toBe(`/tracks/${trackOf('A').id}`);
    app.hear(180_000);
    expect(app.current()).toBe('A');
    expect(app.engine.begun).toHaveLength(2);
    app.player.next();
    expect(app.current()).toBe('B');
  });

  it('repeats all', () => {
    playing('AB', 1);
    app.player.cycleRepeat();
    app.hear(180_000);
    expect(app.current()).toBe('A');
    expect(app.engine.isSounding).toBe(true);
  });

  it('pauses, and plays on from there', () => {
    playing('A');
    app.hear(10_000);
    app.player.togglePlay();
    expect(app.state()).toBe('paused');
    expect(app.engine.isSounding).toBe(false);
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.engine.positionMs()).toBe(10_000);
  });

  it('shows a stall as such and as still wanted', () => {
    playing('A');
    app.engine.runDry();
    expect(app.state()).toBe('stalled');
    app.engine.arrive();
    expect(app.state()).toBe('playing');
  });

  it('is paused, not failed, when the browser wants a gesture first', () => {
    app.player.play(tracks('A'), 0, origin);
    app.engine.silence('blocked');
    expect(app.state()).toBe('paused');
    expect(app.notices).toEqual([{ kind: 'blocked' }]);
  });

  it('does nothing with nothing to play', () => {
    app.player.togglePlay();
    app.player.next();
    app.player.previous();
    app.player.edits.undo();
    expect(app.state()).toBe('stopped');
    expect(app.engine.loads).toEqual([]);
  });
});

describe('next and previous', () => {
  it('previous begins the track again after three seconds, and goes back before', () => {
    playing('AB', 1);
    app.hear(4000);
    app.player.previous();
    expect(app.current()).toBe('B');
    expect(app.engine.positionMs()).toBe(0);
    app.player.previous();
    expect(app.current()).toBe('A');
  });

  it('only the last of many quick presses loads what sounds', () => {
    playing('ABCDE');
    for (let press = 0; press < 4; press += 1) app.player.next();
    app.engine.arrive();
    expect(app.current()).toBe('E');
    expect(app.engine.address).toBe(`/tracks/${trackOf('E').id}`);
  });
});

describe('seeking', () => {
  it('shows the new position at once and stays inside the track', () => {
    playing('A');
    app.player.seekTo(60_000);
    expect(app.clock.getState().positionMs).toBe(60_000);
    app.player.seekBy(-90_000);
    expect(app.engine.positionMs()).toBe(0);
    app.player.seekTo(999_000_000);
    expect(app.engine.positionMs()).toBe(180_000);
  });
});

describe('the queue while it plays', () => {
  it('plays on when what plays is removed', () => {
    playing('ABC');
    app.player.edits.remove([app.playback.getState().queue.current?.entryId ?? '']);
    expect(app.current()).toBe('B');
    expect(app.engine.isSounding).toBe(true);
  });

  it('falls silent when the last one is removed', () => {
    playing('A');
    app.player.edits.remove([app.playback.getState().queue.current?.entryId ?? '']);
    expect(app.state()).toBe('stopped');
    expect(app.engine.address).toBeNull();
  });

  it('undoes a clearing without interrupting what plays', () => {
    playing('ABC');
    app.player.addToQueue(tracks('X'));
    app.player.edits.clear();
    expect(app.upcoming()).toBe('');
    app.player.edits.undo();
    expect(app.upcoming()).toBe('BC');
    expect(app.playback.getState().queue.requested).toHaveLength(1);
    expect(app.engine.loads).toHaveLength(1);
  });

  it('undoes the removal of what played', () => {
    playing('ABC');
    app.player.edits.remove([app.playback.getState().queue.current?.entryId ?? '']);
    app.player.edits.undo();
    expect(app.upcoming()).toBe('C');
    expect(app.current()).toBe('B');
    expect(app.playback.getState().queue.played.map((entry) => entry.track.title)).toEqual(['Title A']);
  });

  it('a track asked for first, with nothing playing, waits for "play"', () => {
    app.player.addToQueue(tracks('XY'));
    expect(app.current()).toBe('X');
    expect(app.state()).toBe('stopped');
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
  });

  it('names the new next track to the engine when the queue changes', () => {
    playing('AB');
    app.player.playNext(tracks('X'));
    expect(app.engine.preloaded).toBe(`/tracks/${trackOf('X').id}`);
  });
});

describe('volume', () => {
  it('follows the curve, and turning it up ends being muted', () => {
    app.player.setVolume(0.5);
    expect(app.engine.gain).toBeCloseTo(gainOf(0.5));
    app.player.toggleMute();
    expect(app.engine.muted).toBe(true);
    app.player.changeVolumeBy(0.05);
    expect(app.engine.muted).toBe(false);
    expect(app.playback.getState().volume).toBe(0.55);
  });

  it('unmuting at nothing becomes audible', () => {
    app.player.setVolume(0);
    app.player.toggleMute();
    expect(app.playback.getState()).toMatchObject({ volume: 0.5, muted: false });
  });
});

describe('after a restart', () => {
  const restart = async (): Promise<void> => {
    await vi.advanceTimersByTimeAsync(400);
    app = openWindow(host);
    await app.player.restore();
  };

  it('the same queue stands at the same place, paused, as loud as before', async () => {
    playing('ABC', 1);
    app.player.playNext(tracks('X'));
    app.player.setShuffle(true);
    app.player.cycleRepeat();
    app.player.setVolume(0.3);
    app.player.toggleMute();
    app.hear(42_000);
    app.player.pause();
    const before = app.playback.getState().queue;
    await restart();
    expect(app.playback.getState().queue).toEqual(before);
    expect(app.state()).toBe('paused');
    expect(app.clock.getState().positionMs).toBe(42_000);
    expect(app.playback.getState()).toMatchObject({ volume: 0.3, muted: true });
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.engine.positionMs()).toBe(42_000);
  });

  it('after a crash loses a second at most', async () => {
    playing('A');
    app.hear(63_000);
    await restart();
    expect(app.clock.getState().positionMs).toBeGreaterThanOrEqual(62_000);
  });

  it('finds its place although going from track to track did not write the queue again', async () => {
    playing('ABCDEF');
    await vi.advanceTimersByTimeAsync(400);
    const savesBefore = host.queueSaves;
    app.hear(180_000);
    app.engine.arrive();
    app.player.next();
    app.engine.arrive();
    await restart();
    expect(host.queueSaves).toBe(savesBefore);
    expect(app.current()).toBe('C');
    expect(app.upcoming()).toBe('DEF');
    expect(app.playback.getState().queue.played).toHaveLength(2);
  });

  it('keeps what was asked for and has been played in its place', async () => {
    playing('AB');
    app.player.playNext(tracks('X'));
    app.player.next();
    app.engine.arrive();
    const before = app.playback.getState().queue;
    await restart();
    expect(app.playback.getState().queue).toEqual(before);
  });

  it('does not take the place of what somebody already plays', async () => {
    playing('AB');
    await vi.advanceTimersByTimeAsync(400);
    app = openWindow(host);
    const restoring = app.player.restore();
    playing('Z');
    await restoring;
    expect(app.current()).toBe('Z');
    expect(app.engine.isSounding).toBe(true);
  });

  it('a window that goes before it knows what was kept leaves it as it was', async () => {
    app.player.setVolume(1);
    playing('AB', 1);
    app.hear(42_000);
    app.player.pause();
    await vi.advanceTimersByTimeAsync(400);
    const kept = host.position;
    expect(kept?.volume).toBe(1);
    const hasty = openWindow(host);
    const restoring = hasty.player.restore();
    hasty.player.flush();
    expect(host.position).toEqual(kept);
    await restoring;
    expect(hasty.playback.getState().volume).toBe(1);
    hasty.player.flush();
    expect(host.position).toEqual(kept);
  });

  it('a volume that is chosen before it is known what was kept stays, and is kept', async () => {
    app.player.setVolume(1);
    await restart();
    await vi.advanceTimersByTimeAsync(400);
    app = openWindow(host);
    const restoring = app.player.restore();
    app.player.setVolume(0.2);
    await restoring;
    expect(app.playback.getState().volume).toBe(0.2);
    await vi.advanceTimersByTimeAsync(400);
    expect(host.position?.volume).toBe(0.2);
  });

  it('new entries do not collide with restored ones', async () => {
    playing('AB');
    await restart();
    app.player.addToQueue(tracks('CD'));
    const { queue } = app.playback.getState();
    const ids = [queue.current, ...queue.requested, ...queue.upcoming].map((entry) => entry?.entryId);
    expect(new Set(ids).size).toBe(4);
  });

  it('a restored track that no longer loads fails only when it is wanted', async () => {
    playing('A');
    app.hear(5000);
    await restart();
    app.engine.fail('offline');
    expect(app.state()).toBe('paused');
    expect(app.notices).toEqual([]);
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
  });

  it('says when nothing could be saved', async () => {
    host.session.saveQueue = () => Promise.reject(new Error('disk full'));
    playing('A');
    await vi.advanceTimersByTimeAsync(400);
    expect(app.notices.map((notice) => notice.kind)).toContain('not_saved');
  });
});
