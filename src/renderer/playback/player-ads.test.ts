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

describe('a free listener', () => {
  it('hears two spots between two tracks after ten minutes of music, and then the next track', async () => {
    await app.nearlyDue();
    expect(host.breaksAsked).toEqual([]);
    await app.hearTheEnd(TRACK_MS - 30_000);
    expect(host.breaksAsked).toEqual([trackOf('D').id]);
    expect(app.loaded()).toBe('ad X');
    expect(app.adBreak()).toMatchObject({
      index: 0,
      spots: [{ sender: 'Sender X' }, { sender: 'Sender Y' }],
    });
    expect(app.state()).toBe('playing');
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('ad Y');
    expect(app.adBreak()?.index).toBe(1);
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('E');
    expect(app.adBreak()).toBeNull();
    expect(app.state()).toBe('playing');
    expect(app.engine.begun.map((address) => address.slice(-1)).join('')).toBe('abcdxye');
  });

  it('is not kept waiting: the break is chosen and its spots are fetched before they are due', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 30_000 - 20_001);
    await vi.advanceTimersByTimeAsync(0);
    expect(host.breaksAsked).toEqual([]);
    expect(app.engine.preloaded).toBe(addressOf('E'));
    await app.hearTheEnd(18_000);
    expect(app.engine.preloaded).toBe(adAddressOf('X'));
    await app.hearTheEnd(2001);
    expect(app.engine.preloaded).toBe(adAddressOf('Y'));
    await app.hearTheEnd(SPOT_MS);
    expect(app.engine.preloaded).toBe(addressOf('E'));
  });

  it('hears the next break after another ten minutes of music, and no sooner', async () => {
    await app.inBreak();
    await app.hearBothSpots();
    for (const _ of 'EFG') await app.hearTheEnd(TRACK_MS);
    expect(host.breaksAsked).toHaveLength(1);
    expect(app.state()).toBe('stopped');
    await app.play('ABC');
    await app.hearTheEnd(TRACK_MS);
    expect(app.loaded()).toBe('ad X');
  });

  it('hears none sooner by skipping through tracks, nor by seeking in them', async () => {
    await app.play('ABCDEFGHIJ');
    for (let skips = 0; skips < 5; skips += 1) {
      app.hear(20_000);
      app.player.seekTo(150_000);
      app.player.next();
      await app.arrive();
    }
    expect(host.breaksAsked).toEqual([]);
    expect(app.loaded()).toBe('F');
  });

  it('hears at most as many spots as the policy says', async () => {
    host.adPolicy = { ...FREE, mostSpots: 1 };
    await app.inBreak();
    expect(app.adBreak()?.spots).toHaveLength(1);
    await app.hearTheEnd(SPOT_MS);
    expect(app.loaded()).toBe('E');
  });

  it('hears none after the last track of a queue', async () => {
    await app.nearlyDue('ABCD');
    app.hear(TRACK_MS - 30_000);
    expect(app.state()).toBe('stopped');
    expect(host.breaksAsked).toEqual([]);
  });

  it('hears them too who repeats one track all evening', async () => {
    await app.play('AB');
    app.player.cycleRepeat();
    app.player.cycleRepeat();
    for (const _ of 'AAAA') await app.hearTheEnd(TRACK_MS);
    expect(app.loaded()).toBe('ad X');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('A');
  });
});

