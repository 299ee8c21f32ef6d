import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  FREE,
  SPOT_MS,
  TRACK_MS,
  adAddressOf,
  addressOf,
  openFreeWindow,
  type FreeWindow,
} from './test-ad-window.ts';
import { FakeHost, spotOf, trackOf } from './test-support.ts';
import { origin, tracks } from './test-window.ts';

let host: FakeHost;
let app: FreeWindow;

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost();
  host.adPolicy = FREE;
  host.spots = [spotOf('X'), spotOf('Y')];
  app = openFreeWindow(host);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('in an ad break', () => {
  it('the listener can pause, and turn it down, but not get past it', async () => {
    await app.inBreak();
    app.hear(3000);
    const queue = app.playback.getState();
    app.player.next();
    app.player.previous();
    app.player.seekTo(9000);
    app.player.seekBy(5000);
    app.player.setShuffle(true);
    app.player.cycleRepeat();
    expect(app.playback.getState()).toEqual(queue);
    expect(app.loaded()).toBe('ad X');
    expect(app.engine.positionMs()).toBe(3000);
    app.player.togglePlay();
    expect(app.state()).toBe('paused');
    app.hear(60_000);
    expect(app.clock.getState()).toMatchObject({ spotPositionMs: 3000, positionMs: 0 });
    app.player.setVolume(0);
    expect(app.engine.gain).toBe(0);
    app.player.togglePlay();
    await app.arrive();
    await app.hearTheEnd(7000);
    expect(app.loaded()).toBe('ad Y');
  });

  it('becoming premium ends it with the spot at the latest, whoever forgets to say so', async () => {
    await app.inBreak();
    host.adPolicy = null;
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('E');
  });

  it('another album that is chosen comes after it, and the listener is told so', async () => {
    await app.inBreak();
    app.player.play(tracks('HI'), 1, origin);
    expect(app.loaded()).toBe('ad X');
    expect(app.notices).toEqual([{ kind: 'after_ads', track: trackOf('I') }]);
    expect(app.current()).toBe('I');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('I');
    expect(app.engine.loads.filter((address) => address.startsWith('/ads'))).toHaveLength(2);
  });

  it('choosing something in a pause goes on with the break', async () => {
    await app.inBreak();
    app.player.pause();
    app.player.play(tracks('HI'), 0, origin);
    await app.arrive();
    expect(app.loaded()).toBe('ad X');
    expect(app.state()).toBe('playing');
  });

  it('the queue can be changed, and what is first in it then comes after', async () => {
    await app.inBreak();
    app.removeCurrent();
    app.player.playNext(tracks('J'));
    expect(app.loaded()).toBe('ad X');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('F');
    app.player.next();
    await app.arrive();
    expect(app.loaded()).toBe('J');
  });

  it('emptying the queue is silence, and the break was had', async () => {
    await app.inBreak();
    app.player.edits.clear();
    app.removeCurrent();
    expect(app.state()).toBe('stopped');
    expect(app.engine.address).toBeNull();
    expect(app.adBreak()).toBeNull();
    await app.play('AB');
    expect(app.loaded()).toBe('A');
  });

  it('becoming premium ends it at once, and the music goes on', async () => {
    await app.inBreak();
    app.hear(3000);
    host.adPolicy = null;
    app.player.adPolicyChanged();
    await app.arrive();
    expect(app.loaded()).toBe('E');
    expect(app.state()).toBe('playing');
    expect(app.adBreak()).toBeNull();
  });

  it('becoming premium before a chosen break lets the next track be fetched instead', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 40_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(app.engine.preloaded).toBe(adAddressOf('X'));
    host.adPolicy = null;
    app.player.adPolicyChanged();
    expect(app.engine.preloaded).toBe(addressOf('E'));
    await app.hearTheEnd(10_000);
    expect(app.loaded()).toBe('E');
  });

  it('the network going away changes nothing: what was chosen is heard', async () => {
    await app.inBreak();
    host.isAway = true;
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('ad Y');
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('E');
  });

  it('a spot that does not play is passed over without a word', async () => {
    app.engine.broken.set(adAddressOf('X'), 'not_found');
    await app.inBreak();
    await app.arrive();
    expect(app.loaded()).toBe('ad Y');
    expect(app.notices).toEqual([]);
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('E');
    expect(host.adEvents.every((event) => event.startsWith('Y'))).toBe(true);
    expect(app.playback.getState().failed.size).toBe(0);
  });

  it('a spot that never sounds is passed over, and so is the next', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 31_000);
    await vi.advanceTimersByTimeAsync(0);
    app.hear(1000);
    expect(app.loaded()).toBe('ad X');
    await vi.advanceTimersByTimeAsync(4999);
    expect(app.loaded()).toBe('ad X');
    await vi.advanceTimersByTimeAsync(1);
    expect(app.loaded()).toBe('ad Y');
    await vi.advanceTimersByTimeAsync(5000);
    expect(app.loaded()).toBe('E');
    expect(host.adEvents).toEqual([]);
  });

  it('a spot that stays silent is passed over, but not while it is paused', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 31_000);
    await vi.advanceTimersByTimeAsync(0);
    app.hear(1000);
    expect(app.loaded()).toBe('ad X');
    app.player.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(app.loaded()).toBe('ad X');
    app.player.resume();
    await vi.advanceTimersByTimeAsync(5000);
    expect(app.loaded()).toBe('ad Y');
    await app.arrive();
    app.engine.runDry();
    expect(app.state()).toBe('stalled');
    await vi.advanceTimersByTimeAsync(5000);
    expect(app.loaded()).toBe('E');
  });

  it('when no spot plays, none was had: the next break is tried again after three minutes', async () => {
    for (const spot of 'XY') app.engine.broken.set(adAddressOf(spot), 'not_found');
    await app.inBreak();
    for (const _ of 'XY') await app.arrive();
    expect(app.loaded()).toBe('E');
    expect(host.adEvents).toEqual([]);
    await app.hearTheEnd(TRACK_MS);
    expect(host.breaksAsked).toHaveLength(2);
  });

  it('a device that is taken away pauses it', async () => {
    await app.inBreak();
    app.engine.silence('system');
    expect(app.state()).toBe('paused');
    app.player.resume();
    await app.arrive();
    expect(app.state()).toBe('playing');
    expect(app.loaded()).toBe('ad X');
  });
});

