import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostErrorCode } from '../../contract/host-error.ts';
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

const addressOf = (name: string): string => `/tracks/${trackOf(name).id}`;
/** The network goes: of `names` only those in `here` still play. */
const cutOff = (names: string, here: string, code: HostErrorCode = 'offline'): void => {
  host.isAway = true;
  host.here.clear();
  for (const name of here) host.here.add(trackOf(name).id);
  for (const name of names) {
    if (!here.includes(name)) app.engine.broken.set(addressOf(name), code);
  }
};
const comeBack = (): void => {
  host.isAway = false;
  app.engine.broken.clear();
  app.player.serviceReachable();
};
/** Lets answers of the host, and what was loaded, arrive. */
const settle = async (): Promise<void> => {
  for (let step = 0; step < 8; step += 1) {
    await vi.advanceTimersByTimeAsync(0);
    app.engine.arrive();
  }
};
const playing = (names: string, index = 0): void => {
  app.player.play(tracks(names), index, origin);
  app.engine.arrive();
};
const kinds = (): readonly string[] => app.notices.map((notice) => notice.kind);

describe('without a network', () => {
  it('goes on with the next track that is on this computer, and says once how many are not', async () => {
    playing('ABCDEFG');
    cutOff('ABCDEFG', 'ADG');
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('D');
    expect(app.state()).toBe('playing');
    expect(app.notices).toMatchObject([{ kind: 'went_on', passed: 2, track: { title: 'Title D' } }]);
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('G');
    expect(kinds()).toEqual(['went_on']);
    expect(app.playback.getState().failed.size).toBe(0);
  });

  it('finds one far down a long queue, without trying any of those before it', async () => {
    const long = Array.from({ length: 5000 }, (_, index) => trackOf(`${index}x`));
    const [far] = long.slice(4321);
    app.player.play(long, 0, origin);
    app.engine.arrive();
    host.isAway = true;
    host.here.add(far?.id ?? '');
    app.engine.broken.set(addressOf('1x'), 'offline');
    app.player.next();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.engine.loads).toEqual([addressOf('0x'), addressOf('4321x')]);
    expect(Math.max(...host.asked)).toBeLessThanOrEqual(500);
  });

  it('waits where the listener was when nothing that follows is here, and plays on when the service is back', async () => {
    playing('ABCD');
    cutOff('ABCD', 'A');
    app.hear(180_000);
    await settle();
    expect(app.state()).toBe('waiting');
    expect(app.current()).toBe('B');
    expect(app.upcoming()).toBe('CD');
    expect(app.engine.loads).toEqual([addressOf('A'), addressOf('B')]);
    expect(app.notices).toMatchObject([{ kind: 'waits', code: 'offline', track: { title: 'Title B' } }]);
    expect(app.playback.getState().failed.size).toBe(0);
    comeBack();
    await settle();
    expect(app.state()).toBe('playing');
    expect(app.current()).toBe('B');
  });

  it('keeps the place in a track that was cut off in the middle', async () => {
    playing('AB');
    app.hear(70_000);
    cutOff('AB', '');
    app.engine.fail('offline');
    for (let tries = 0; tries < 4; tries += 1) {
      await vi.advanceTimersByTimeAsync(2000);
      app.engine.arrive();
    }
    await settle();
    expect(app.state()).toBe('waiting');
    comeBack();
    await settle();
    expect(app.current()).toBe('A');
    expect(app.engine.positionMs()).toBe(70_000);
  });

  it('does not try for long what has not sounded, wherever in it the listener wants to be', async () => {
    playing('ABC');
    cutOff('ABC', 'AC');
    app.player.jumpTo(app.playback.getState().queue.upcoming[0]?.entryId ?? '');
    app.player.seekTo(60_000);
    await settle();
    expect(app.current()).toBe('C');
    expect(app.state()).toBe('playing');
    expect(app.clock.getState().positionMs).toBe(0);
  });

  it('steps on and back to what is here', async () => {
    playing('ABCDE', 2);
    cutOff('ABCDE', 'ACE');
    app.player.next();
    await settle();
    expect(app.current()).toBe('E');
    app.player.previous();
    await settle();
    expect(app.current()).toBe('C');
    app.player.previous();
    await settle();
    expect(app.current()).toBe('A');
    expect(kinds()).toEqual([]);
  });

  it('plays on, and says so, when there is nothing to step to', async () => {
    playing('ABC');
    cutOff('ABC', 'A');
    app.hear(5000);
    app.player.next();
    await settle();
    expect(app.current()).toBe('A');
    expect(app.state()).toBe('playing');
    expect(app.engine.loads).toHaveLength(1);
    expect(kinds()).toEqual(['nothing_here']);
  });

  it('at the end of the queue stepping on ends it, as ever', async () => {
    playing('AB', 1);
    cutOff('AB', 'B');
    app.player.next();
    await settle();
    expect(app.state()).toBe('stopped');
    expect(app.current()).toBe('A');
  });

  it('goes round with repeat, and no further than once', async () => {
    playing('ABC', 2);
    app.player.cycleRepeat();
    cutOff('ABC', 'BC');
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('B');
    cutOff('ABC', '');
    app.hear(180_000);
    await settle();
    expect(app.state()).toBe('waiting');
  });

  it('what was asked for waits for the network instead of being passed over', async () => {
    playing('ABC');
    app.player.playNext(tracks('X'));
    cutOff('ABCX', 'AC');
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('C');
    comeBack();
    app.player.next();
    await settle();
    expect(app.current()).toBe('X');
    expect(kinds()).toEqual(['went_on']);
  });

  it('treats locked music like music that is not here, until the service answers', async () => {
    playing('ABC');
    cutOff('ABC', 'C', 'lease_over');
    app.player.jumpTo(app.playback.getState().queue.upcoming[0]?.entryId ?? '');
    await settle();
    expect(app.current()).toBe('C');
    cutOff('ABC', '', 'lease_over');
    app.engine.broken.set(addressOf('C'), 'lease_over');
    app.player.play(tracks('C'), 0, origin);
    await settle();
    expect(app.state()).toBe('waiting');
    expect(app.notices.at(-1)).toMatchObject({ kind: 'waits', code: 'lease_over' });
    comeBack();
    await settle();
    expect(app.state()).toBe('playing');
  });

  it('goes on with what is here when the sign-in was taken back, and with the rest once there is a new one', async () => {
    playing('ABCD');
    cutOff('ABCD', 'AC', 'sign_in_required');
    host.isAway = false;
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('C');
    expect(app.notices).toMatchObject([{ kind: 'went_on', passed: 1, code: 'sign_in_required' }]);
    app.hear(180_000);
    await settle();
    expect(app.state()).toBe('waiting');
    expect(app.playback.getState().failed.size).toBe(0);
    comeBack();
    await settle();
    expect(app.current()).toBe('D');
    expect(app.state()).toBe('playing');
  });

  it('a pause while it looks ends the looking', async () => {
    playing('ABC');
    cutOff('ABC', 'AC');
    app.player.jumpTo(app.playback.getState().queue.upcoming[0]?.entryId ?? '');
    app.engine.arrive();
    app.player.pause();
    await settle();
    expect(app.state()).toBe('paused');
    expect(app.current()).toBe('B');
  });

  it('something else that is played meanwhile goes first', async () => {
    playing('ABC');
    cutOff('ABC', 'AC');
    app.player.next();
    app.player.play(tracks('Z'), 0, origin);
    await settle();
    expect(app.current()).toBe('Z');
  });

  it('does not believe a mark for ever: after three that fail it waits', async () => {
    playing('ABCDEFG');
    cutOff('ABCDEFG', '');
    for (const name of 'BCDEFG') host.here.add(trackOf(name).id);
    app.hear(180_000);
    await settle();
    expect(app.state()).toBe('waiting');
    expect(app.current()).toBe('B');
    expect(app.engine.loads.length).toBeLessThanOrEqual(4);
  });

  it('says anew in the next outage that tracks are passed over', async () => {
    playing('ABCDE');
    cutOff('ABCDE', 'AC');
    app.hear(180_000);
    await settle();
    comeBack();
    cutOff('ABCDE', 'CE');
    app.hear(180_000);
    await settle();
    expect(app.current()).toBe('E');
    expect(kinds()).toEqual(['went_on', 'went_on']);
  });
});

