import { InvalidArgumentError, Option, type Command } from 'commander';
import { DEFAULT_ROLLOUT_RULE } from '../../src/core/update/rollout-rule.ts';
import { countsFrom } from './release-counts.ts';
import {
  channelOf,
  feedToChange,
  releaseCommand,
  storeOf,
  wholeNumber,
  withChannel,
  withSigning,
  type ChangeFlags,
  type ReleaseTools,
} from './release-flags.ts';
import { watchRollout } from './watch.ts';

interface WatchFlags extends ChangeFlags {
  readonly channel: string;
  readonly counts: string;
  readonly countsEndpoint?: string;
  readonly every: number;
  readonly look: number;
  readonly limit: number;
  readonly least: number;
}

/** A roll-out that was halted is no success for the script that started this. */
const EXIT_HALTED = 3;
const EXIT_STOPPED = 130;
const DAY_MS = 86_400_000;
const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };

const duration = (value: string): number => {
  const [, amount, unit] = /^(\d{1,6}(?:\.\d+)?)([smhd])$/.exec(value) ?? [];
  const unitMs = UNITS_MS[unit ?? ''];
  if (amount === undefined || unitMs === undefined)
    throw new InvalidArgumentError('It is a number with s, m, h or d: 24h.');
  return Number(amount) * unitMs;
};

const share = (value: string): number => {
  const percent = Number(value);
  if (value !== '' && percent > 0 && percent < 100) return percent / 100;
  throw new InvalidArgumentError('It is a number of per cent between 0 and 100.');
};

export const watchCommand = (tools: ReleaseTools): Command =>
  withChannel(
    withSigning(
      releaseCommand(
        'watch',
        'raise step by step, and halt by itself when too many starts fail (exit code 3)',
      ),
    ),
  )
    .requiredOption('--counts <location>', "of the service's store, which counts what became of updates")
    .option('--counts-endpoint <url>', 'of that store, when it is not AWS')
    .addOption(
      new Option('--every <time>', 'that each step lasts at least')
        .argParser(duration)
        .default(DAY_MS, '24h'),
    )
    .addOption(
      new Option('--look <time>', 'between two looks at the counts')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .addOption(
      new Option('--limit <percent>', 'of tries that may go wrong')
        .argParser(share)
        .default(DEFAULT_ROLLOUT_RULE.badShareLimit, String(DEFAULT_ROLLOUT_RULE.badShareLimit * 100)),
    )
    .option(
      '--least <count>',
      'of tries that must be known before a step or a halt',
      wholeNumber,
      DEFAULT_ROLLOUT_RULE.leastOutcomes,
    )
    .action(async (flags: WatchFlags) => {
      const feed = await feedToChange(tools, flags);
      const counting = storeOf(tools, {
        store: flags.counts,
        ...(flags.countsEndpoint === undefined ? {} : { endpoint: flags.countsEndpoint }),
      });
      await counting.check('read');
      const channel = channelOf(flags.channel);
      const end = await untilStopped((signal) =>
        watchRollout({
          feed,
          channel,
          counts: countsFrom(counting, channel),
          rule: { leastOutcomes: flags.least, badShareLimit: flags.limit },
          everyMs: flags.every,
          lookMs: flags.look,
          signal,
          say: (line) => tools.write(`${line}\n`),
        }),
      );
      if (end === 'done') tools.write('Everybody gets it, and it goes well.\n');
      else process.exitCode = end === 'halted' ? EXIT_HALTED : EXIT_STOPPED;
    });

const untilStopped = async <Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work(stop.signal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
};
