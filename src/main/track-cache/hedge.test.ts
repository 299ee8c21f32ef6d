import { describe, expect, it } from 'vitest';
import { handClock } from '../../../tests/host/hand-clock.ts';
import { createFirstByteWatch, hedged } from './hedge.ts';

const never = new AbortController().signal;

/** Requests that are answered by hand. */
const askings = () => {
  const asked: { readonly signal: AbortSignal; readonly answer: PromiseWithResolvers<string> }[] = [];
  return {
    asked,
    attempt(signal: AbortSignal): Promise<string> {
      const answer = Promise.withResolvers<string>();
      signal.addEventListener('abort', () => answer.reject(signal.reason));
      asked.push({ signal, answer });
      return answer.promise;
    },
  };
};

describe('asking once more when the first byte is late', () => {
  it('asks once when the answer comes in time', async () => {
    const clock = handClock();
    const { asked, attempt } = askings();
    const answer = hedged(attempt, 500, clock, never);
    await clock.advance(499);
    asked[0]?.answer.resolve('first');
    expect(await answer).toBe('first');
    await clock.advance(10_000);
    expect(asked).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });

  it.each([0, 1])(
    'takes the answer of request %i, whichever is first, and lets the other go',
    async (which) => {
      const clock = handClock();
      const { asked, attempt } = askings();
      const answer = hedged(attempt, 500, clock, never);
      await clock.advance(500);
      expect(asked).toHaveLength(2);
      asked[which]?.answer.resolve('an answer');
      expect(await answer).toBe('an answer');
      expect(asked.map(({ signal }) => signal.aborted)).toEqual([which === 1, which === 0]);
    },
  );

  it('never asks a third time, and fails when both have failed', async () => {
    const clock = handClock();
    const { asked, attempt } = askings();
    const answer = hedged(attempt, 500, clock, never);
    await clock.advance(500);
    asked[0]?.answer.reject(new Error('the first failed'));
    await clock.advance(60_000);
    asked[1]?.answer.reject(new Error('the second failed'));
    await expect(answer).rejects.toThrow('the first failed');
    expect(asked).toHaveLength(2);
  });

  it('fails at once when the first fails before it is late', async () => {
    const clock = handClock();
    const { asked, attempt } = askings();
    const answer = hedged(attempt, 500, clock, never);
    asked[0]?.answer.reject(new Error('refused'));
    await expect(answer).rejects.toThrow('refused');
    await clock.advance(10_000);
    expect(asked).toHaveLength(1);
  });

  it('goes when the caller goes, also while it waits', async () => {
    const clock = handClock();
    const { asked, attempt } = askings();
    const caller = new AbortController();
    const answer = hedged(attempt, 500, clock, caller.signal);
    caller.abort(new Error('gone'));
    await expect(answer).rejects.toThrow('gone');
    expect(asked).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});

describe('how late is late', () => {
  it('is three times the usual, between a quarter of a second and one and a half', () => {
    const watch = createFirstByteWatch();
    expect(watch.lateAfterMs()).toBe(1_500);
    watch.took(10);
    expect(watch.lateAfterMs()).toBe(250);
    for (let count = 0; count < 50; count += 1) watch.took(200);
    expect(watch.lateAfterMs()).toBeCloseTo(600, -1);
    for (let count = 0; count < 50; count += 1) watch.took(5_000);
    expect(watch.lateAfterMs()).toBe(1_500);
  });
});
