import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gainOf } from '../../core/playback/volume.ts';
import { FREE, openFreeWindow, TRACK_MS, type FreeWindow } from './test-ad-window.ts';
import { FakeHost, spotOf, trackOf } from './test-support.ts';
import { origin, tracks } from './test-window.ts';

let host: FakeHost;
let app: FreeWindow;

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost();
  app = openFreeWindow(host);
});
afterEach(() => {
  vi.useRealTimers();
});

const sleep = () => app.playback.getState().sleep;

describe('a sleep timer of minutes', () => {
  it('fades out and pauses, through track changes, and the volume is as before', async () => {
    await app.play('ABCD');
    app.player.sleep.set({ kind: 'minutes', minutes: 5 });
    expect(sleep()).toMatchObject({ kind: 'at' });
    app.hear(290_000);
    expect(app.current()).toBe('B');
    expect(app.engine.gain).toBe(gainOf(0.8));
    app.hear(5000);
    expect(app.engine.gain).toBeCloseTo(gainOf(0.8) / 4, 2);
    expect(app.playback.getState().volume).toBe(0.8);
    app.hear(5000);
    expect(app.state()).toBe('paused');
    expect(sleep()).toEqual({ kind: 'off' });
    vi.advanceTimersByTime(1000);
    expect(app.engine.gain).toBe(gainOf(0.8));
    expect(app.engine.isSounding).toBe(false);
  });

  it('is set anew or taken back, and then is as loud as before at once', async () => {
    await app.play('AB');
    app.player.sleep.set({ kind: 'minutes', minutes: 1 });
    app.hear(55_000);
    app.player.sleep.set({ kind: 'minutes', minutes: 1 });
    expect(app.engine.gain).toBe(gainOf(0.8));
    app.hear(55_000);
    app.player.sleep.off();
    expect(app.engine.gain).toBe(gainOf(0.8));
    app.hear(60_000);
    expect(app.state()).toBe('playing');
  });

  it('keeps fading while the volume is changed', async () => {
    await app.play('AB');
    app.player.sleep.set({ kind: 'minutes', minutes: 1 });
    app.hear(55_000);
    app.player.setVolume(0.4);
    expect(app.engine.gain).toBeCloseTo(gainOf(0.4) / 4, 2);
  });

  it('is over without a word when nothing plays by then', async () => {
    await app.play('AB');
    app.player.sleep.set({ kind: 'minutes', minutes: 1 });
    app.player.pause();
    app.hear(60_000);
    vi.advanceTimersByTime(61_000);
    expect(sleep()).toEqual({ kind: 'off' });
    app.player.resume();
    await app.arrive();
    expect(app.state()).toBe('playing');
  });
});

describe('sleep at the end', () => {
  it('of the track: the next one stands ready, silent', async () => {
    await app.play('ABC');
    app.player.sleep.set({ kind: 'endOfTrack' });
    expect(app.engine.follower).toBeNull();
    app.hear(TRACK_MS);
    expect(app.state()).toBe('paused');
    expect(app.current()).toBe('B');
    expect(app.engine.isSounding).toBe(false);
    expect(sleep()).toEqual({ kind: 'off' });
    expect(host.position).toMatchObject({ positionMs: 0 });
    app.player.resume();
    await app.arrive();
    expect(app.state()).toBe('playing');
  });

  it('of the last track: as at the end of any queue', async () => {
    await app.play('A');
    app.player.sleep.set({ kind: 'endOfTrack' });
    app.hear(TRACK_MS);
    expect(app.state()).toBe('stopped');
    expect(sleep()).toEqual({ kind: 'off' });
  });

  it('of the album: tracks of it still follow by themselves', async () => {
    app.player.play([...tracks('AB'), trackOf('C', { album: { id: 'other', title: 'Other' } })], 0, origin);
    await app.arrive();
    app.player.sleep.set({ kind: 'endOfAlbum' });
    app.hear(TRACK_MS);
    expect(app.current()).toBe('B');
    expect(app.state()).toBe('playing');
    app.hear(TRACK_MS);
    expect(app.current()).toBe('C');
    expect(app.state()).toBe('paused');
  });

  it('of the album that was chosen meanwhile', async () => {
    await app.play('AB');
    app.player.sleep.set({ kind: 'endOfAlbum' });
    const other = { album: { id: 'other', title: 'Other' } };
    app.player.play([trackOf('C', other), trackOf('D', other)], 0, origin);
    await app.arrive();
    app.hear(TRACK_MS);
    expect(app.current()).toBe('D');
    expect(app.state()).toBe('playing');
  });

  it('taken back: the music goes on, joined', async () => {
    await app.play('AB');
    app.player.sleep.set({ kind: 'endOfTrack' });
    app.player.sleep.off();
    app.hear(TRACK_MS);
    expect(app.current()).toBe('B');
    expect(app.engine.loads).toHaveLength(1);
  });

  it('wakes nobody with an ad', async () => {
    host.adPolicy = FREE;
    host.spots = [spotOf('X'), spotOf('Y')];
    await app.nearlyDue();
    app.player.sleep.set({ kind: 'endOfTrack' });
    await app.hearTheEnd(TRACK_MS - 30_000);
    expect(host.breaksAsked).toEqual([]);
    expect(app.adBreak()).toBeNull();
    expect(app.state()).toBe('paused');
  });

  it('is nothing to set with an empty queue', () => {
    app.player.sleep.set({ kind: 'endOfAlbum' });
    expect(sleep()).toEqual({ kind: 'off' });
  });
});
