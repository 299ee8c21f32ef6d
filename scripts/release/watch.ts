/** Takes a roll-out from step to step by itself, and stops it when too much goes wrong. */
import { setTimeout as wait } from 'node:timers/promises';
import type { UpdateChannel } from '../../src/core/update/manifest.ts';
import {
  allOutcomes,
  badOutcomes,
  judgeRollout,
  type OutcomeCounts,
  type RolloutRule,
  type RolloutVerdict,
} from '../../src/core/update/rollout-rule.ts';
import { StoreError } from '../../src/catalog/store/object-store.ts';
import type { Feed, Standing } from './feed.ts';
import { EdgeUntold, ReleaseError } from './release-error.ts';

export interface WatchOptions {
  readonly feed: Feed;
  readonly channel: UpdateChannel;
  /** What the service counted of a version, on this channel and the one that follows it. */
  readonly counts: (version: string) => Promise<OutcomeCounts>;
  readonly rule: RolloutRule;
  /** So long each step lasts at least. */
  readonly everyMs: number;
  /** Between two looks at the counts. */
  readonly lookMs: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly nowMs?: () => number;
}

/** How it ended: everybody has it and it went well, it was halted (by this or by hand), or it was told to stop. */
export type WatchEnd = 'done' | 'halted' | 'stopped';

export const watchRollout = async (options: WatchOptions): Promise<WatchEnd> => {
  const { feed, channel, rule, everyMs, lookMs, signal, say } = options;
  const nowMs = options.nowMs ?? Date.now;
  let said = '';
  const sayOnce = (line: string): void => {
    if (line !== said) say(line);
    said = line;
  };

  const halt = async (version: string, counts: OutcomeCounts): Promise<'halted'> => {
    const reason = `${badOutcomes(counts)} of ${allOutcomes(counts)} tries to run ${version} went wrong`;
    await feed.halt(channel, true, reason);
    say(
      `Halted: ${reason}. Nobody else gets it. See the reports, then publish a version above it, or "resume".`,
    );
    return 'halted';
  };

  const raise = async (from: Standing): Promise<void> => {
    await feed.raise(channel, { percent: null, from });
    const now = await feed.standing(channel);
    say(`${from.manifest.version} goes to ${now?.manifest.rollout.percent ?? '?'} % of installations.`);
  };

  const look = async (): Promise<WatchEnd | 'watching'> => {
    const standing = await feed.standing(channel);
    if (standing === null)
      throw new ReleaseError(`${channel} offers nothing yet.`, 'Publish something first.');
    const { manifest, state } = standing;
    if (manifest.halted) {
      say(`${manifest.version} is halted${state.reason === null ? '' : `: ${state.reason}`}.`);
      return 'halted';
    }
    const counts = await options.counts(manifest.version);
    const verdict = judgeRollout(counts, rule);
    if (verdict === 'halt') return halt(manifest.version, counts);
    const isOver = nowMs() - Date.parse(state.percentSince) >= everyMs;
    if (isOver && verdict === 'go') {
      if (manifest.rollout.percent >= 100) return 'done';
      await raise(standing);
      return 'watching';
    }
    sayOnce(`${manifest.version} at ${manifest.rollout.percent} %: ${describe(verdict, counts, rule)}`);
    return 'watching';
  };

  while (!signal.aborted) {
    try {
      const end = await look();
      if (end !== 'watching') return end;
    } catch (error) {
      // A store or an edge that is away for a while ends no watch; whoever reads along sees that it is.
      if (error instanceof EdgeUntold) say(error.message);
      else if (error instanceof StoreError && error.code === 'unreachable')
        sayOnce(`The store does not answer: ${error.message}`);
      else throw error;
    }
    await wait(lookMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
  return 'stopped';
};

const VERDICTS: Readonly<Record<RolloutVerdict, (rule: RolloutRule) => string>> = {
  too_few: ({ leastOutcomes }) => `too few to judge by (${leastOutcomes} are asked for)`,
  go: () => 'well',
  doubtful: ({ badShareLimit }) => `more than ${percentText(badShareLimit)} went wrong, which may be chance`,
  halt: ({ badShareLimit }) => `more than ${percentText(badShareLimit)} went wrong`,
};

const percentText = (share: number): string => `${Math.round(share * 1000) / 10} %`;

/** For people: `120 started, 1 did not, 0 taken back: well`. */
export const describe = (verdict: RolloutVerdict, counts: OutcomeCounts, rule: RolloutRule): string =>
  `${counts.started} started, ${counts.failed_start} did not, ${counts.rolled_back} taken back: ${VERDICTS[verdict](rule)}`;
