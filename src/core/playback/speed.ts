/** Below half and above double, speech is no longer understood and music is none. */
const SLOWEST = 0.5;
const FASTEST = 2;

/** A speed from 0.5 to 2, in steps of a twentieth. */
export const clampSpeed = (speed: number): number =>
  Number.isNaN(speed) ? 1 : Math.round(Math.min(FASTEST, Math.max(SLOWEST, speed)) * 20) / 20;
