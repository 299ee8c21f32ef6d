/** A roll-out that is watched, by a clock that the test turns. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/catalog/store/folder-store.ts';
import { StoreError } from '../../src/catalog/store/object-store.ts';
import { DEFAULT_ROLLOUT_RULE, NO_OUTCOMES, type OutcomeCounts } from '../../src/core/update/rollout-rule.ts';
import type { EdgeCache } from '../../scripts/release/edge-cache.ts';
import { EdgeUntold } from '../../scripts/release/release-error.ts';
import { watchRollout } from '../../scripts/release/watch.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { built, manifestIn, openFeed } from './release-house.ts';

const HOUR_MS = 3_600_000;

/** `at` says what is counted at each look, and may turn the clock; it ends the watch by `stop`. */
const watchWith = async (
  at: (look: number, percent: number) => Promise<OutcomeCounts> | OutcomeCounts,
  edge: EdgeCache | null = null,
) => {
  const store = createFolderStore({ root: join(await temporaryFolder(), 'store') });
  await store.check('write');
  const clock = { nowMs: Date.UTC(2026, 5, 7) };
  await openFeed(store, { nowMs: () => clock.nowMs }).publish(
    await built('0.2.0', { platforms: [''] }),
    null,
  );
  const feed = openFeed(store, { nowMs: () => clock.nowMs, edge });
  const stop = new AbortController();
  const said: string[] = [];
  let looks = 0;
  const run = () =>
    watchRollout({
      feed,
      channel: 'stable',
      counts: async () => {
        looks += 1;
        return at(looks, (await manifestIn(store))?.rollout.percent ?? 0);
      },
      rule: DEFAULT_ROLLOUT_RULE,
      everyMs: 24 * HOUR_MS,
      lookMs: 0,
      signal: stop.signal,
      say: (line) => said.push(line),
      nowMs: () => clock.nowMs,
    });
  return { store, feed, clock, stop, said, run };
};
const well: OutcomeCounts = { ...NO_OUTCOMES, started: 200 };

describe('watching a roll-out', () => {
  it('raises it each day while it goes well, and ends a day after everybody has it', async () => {
    const steps: number[] = [];
    const watch = await watchWith((_look, percent) => {
      steps.push(percent);
      watch.clock.nowMs += 8 * HOUR_MS;
      return well;
    });
    expect(await watch.run()).toBe('done');
    expect(steps).toEqual([5, 5, 5, 20, 20, 20, 50, 50, 50, 100, 100, 100]);
  });

  it('waits while too little is known, or while it may be chance, and says so once', async () => {
    const watch = await watchWith((look) => {
      watch.clock.nowMs += 30 * HOUR_MS;
      if (look === 6) watch.stop.abort();
      return look < 4 ? { ...NO_OUTCOMES, started: 12 } : { started: 97, failed_start: 3, rolled_back: 0 };
    });
    expect(await watch.run()).toBe('stopped');
    expect(await manifestIn(watch.store)).toMatchObject({ rollout: { percent: 5 }, halted: false });
    expect(watch.said).toEqual([
      '0.2.0 at 5 %: 12 started, 0 did not, 0 taken back: too few to judge by (50 are asked for)',
      '0.2.0 at 5 %: 97 started, 3 did not, 0 taken back: more than 2 % went wrong, which may be chance',
    ]);
  });

  it('halts when too much goes wrong, also when everybody has it, and says why in the record', async () => {
    const watch = await watchWith((_look, percent) => {
      watch.clock.nowMs += 25 * HOUR_MS;
      return percent < 100 ? well : { started: 900, failed_start: 40, rolled_back: 20 };
    });
    expect(await watch.run()).toBe('halted');
    expect(await manifestIn(watch.store)).toMatchObject({ halted: true, rollout: { percent: 100 } });
    expect((await watch.feed.standing('stable'))?.state.reason).toBe(
      '60 of 960 tries to run 0.2.0 went wrong',
    );
  });

  it('ends when somebody else halts it', async () => {
    const watch = await watchWith(async () => {
      await openFeed(watch.store).halt('stable', true, 'a call from a listener');
      return well;
    });
    expect(await watch.run()).toBe('halted');
    expect(watch.said.at(-1)).toBe('0.2.0 is halted: a call from a listener.');
  });

  it('halts also while the edge does not listen', async () => {
    const deaf: EdgeCache = { forget: () => Promise.reject(new EdgeUntold('It was not told.', 'See it.')) };
    const watch = await watchWith(() => ({ started: 0, failed_start: 60, rolled_back: 0 }), deaf);
    expect(await watch.run()).toBe('halted');
    expect(await manifestIn(watch.store)).toMatchObject({ halted: true });
    expect(watch.said).toEqual([
      'It was not told.',
      '0.2.0 is halted: 60 of 60 tries to run 0.2.0 went wrong.',
    ]);
  });

  it('bears a store that is away for a while, and no other fault', async () => {
    const watch = await watchWith((look) => {
      if (look < 3) throw new StoreError('unreachable', 'nobody answers', 'See the network.');
      if (look < 5) return { ...NO_OUTCOMES, started: look };
      throw new StoreError('corrupt', 'a report cannot be read', 'Remove it.');
    });
    await expect(watch.run()).rejects.toThrow('cannot be read');
    expect(watch.said[0]).toBe('The store does not answer: nobody answers');
    expect(watch.said).toHaveLength(3);
  });
});
