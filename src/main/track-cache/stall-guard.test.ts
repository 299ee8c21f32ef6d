import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStallGuard } from './stall-guard.ts';

const LIMIT_MS = 1_000;
/** Timers that are set by hand stop those of `setTimeout` only. */
const clock = {
  wait: (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

describe('the stall guard', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Waits so long for so many bytes. */
  const come = async (guard: ReturnType<typeof createStallGuard>, afterMs: number, bytes: number) => {
    const watched = guard.watch(new Promise((resolve) => setTimeout(resolve, afterMs)));
    await vi.advanceTimersByTimeAsync(afterMs);
    await watched;
    guard.came(bytes);
  };

  it('stops what gives nothing within the limit, and not a moment before', async () => {
    const guard = createStallGuard(LIMIT_MS, clock);
    void guard.watch(new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(LIMIT_MS - 1);
    expect(guard.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(guard.signal.aborted).toBe(true);
  });

  it('stops what gives a byte now and then', async () => {
    const guard = createStallGuard(LIMIT_MS, clock);
    let waits = 0;
    while (!guard.signal.aborted && waits < 100) {
      await come(guard, 100, 1);
      waits += 1;
    }
    expect(waits).toBe(10);
  });

  it('lets be what is slow, and comes', async () => {
    const guard = createStallGuard(LIMIT_MS, clock);
    for (let waits = 0; waits < 100; waits += 1) await come(guard, 900, 1_024);
    expect(guard.signal.aborted).toBe(false);
  });

  it('does not count the time in which nobody waits', async () => {
    const guard = createStallGuard(LIMIT_MS, clock);
    for (let waits = 0; waits < 50; waits += 1) {
      await come(guard, 10, 1);
      await vi.advanceTimersByTimeAsync(60_000);
    }
    expect(guard.signal.aborted).toBe(false);
  });

  it('stops no more once what was watched has failed', async () => {
    const guard = createStallGuard(LIMIT_MS, clock);
    await expect(guard.watch(Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    await vi.advanceTimersByTimeAsync(10 * LIMIT_MS);
    expect(guard.signal.aborted).toBe(false);
  });
});
