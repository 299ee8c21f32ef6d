import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWarmer, REST_MS, type Warmer } from './warmer.ts';

let warmed: string[];
let finish: (() => void)[];
let failures: unknown[];
let warmer: Warmer;

beforeEach(() => {
  vi.useFakeTimers();
  warmed = [];
  finish = [];
  failures = [];
  warmer = createWarmer({
    warm: (trackId) => {
      warmed.push(trackId);
      if (trackId === 'broken') return Promise.reject(new Error('no'));
      return new Promise<void>((resolve) => finish.push(resolve));
    },
    onFailure: (failure) => failures.push(failure),
  });
});
afterEach(() => vi.useRealTimers());

const rest = (trackId: string): Promise<unknown> => {
  warmer.restOn(trackId);
  return vi.advanceTimersByTimeAsync(REST_MS);
};

describe('what the pointer rests on', () => {
  it('is warmed, but not what it only passes over', async () => {
    for (const passed of ['one', 'two', 'three']) {
      warmer.restOn(passed);
      await vi.advanceTimersByTimeAsync(REST_MS - 1);
    }
    expect(warmed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(warmed).toEqual(['three']);
  });

  it('is not warmed when the pointer has left', async () => {
    warmer.restOn('one');
    warmer.restOn(null);
    await vi.advanceTimersByTimeAsync(REST_MS * 2);
    expect(warmed).toEqual([]);
  });

  it('is warmed one at a time: of those rested on meanwhile, the last', async () => {
    await rest('one');
    await rest('two');
    await rest('three');
    expect(warmed).toEqual(['one']);
    finish[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(warmed).toEqual(['one', 'three']);
  });

  it('is warmed once, however often the pointer comes back to it', async () => {
    await rest('one');
    finish[0]?.();
    warmer.restOn(null);
    await rest('one');
    expect(warmed).toEqual(['one']);
  });

  it('does not wait behind what could not be had', async () => {
    await rest('broken');
    await rest('two');
    expect([warmed, failures.length]).toEqual([['broken', 'two'], 1]);
  });
});
