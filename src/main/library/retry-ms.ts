const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 120_000;

/** How long to wait after so many failures before this one: doubles from 2 s to 2 minutes, spread by a fifth. */
export const retryMs = (before: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(before, 8)) * (0.8 + 0.4 * Math.random());
