/** What the commands say to people. */
import {
  DEFAULT_ROLLOUT_RULE,
  FIRST_ROLLOUT_PERCENT,
  judgeRollout,
  type OutcomeCounts,
} from '../../src/core/update/rollout-rule.ts';
import type { PublishReport, Standing } from './feed.ts';

export interface StatusRow {
  readonly standing: Standing;
  /** Null when they were not asked for. */
  readonly counts: OutcomeCounts | null;
}

const DAY_MS = 86_400_000;

const daysUntil = (moment: string, nowMs: number): string => {
  const days = Math.floor((Date.parse(moment) - nowMs) / DAY_MS);
  if (days < 0) return 'EXPIRED';
  return days === 1 ? '1 day' : `${days} days`;
};

const stateOf = ({ manifest: { halted, rollout }, isSettled }: Standing): string => {
  if (!isSettled) return 'not finished';
  if (halted) return 'halted';
  return rollout.percent >= 100 ? 'everybody' : 'rolling out';
};

/** In columns as wide as what stands in them. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
};

const HEADINGS = [
  'channel',
  'version',
  'offered to',
  'state',
  'since',
  'valid for',
  'started',
  'failed',
  'taken back',
  'verdict',
];

export const statusText = (rows: readonly StatusRow[], nowMs: number): string => {
  if (rows.length === 0) return 'Nothing was published yet.\n';
  const lines = rows.map(({ standing, counts }) => {
    const { channel, manifest, state } = standing;
    return [
      channel,
      manifest.version,
      `${manifest.rollout.percent} %`,
      stateOf(standing),
      state.percentSince.slice(0, 16).replace('T', ' '),
      daysUntil(manifest.expiresAt, nowMs),
      ...(counts === null
        ? ['–', '–', '–', '–']
        : [
            String(counts.started),
            String(counts.failed_start),
            String(counts.rolled_back),
            judgeRollout(counts, DEFAULT_ROLLOUT_RULE).replace('_', ' '),
          ]),
    ];
  });
  const hints = rows.flatMap(({ standing: { channel, manifest, state, isSettled } }) => [
    ...(manifest.halted && state.reason !== null ? [`${channel} is halted: ${state.reason}.\n`] : []),
    ...(isSettled ? [] : [`The last change of ${channel} was cut off: run the same command again.\n`]),
  ]);
  return table([HEADINGS, ...lines]) + hints.join('');
};

export const publishedText = ({ version, channels, sent, alreadyThere }: PublishReport): string =>
  `${version} is published to ${channels.join(' and ')}: ${sent} files sent, ${alreadyThere} there already.\n` +
  `A new version begins with ${FIRST_ROLLOUT_PERCENT} % of installations: "raise" or "watch" takes it further.\n`;
