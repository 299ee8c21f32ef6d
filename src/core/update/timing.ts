import type { UpdateWait } from './update-state.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Long after the music began: nothing about updates is worth a slower start. */
const FIRST_CHECK_MS = MINUTE_MS;
const CHECK_EVERY_MS = 6 * HOUR_MS;
const SHORTEST_RETRY_MS = 2 * MINUTE_MS;

/** `share` is drawn anew each time, 0 to 1, so that installations do not come in step, after an outage above all. */
export const firstCheckInMs = (share: number): number => FIRST_CHECK_MS * (1 + share);
export const nextCheckInMs = (share: number): number => CHECK_EVERY_MS * (0.75 + share / 2);

/** After `failures` in a row, 1 or more: doubling from two minutes, never longer than it would be without a failure. */
export const retryInMs = (failures: number, share: number): number => {
  const doubled = SHORTEST_RETRY_MS * 2 ** Math.min(Math.max(0, failures - 1), 10);
  return Math.min(doubled, CHECK_EVERY_MS) * (0.5 + share / 2);
};

/** What an offered version waits for; null: nothing, it is downloaded as soon as the line is free. */
export const waitOf = (circumstances: {
  readonly mode: 'automatic' | 'ask';
  /** The listener pressed "download" for this version. */
  readonly isAsked: boolean;
  /** Null: the system does not say. */
  readonly isMetered: boolean | null;
  readonly mayUseMetered: boolean;
}): UpdateWait => {
  const { mode, isAsked, isMetered, mayUseMetered } = circumstances;
  if (isAsked) return null;
  if (mode === 'ask') return 'ask';
  return isMetered === true && !mayUseMetered ? 'metered' : null;
};
