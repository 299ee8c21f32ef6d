import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import { addressOf } from './test-ad-window.ts';
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

const TRACK_MS = 180_000;
const playing = (list: readonly Track[], index = 0): void => {
  app.player.play(list, index, origin);
  app.engine.arrive();
};
const single = (letter: string, changes: Partial<Track> = {}): Track =>
  trackOf(letter, { album: { id: trackOf(letter).id, title: letter }, ...changes });
const removeNext = (): void => {
  app.player.edits.remove([app.playback.getState().queue.upcoming[0]?.entryId ?? '']);
};

describe('a join', () => {
  it('moves the queue on without loading anything, and counts either track as a play', () => {
    playing(tracks('ABC'));
    app.hear(TRACK_MS);
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('playing');
    expect(app.engine.loads).toEqual([addressOf('A')]);
    expect(app.clock.getState()).toMatchObject({ positionMs: 0, durationMs: TRACK_MS });
    expect(app.engine.follower?.address).toBe(addressOf('C'));
    expect(host.expected).toBe('b c');
    app.hear(40_000);
    expect(host.plays).toEqual(['Title A', 'Title B']);
  });

  it('goes through a whole queue, and falls silent at its end', () => {
    playing(tracks('ABC'));
    app.hear(3 * TRACK_MS);
    expect(app.engine.begun).toEqual([...'ABC'].map(addressOf));
    expect(app.engine.loads).toHaveLength(1);
    expect(app.state()).toBe('stopped');
    expect(app.current()).toBe('A');
  });

  it('is remembered: a restart finds the track that sounded', async () => {
    playing(tracks('ABC'));
    app.hear(TRACK_MS + 10_000);
    await vi.advanceTimersByTimeAsync(400);
    app = openWindow(host);
    await app.player.restore();
    expect(app.current()).toBe('B');
    expect(app.clock.getState().positionMs).toBeGreaterThan(4000);
  });

  it('begins a new round, in the order that was named to the engine', () => {
    playing(tracks('ABCDEFGH'), 7);
    app.player.setShuffle(true);
    app.player.cycleRepeat();
    app.hear(8 * TRACK_MS);
    const named = app.engine.follower?.address;
    app.hear(TRACK_MS);
    expect(app.engine.loads).toHaveLength(1);
    expect(addressOf(app.current() ?? '')).toBe(app.engine.begun.at(-1));
    expect(app.engine.begun).toContain(named);
  });

  it('repeats one track, each time a play', () => {
    playing(tracks('AB'));
    app.player.cycleRepeat();
    app.player.cycleRepeat();
    expect(app.engine.follower?.address).toBe(addressOf('A'));
    app.hear(2 * TRACK_MS);
    expect(app.engine.loads).toHaveLength(1);
    expect(app.clock.getState().positionMs).toBe(0);
    expect(host.plays).toEqual(['Title A', 'Title A']);
    app.player.cycleRepeat();
    expect(app.engine.follower?.address).toBe(addressOf('B'));
  });

  it('stays paused when it came just as silence was asked for', () => {
    playing(tracks('AB'));
    app.player.pause();
    app.engine.advance({ address: addressOf('B') });
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('paused');
    app.hear(60_000);
    expect(host.plays).toEqual([]);
  });
});

describe('when something else is wanted by then', () => {
  it('what is next after the listener stepped on is not stepped over', () => {
    playing(tracks('ABC'));
    app.hear(TRACK_MS - 250);
    app.player.next();
    app.engine.advance({ address: addressOf('B') });
    expect(app.current()).toBe('B');
    expect(app.engine.loads).toEqual([addressOf('A'), addressOf('B')]);
  });

  it('names another to the engine when the next one is removed in the last second', () => {
    playing(tracks('ABC'));
    app.hear(TRACK_MS - 500);
    removeNext();
    expect(app.engine.follower?.address).toBe(addressOf('C'));
    app.hear(500);
    expect(app.current()).toBe('C');
    expect(app.engine.loads).toHaveLength(1);
  });

  it('plays the right one when the engine went on with what was removed', () => {
    playing(tracks('ABC'));
    app.hear(TRACK_MS - 500);
    removeNext();
    app.engine.advance({ address: addressOf('B') });
    expect(app.current()).toBe('C');
    expect(app.engine.loads).toEqual([addressOf('A'), addressOf('C')]);
  });

  it('names nothing behind the last track, and what is asked for then', () => {
    playing(tracks('A'));
    expect(app.engine.follower).toBeNull();
    app.player.addToQueue(tracks('X'));
    expect(app.engine.follower?.address).toBe(addressOf('X'));
  });

  it('a track that does not join is loaded at its turn, and passed over like any other', () => {
    app.engine.broken.set(addressOf('B'), 'not_found');
    playing(tracks('ABC'));
    app.hear(TRACK_MS);
    expect(app.engine.loads).toEqual([addressOf('A'), addressOf('B')]);
    app.engine.arrive();
    app.engine.arrive();
    expect(app.current()).toBe('C');
    expect(app.state()).toBe('playing');
    expect(app.notices).toMatchObject([{ kind: 'passed_over' }]);
  });

  it('an engine that joins nothing plays the same queue', () => {
    app.engine.joins = false;
    playing(tracks('AB'));
    app.hear(TRACK_MS);
    app.engine.arrive();
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('playing');
    expect(app.engine.loads).toHaveLength(2);
  });
});

describe('even loudness', () => {
  const measured = (integratedLufs: number) => ({ integratedLufs, truePeakDbtp: -6 });

  it('goes with the track that is loaded and with the one that follows', () => {
    host.settings = { ...host.settings, loudness: 'auto' };
    playing([single('A', { loudness: measured(-9) }), single('B', { loudness: measured(-17) })]);
    expect(app.engine.gainDb).toBe(-5);
    expect(app.engine.follower).toMatchObject({ gainDb: 3, truePeakDbtp: -6 });
    host.settings = { ...host.settings, loudnessLevel: 'quiet' };
    app.player.settingsChanged();
    expect(app.engine.gainDb).toBe(-10);
    expect(app.engine.follower).toMatchObject({ gainDb: -2 });
    app.hear(TRACK_MS);
    app.player.previous();
    expect(app.engine.gainDb).toBe(-10);
  });
});

describe('a crossfade', () => {
  it('joins tracks that do not belong together, and none of an album in order', () => {
    host.settings = { ...host.settings, crossfadeSeconds: 6 };
    const album = [1, 2].map((trackNumber) => trackOf(`T${trackNumber}`, { trackNumber }));
    playing([single('A'), ...album]);
    expect(app.engine.follower?.crossfadeMs).toBe(6000);
    app.hear(TRACK_MS);
    expect(app.engine.follower?.crossfadeMs).toBe(0);
    app.player.playNext([single('X')]);
    expect(app.engine.follower?.crossfadeMs).toBe(6000);
  });

  it('counts what sounds while it fades out as heard', () => {
    host.settings = { ...host.settings, crossfadeSeconds: 6 };
    const short = { durationMs: 20_000 };
    playing([single('A', short), single('B', short)]);
    app.hear(14_000);
    app.engine.advance({ address: addressOf('B') });
    expect(host.plays).toEqual(['Title A']);
  });
});
