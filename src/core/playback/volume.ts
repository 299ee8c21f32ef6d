/**
 * The slider's curve. Loudness as heard grows with sound pressure to the power of about 0.6 (S. S. Stevens, "The
 * measurement of loudness", 1955: twice as loud every 10 dB), so a slider whose half is to sound half as loud needs
 * the inverse power. Half way is -10 dB, a tenth -33 dB, nothing is silence.
 */
const STEVENS_EXPONENT = 0.6;

/** Linear gain (0 to 1) for a slider position (0 to 1; anything outside is clamped). */
export const gainOf = (slider: number): number => clampVolume(slider) ** (1 / STEVENS_EXPONENT);

/** A slider position from 0 to 1, in steps fine enough that five per cent added twenty times make one. */
export const clampVolume = (slider: number): number =>
  Number.isNaN(slider) ? 0 : Math.round(Math.min(1, Math.max(0, slider)) * 1000) / 1000;
