/** Where in a track a preview begins: where it is loudest for that long, as a chorus is. */

/** Without a waveform: past the introduction. */
const SHARE_WITHOUT_WAVEFORM = 0.3;

/**
 * @param waveform peaks from 0 to 255 over the whole track, or null when they are not known.
 * @returns milliseconds from the beginning; a preview of `lengthMs` ends within the track, or is the whole of it.
 */
export const previewStartMs = (
  durationMs: number,
  lengthMs: number,
  waveform: readonly number[] | null,
): number => {
  const latestMs = Math.max(0, durationMs - lengthMs);
  if (latestMs === 0) return 0;
  if (waveform === null || waveform.length < 2)
    return Math.min(latestMs, Math.floor(durationMs * SHARE_WITHOUT_WAVEFORM));
  const within = Math.max(1, Math.round((lengthMs / durationMs) * waveform.length));
  const latest = waveform.length - within;
  let energy = waveform.slice(0, within).reduce((sum, peak) => sum + peak ** 2, 0);
  let best = { at: 0, energy };
  for (let at = 1; at <= latest; at += 1) {
    energy += (waveform[at + within - 1] ?? 0) ** 2 - (waveform[at - 1] ?? 0) ** 2;
    if (energy > best.energy) best = { at, energy };
  }
  return Math.min(latestMs, Math.floor((best.at / waveform.length) * durationMs));
};
