import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from '../../contract/catalog-http.ts';
import { FakeHost, trackOf } from './test-support.ts';
import { openWindow, origin, type PlayerWindow } from './test-window.ts';

let host: FakeHost;
let app: PlayerWindow;

const TRACK_MS = 180_000;
const folk = { genres: [{ id: 'folk', name: 'Folk' }] };
const folkTracks = (letters: string): readonly Track[] => [...letters].map((letter) => trackOf(letter, folk));

beforeEach(() => {
  vi.useFakeTimers();
  host = new FakeHost();
  host.settings = { ...host.settings, autoplay: true };
  host.library = [
    ...folkTracks('ABCDEFGHIJKLMNOP'),
    trackOf('Z', { genres: [{ id: 'noise', name: 'Noise' }] }),
  ];
  app = openWindow(host);
});
afterEach(() => {
  vi.useRealTimers();
});

/** So much of it is heard, and the answers of the host arrive. */
const playing = async (letters: string, heardMs = 3000): Promise<void> => {
  app.player.play(folkTracks(letters), letters.length - 1, origin);
  app.engine.arrive();
  app.hear(heardMs);
  await vi.advanceTimersByTimeAsync(0);
};
const added = () => app.playback.getState().queue.upcoming;

describe('where the queue would end', () => {
  it('similar music follows, marked as nobody asked for, and joined', async () => {
    await playing('ABC');
    expect(added()).toHaveLength(10);
    expect(added().map(({ addedBy }) => addedBy)).toEqual(Array.from({ length: 10 }, () => 'autoplay'));
    expect(app.upcoming()).not.toMatch(/[ABCZ]/);
    app.hear(TRACK_MS);
    expect(app.engine.loads).toHaveLength(1);
    expect(app.state()).toBe('playing');
    expect(app.current()).toMatch(/[D-P]/);
  });

  it('goes on and on, and nothing of the last fifty comes again', async () => {
    await playing('A');
    for (let track = 0; track < 30; track += 1) {
      app.hear(TRACK_MS);
      app.engine.arrive();
      await vi.advanceTimersByTimeAsync(0);
    }
    const heard = app.engine.begun.slice(0, 16);
    expect(new Set(heard).size).toBe(heard.length);
    // All that is like it has been heard.
    expect(app.state()).toBe('stopped');
  });

  it('is kept as such over a restart', async () => {
    await playing('A');
    const before = app.playback.getState().queue;
    await vi.advanceTimersByTimeAsync(1000);
    app = openWindow(host);
    await app.player.restore();
    expect(app.playback.getState().queue).toEqual(before);
  });

  it.each([
    [
      'it is switched off',
      () => {
        host.settings = { ...host.settings, autoplay: false };
      },
    ],
    ['something waits', () => app.player.addToQueue(folkTracks('P'))],
    ['the queue repeats', () => app.player.cycleRepeat()],
  ])('nothing is added when %s', async (_, prepare) => {
    app.player.play(folkTracks('A'), 0, origin);
    app.engine.arrive();
    prepare();
    app.hear(10_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(added()).toEqual([]);
  });

  it('nothing is added to a queue that was changed while it was looked for', async () => {
    app.player.play(folkTracks('A'), 0, origin);
    app.engine.arrive();
    app.hear(3000);
    app.player.play(folkTracks('B'), 0, origin);
    await vi.advanceTimersByTimeAsync(0);
    expect(added()).toEqual([]);
  });

  it('whoever skips through asks for nothing', async () => {
    await playing('A', 1000);
    expect(added()).toEqual([]);
  });

  it('without the service, what is on this computer follows', async () => {
    host.isAway = true;
    host.here.add(trackOf('D').id).add(trackOf('E').id);
    await playing('A');
    expect([...app.upcoming()].toSorted().join('')).toBe('DE');
  });

  it('ends as ever when nothing can be found out, which is told to developers alone', async () => {
    host.catalogFails = true;
    await playing('A');
    app.hear(TRACK_MS);
    expect(app.state()).toBe('stopped');
    expect(app.autoplayFailures.length).toBeGreaterThan(0);
    expect(app.notices).toEqual([]);
  });
});
