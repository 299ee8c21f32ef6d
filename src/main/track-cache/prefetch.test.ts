import { describe, expect, it } from 'vitest';
import { HostFailure } from '../../contract/host-error.ts';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { recordLog } from '../../../tests/host/silent-log.ts';
import { createPrefetch } from './prefetch.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const prefetching = () => {
  const log = recordLog();
  const asked: {
    readonly trackId: string;
    readonly signal: AbortSignal;
    readonly done: PromiseWithResolvers<void>;
  }[] = [];
  const clock = handClock();
  const prefetch = createPrefetch({
    clock,
    log,
    fetchWhole(trackId, signal) {
      const done = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => done.reject(new HostFailure('cancelled', 'no longer wanted')));
      asked.push({ trackId, signal, done });
      return done.promise;
    },
  });
  return { prefetch, asked, clock, log, ids: () => asked.map(({ trackId }) => trackId) };
};

describe('fetching ahead', () => {
  it('makes the next whole, and only then begins the one after it', async () => {
    const { prefetch, asked, ids } = prefetching();
    prefetch.follow({ current: 'a', upcoming: ['b', 'c', 'd'] });
    await settle();
    expect(ids()).toEqual(['b']);
    asked[0]?.done.resolve();
    await settle();
    expect(ids()).toEqual(['b', 'c']);
    asked[1]?.done.resolve();
    await settle();
    expect(ids()).toEqual(['b', 'c']);
  });

  it('lets go of what does not come next any more, and of nothing when the same comes next', async () => {
    const { prefetch, asked, ids } = prefetching();
    prefetch.follow({ current: 'a', upcoming: ['b', 'c'] });
    prefetch.follow({ current: 'a', upcoming: ['b', 'c', 'd'] });
    expect(asked[0]?.signal.aborted).toBe(false);
    prefetch.follow({ current: 'a', upcoming: ['e', 'b'] });
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(ids()).toEqual(['b', 'e']);
  });

  it('goes on with the one after when the next cannot be had', async () => {
    const { prefetch, asked, ids, log } = prefetching();
    prefetch.follow({ current: 'a', upcoming: ['b', 'c'] });
    asked[0]?.done.reject(new HostFailure('not_found', 'gone'));
    await settle();
    expect(ids()).toEqual(['b', 'c']);
    expect(log.lines.map(({ message }) => message)).toEqual(['not fetched ahead']);
  });

  it('tries again what a tunnel kept from coming, for as long as it still comes next', async () => {
    const { prefetch, asked, clock, ids } = prefetching();
    prefetch.follow({ current: 'a', upcoming: ['b', 'c'] });
    asked[0]?.done.reject(new HostFailure('service_unreachable', 'a tunnel'));
    await settle();
    asked[1]?.done.reject(new HostFailure('media_unavailable', 'a tunnel'));
    await settle();
    expect(ids()).toEqual(['b', 'c']);

    await clock.advance(5_000);
    await settle();
    expect(ids()).toEqual(['b', 'c', 'b']);
    asked[2]?.done.resolve();
    await settle();
    expect(ids()).toEqual(['b', 'c', 'b', 'c']);
    asked[3]?.done.reject(new HostFailure('offline', 'another one'));
    await settle();
    prefetch.follow({ current: 'b', upcoming: [] });
    await clock.advance(60_000);
    await settle();
    expect(ids()).toEqual(['b', 'c', 'b', 'c']);
  });

  it('fetches nothing while it is off, and what comes next once it is on', async () => {
    const { prefetch, asked, ids } = prefetching();
    prefetch.follow({ current: 'a', upcoming: ['b'] });
    prefetch.setOn(false);
    expect(asked[0]?.signal.aborted).toBe(true);
    prefetch.follow({ current: 'a', upcoming: ['c'] });
    await settle();
    expect(ids()).toEqual(['b']);
    prefetch.setOn(true);
    await settle();
    expect(ids()).toEqual(['b', 'c']);
    await prefetch.close();
    expect(asked[1]?.signal.aborted).toBe(true);
  });
});