describe('what is known of a break', () => {
  it('is that it sounded, how far it came, and no more: it is no play and has no place in the queue', async () => {
    await app.inBreak();
    app.hear(5500);
    expect(host.adEvents).toEqual(['X impression', 'X firstQuartile', 'X midpoint']);
    await app.hearTheEnd(4500);
    await app.hearTheEnd(SPOT_MS);
    expect(host.adEvents).toEqual(
      ['X', 'Y'].flatMap((spot) =>
        ['impression', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete'].map(
          (kind) => `${spot} ${kind}`,
        ),
      ),
    );
    expect(host.plays).toEqual(['A', 'B', 'C', 'D'].map((letter) => `Title ${letter}`));
    expect(
      app.playback
        .getState()
        .queue.played.map((entry) => entry.track.title.slice(-1))
        .join(''),
    ).toBe('ABCD');
  });

  it('is that it sounded once, however often it is paused', async () => {
    await app.inBreak();
    for (let pauses = 0; pauses < 3; pauses += 1) {
      app.player.pause();
      app.player.resume();
      await app.arrive();
    }
    expect(host.adEvents).toEqual(['X impression']);
  });

  it('quitting in it resumes with the track after it, from its beginning', async () => {
    await app.inBreak();
    app.hear(6000);
    app.player.flush();
    await vi.advanceTimersByTimeAsync(400);
    app = openFreeWindow(host);
    await app.player.restore();
    expect(app.current()).toBe('E');
    expect(app.clock.getState().positionMs).toBe(0);
    app.player.togglePlay();
    await app.arrive();
    expect(app.loaded()).toBe('E');
  });

  it('a spot cut short by becoming premium is not complete', async () => {
    await app.inBreak();
    app.hear(9900);
    host.adPolicy = null;
    app.player.adPolicyChanged();
    expect(host.adEvents).not.toContain('X complete');
  });

  it('what cannot be told is told to developers, once for each event, and changes nothing', async () => {
    host.ads.report = () => Promise.reject(new Error('disk full'));
    await app.inBreak();
    await app.hearTheEnd(SPOT_MS);
    expect(app.adFailures.length).toBeGreaterThan(0);
    expect(app.notices).toEqual([]);
    expect(app.loaded()).toBe('ad Y');
  });
});