describe('an ad break comes first', () => {
  it('when the listener steps on, as soon as one is chosen', async () => {
    await app.overdue();
    app.player.next();
    expect(app.loaded()).toBe('nothing');
    expect(app.state()).toBe('loading');
    expect(app.current()).toBe('E');
    await app.arrive();
    expect(app.loaded()).toBe('ad X');
  });

  it('when the listener steps back, or chooses another album or another track of the queue', async () => {
    const wanted: readonly [string, () => void][] = [
      ['C', () => app.player.previous()],
      ['H', () => app.player.play(tracks('HI'), 0, origin)],
      ['G', () => app.player.jumpTo(app.playback.getState().queue.upcoming.at(-1)?.entryId ?? '')],
    ];
    for (const [letter, choose] of wanted) {
      app = openFreeWindow(host);
      await app.overdue();
      app.player.seekTo(1000);
      choose();
      await app.arrive();
      expect(app.loaded()).toBe('ad X');
      await app.hearBothSpots();
      expect(app.loaded()).toBe(letter);
    }
  });

  it('when what plays is taken out of the queue', async () => {
    await app.overdue();
    app.removeCurrent();
    await app.arrive();
    expect(app.loaded()).toBe('ad X');
    expect(app.current()).toBe('E');
  });

  it('when a queue that came to its end is played again from its top', async () => {
    await app.nearlyDue('ABCD');
    app.hear(TRACK_MS - 30_000);
    expect(app.state()).toBe('stopped');
    app.player.togglePlay();
    await app.arrive();
    expect(app.loaded()).toBe('ad X');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('A');
  });

  it('but not inside a track: when it is begun again, paused, or tried once more', async () => {
    await app.overdue();
    app.player.previous();
    app.player.togglePlay();
    app.player.togglePlay();
    await app.arrive();
    app.engine.fail('media_unavailable');
    await vi.advanceTimersByTimeAsync(2000);
    await app.arrive();
    expect(app.loaded()).toBe('D');
    expect(app.state()).toBe('playing');
    expect(host.breaksAsked).toEqual([]);
  });

  it('but not for longer than a moment: without an answer the music goes on, and a late one is dropped', async () => {
    host.answersBreaks = false;
    await app.overdue();
    app.player.next();
    await vi.advanceTimersByTimeAsync(1499);
    expect(app.loaded()).toBe('nothing');
    await vi.advanceTimersByTimeAsync(1);
    expect(app.loaded()).toBe('E');
    host.answerBreaks();
    await app.arrive();
    expect(app.loaded()).toBe('E');
    expect(app.state()).toBe('playing');
    app.player.next();
    await app.arrive();
    expect(app.loaded()).toBe('F');
    expect(host.breaksAsked).toHaveLength(1);
  });

  it('and an answer that comes in the middle of a later break does not end it', async () => {
    host.answersBreaks = false;
    await app.overdue();
    app.player.next();
    await vi.advanceTimersByTimeAsync(1500);
    host.answersBreaks = true;
    await app.arrive();
    await app.hearTheEnd(TRACK_MS);
    expect(app.loaded()).toBe('ad X');
    host.spots = [];
    host.answerBreaks();
    await app.arrive();
    expect(app.loaded()).toBe('ad X');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('F');
  });

  it('and of many quick presses the last says what comes after it', async () => {
    await app.overdue();
    for (const _ of 'EFG') app.player.next();
    await app.arrive();
    expect(host.breaksAsked).toHaveLength(1);
    expect(app.loaded()).toBe('ad X');
    await app.hearBothSpots();
    expect(app.loaded()).toBe('G');
  });

  it('and whoever pauses meanwhile finds it paused', async () => {
    await app.overdue();
    app.player.next();
    app.player.togglePlay();
    await app.arrive();
    expect(app.state()).toBe('paused');
    expect(app.loaded()).toBe('ad X');
    expect(app.engine.isSounding).toBe(false);
    app.player.togglePlay();
    await app.arrive();
    expect(app.state()).toBe('playing');
  });
});

describe('speed', () => {
  it("is the music's own: spots are heard as they are", async () => {
    await app.inBreak();
    app.player.setSpeed(1.5);
    expect(app.engine.speed).toBe(1);
    await app.hearBothSpots();
    expect(app.engine.speed).toBe(1.5);
    app.player.setSpeed(7);
    expect(app.engine.speed).toBe(2);
    expect(app.playback.getState().speed).toBe(2);
  });
});

describe('no ad break comes', () => {
  const wholeEvening = async (): Promise<void> => {
    await app.play('ABCDEFGHIJ');
    for (const _ of 'ABCDEFGHI') await app.hearTheEnd(TRACK_MS);
    expect(app.loaded()).toBe('J');
    // Each track was begun once, and left in peace.
    expect(app.engine.begun).toEqual([...'ABCDEFGHIJ'].map(addressOf));
  };

  it('to a premium listener', async () => {
    host.adPolicy = null;
    await wholeEvening();
    expect(host.breaksAsked).toEqual([]);
  });

  it('while the service is away, even one that was chosen before', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 40_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(host.breaksAsked).toHaveLength(1);
    host.isAway = true;
    await app.hearTheEnd(10_000);
    expect(app.loaded()).toBe('E');
    for (const _ of 'EF') await app.hearTheEnd(TRACK_MS);
    expect(app.loaded()).toBe('G');
    expect(host.breaksAsked).toHaveLength(1);
  });

  it('on the first play after a restart, however much was heard before', async () => {
    await app.nearlyDue();
    app.hear(TRACK_MS - 60_000);
    app.player.flush();
    await vi.advanceTimersByTimeAsync(400);
    app = openFreeWindow(host);
    await app.player.restore();
    app.player.next();
    await app.arrive();
    expect(app.loaded()).toBe('E');
    expect(host.breaksAsked).toEqual([]);
  });

  it('when there is nothing to hear, and then the service is let alone for three minutes of music', async () => {
    host.spots = [];
    await wholeEvening();
    // Of nine changes of tracks, the fourth is the first at which a break is due.
    expect(host.breaksAsked.length).toBeGreaterThanOrEqual(4);
    expect(host.breaksAsked.length).toBeLessThanOrEqual(6);
    expect(app.adBreak()).toBeNull();
  });

  it('when the host cannot say, and that is told to developers alone', async () => {
    host.ads.chooseBreak = () => Promise.reject(new Error('no host'));
    await wholeEvening();
    expect(app.adFailures.length).toBeGreaterThan(0);
    expect(app.notices).toEqual([]);
  });
});