describe('what the cache is told', () => {
  it('is what plays and the two that come', () => {
    playing('ABCD');
    expect(host.expected).toBe('a bc');
    app.player.next();
    expect(host.expected).toBe('b cd');
    app.player.playNext(tracks('X'));
    expect(host.expected).toBe('b xc');
  });

  it('goes round with repeat, and needs nothing for a track that repeats alone', () => {
    playing('ABC', 2);
    expect(host.expected).toBe('c');
    app.player.cycleRepeat();
    expect(host.expected).toBe('c ab');
    app.player.cycleRepeat();
    expect(host.expected).toBe('c');
  });

  it('follows the shuffled order', () => {
    playing('ABCDEF');
    app.player.setShuffle(true);
    expect(host.expected).toBe(`a ${app.upcoming().slice(0, 2).toLowerCase()}`);
  });

  it('is nothing once nothing is loaded', () => {
    app.player.addToQueue(tracks('AB'));
    expect(host.expected).toBe('');
    app.player.togglePlay();
    expect(host.expected).toBe('a b');
    app.engine.arrive();
    app.hear(180_000);
    app.engine.arrive();
    app.hear(180_000);
    expect(host.expected).toBe('-');
  });

  it('includes what is restored and paused', async () => {
    playing('ABC');
    await vi.advanceTimersByTimeAsync(400);
    host.expected = '';
    app = openWindow(host);
    await app.player.restore();
    expect(host.expected).toBe('a bc');
  });

  it('is told again after a failure, which is reported once and does not stop the music', async () => {
    host.cacheFails = true;
    playing('ABC');
    await vi.advanceTimersByTimeAsync(0);
    app.player.next();
    await vi.advanceTimersByTimeAsync(0);
    app.engine.arrive();
    expect(app.cacheFailures).toHaveLength(1);
    expect(host.expected).toBe('b c');
    expect(app.state()).toBe('playing');
  });
});
