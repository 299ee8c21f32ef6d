import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

describe('a track that does not play', () => {
  const addressOf = (letter: string): string => `/tracks/${trackOf(letter).id}`;
  /** Lets every retry come. */
  const keepTrying = async (): Promise<void> => {
    for (let tries = 0; tries < 12; tries += 1) {
      app.engine.arrive();
      await vi.advanceTimersByTimeAsync(2000);
    }
  };

  it('is tried again from where it was, and nobody hears of it when that helps', () => {
    playing('A');
    app.hear(30_000);
    app.engine.fail('media_unavailable');
    expect(app.state()).toBe('failing');
    vi.advanceTimersByTime(2000);
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.engine.positionMs()).toBe(30_000);
    expect(app.notices).toEqual([]);
  });

  it('is named and passed over, and marked until it plays', async () => {
    app.engine.broken.set(addressOf('A'), 'media_unavailable');
    app.player.play(tracks('AB'), 0, origin);
    await keepTrying();
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('playing');
    expect(app.notices).toMatchObject([{ kind: 'passed_over', code: 'media_unavailable' }]);
    expect([...app.playback.getState().failed.keys()]).toEqual([trackOf('A').id]);
    app.engine.broken.clear();
    app.player.previous();
    app.engine.arrive();
    expect(app.playback.getState().failed.size).toBe(0);
  });

  it('is not tried again when it is gone for good', () => {
    app.engine.broken.set(addressOf('A'), 'not_found');
    app.player.play(tracks('AB'), 0, origin);
    app.engine.arrive();
    expect(app.engine.loads).toEqual([addressOf('A'), addressOf('B')]);
  });

  it('after three in a row the player waits, says so, and tries again when asked', async () => {
    for (const letter of 'ABC') app.engine.broken.set(addressOf(letter), 'media_unavailable');
    app.player.play(tracks('ABCD'), 0, origin);
    await keepTrying();
    expect(app.state()).toBe('waiting');
    expect(app.current()).toBe('C');
    expect(app.notices.map((notice) => notice.kind)).toEqual(['passed_over', 'passed_over', 'gave_up']);
    app.engine.broken.clear();
    app.player.togglePlay();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.current()).toBe('C');
  });

  it('without a network the player goes back to where it was, for nothing that was kept follows', async () => {
    playing('ABCD');
    app.hear(30_000);
    for (const letter of 'ABC') app.engine.broken.set(addressOf(letter), 'service_unreachable');
    app.engine.fail('service_unreachable');
    await keepTrying();
    expect(app.state()).toBe('waiting');
    expect(app.current()).toBe('A');
    expect(app.notices).toMatchObject([{ kind: 'waits', track: { id: trackOf('A').id } }]);
    app.engine.broken.clear();
    app.player.serviceReachable();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
    expect(app.engine.positionMs()).toBe(30_000);
  });

  it('what waited for the network plays on when the service answers again', async () => {
    app.engine.broken.set(addressOf('A'), 'offline');
    app.player.play(tracks('A'), 0, origin);
    await keepTrying();
    expect(app.state()).toBe('waiting');
    app.engine.broken.clear();
    app.player.serviceReachable();
    app.engine.arrive();
    expect(app.state()).toBe('playing');
  });

  it('a pause while it is tried again ends the trying', () => {
    playing('AB');
    app.engine.fail('offline');
    app.player.pause();
    vi.advanceTimersByTime(5000);
    expect(app.engine.loads).toHaveLength(1);
    expect(app.state()).toBe('paused');
  });

  it('a track that repeats alone is not passed over for itself', () => {
    app.engine.broken.set(addressOf('A'), 'not_found');
    app.player.cycleRepeat();
    app.player.play(tracks('A'), 0, origin);
    app.engine.arrive();
    expect(app.state()).toBe('waiting');
    expect(app.engine.loads).toHaveLength(1);
  });
});

describe('counting plays', () => {
  it('counts after thirty seconds heard, once, whatever the seeking', () => {
    playing('AB');
    app.hear(20_000);
    app.player.seekTo(100_000);
    app.hear(9000);
    expect(host.plays).toEqual([]);
    app.hear(2000);
    app.hear(40_000);
    expect(host.plays).toEqual(['Title A']);
  });

  it('does not count time spent paused or stalled', () => {
    playing('A');
    app.hear(20_000);
    app.player.pause();
    vi.advanceTimersByTime(60_000);
    app.player.resume();
    app.engine.arrive();
    app.engine.runDry();
    vi.advanceTimersByTime(60_000);
    app.engine.arrive();
    app.hear(9000);
    expect(host.plays).toEqual([]);
  });

  it('counts a short track at its end, and each repeat anew', () => {
    app.engine.durationMs = 12_000;
    app.player.cycleRepeat();
    app.player.play([trackOf('A', { durationMs: 12_000 })], 0, origin);
    app.engine.arrive();
    app.hear(12_000);
    app.engine.arrive();
    app.hear(12_000);
    expect(host.plays).toEqual(['Title A', 'Title A']);
  });

  it('does not count what was skipped', () => {
    playing('AB');
    app.hear(10_000);
    app.player.next();
    expect(host.plays).toEqual([]);
  });
});
