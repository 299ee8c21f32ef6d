import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFreeWindow, TRACK_MS, type FreeWindow } from '../playback/test-ad-window.ts';
import { FakeHost } from '../playback/test-support.ts';
import { createAfterTrack, type AfterTrack } from './after-track.ts';

let app: FreeWindow;
let after: AfterTrack;
let installs = 0;

beforeEach(() => {
  vi.useFakeTimers();
  installs = 0;
  app = openFreeWindow(new FakeHost());
  after = createAfterTrack({
    sleep: app.player.sleep,
    playback: app.playback,
    install: () => {
      installs += 1;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const isWaiting = (): boolean => after.store.getState().isWaiting;
const sleep = (): string => app.playback.getState().sleep.kind;

describe('a restart after this track', () => {
  it('comes once, when the track has ended and nothing sounds', async () => {
    await app.play('ABC');
    after.wait();
    expect(isWaiting()).toBe(true);
    app.hear(TRACK_MS - 1000);
    expect(installs).toBe(0);
    app.hear(1000);
    expect([installs, app.state(), app.current(), isWaiting()]).toEqual([1, 'paused', 'B', false]);
    app.player.resume();
    await app.arrive();
    app.hear(TRACK_MS);
    expect(installs).toBe(1);
  });

  it('comes after the last track of a queue, and after one that repeats', async () => {
    await app.play('A');
    after.wait();
    app.hear(TRACK_MS);
    expect(installs).toBe(1);
    await app.play('A');
    app.player.cycleRepeat();
    app.player.cycleRepeat();
    after.wait();
    app.hear(TRACK_MS);
    expect(installs).toBe(2);
  });

  it('is of the track that the listener skipped to meanwhile', async () => {
    await app.play('ABC');
    after.wait();
    app.player.next();
    await app.arrive();
    expect([installs, isWaiting()]).toEqual([0, true]);
    app.hear(TRACK_MS);
    expect([installs, app.current()]).toEqual([1, 'C']);
  });

  it('waits through a pause, and is taken back with the sleep timer, playing or not', async () => {
    await app.play('ABC');
    after.wait();
    app.player.pause();
    expect([installs, isWaiting()]).toEqual([0, true]);
    app.player.sleep.off();
    expect([installs, isWaiting()]).toEqual([0, false]);

    app.player.resume();
    await app.arrive();
    after.wait();
    app.player.sleep.set({ kind: 'minutes', minutes: 1 });
    expect(isWaiting()).toBe(false);
    app.hear(60_000);
    expect([installs, app.state()]).toEqual([0, 'paused']);
  });

  it('is taken back, and the music goes on', async () => {
    await app.play('ABC');
    after.wait();
    after.cancel();
    expect([isWaiting(), sleep()]).toEqual([false, 'off']);
    app.hear(TRACK_MS);
    expect([installs, app.current()]).toEqual([0, 'B']);
  });

  it('waits for nothing where there is no track', () => {
    after.wait();
    expect(isWaiting()).toBe(false);
  });
});
