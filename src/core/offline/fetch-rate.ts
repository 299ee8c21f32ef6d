/** Bytes a second follow the last seconds: a sample of this age counts a third as much as one of now. */
const MEMORY_MS = 5_000;

/** The rate after `bytes` more came within `elapsedMs`; null stands for no rate yet. */
export const nextRate = (rate: number | null, bytes: number, elapsedMs: number): number | null => {
  if (elapsedMs <= 0) return rate;
  const sample = (Math.max(0, bytes) * 1000) / elapsedMs;
  if (rate === null) return sample;
  return rate + (1 - Math.exp(-elapsedMs / MEMORY_MS)) * (sample - rate);
};

/** How long the rest takes at that rate, in milliseconds; null when nothing moves or nothing is left. */
export const remainingTimeMs = (remainingBytes: number, bytesPerSecond: number | null): number | null =>
  bytesPerSecond === null || bytesPerSecond < 1 || remainingBytes <= 0
    ? null
    : Math.round((remainingBytes * 1000) / bytesPerSecond);

/** What a track's audio is likely to take, before its size is known. */
export const estimatedBytes = (bitrateBps: number, durationMs: number): number =>
  Math.round((bitrateBps * durationMs) / 8_000);
