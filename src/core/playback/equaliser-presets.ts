/** Ready-made slider positions for `BAND_CENTRES_HZ`, each with where its figures come from. */
export const EQUALISER_PRESET_IDS = [
  'flat',
  'bassMore',
  'bassLess',
  'trebleMore',
  'trebleLess',
  'warm',
  'bright',
  'voice',
  'quiet',
  'smallSpeakers',
] as const;

export type EqualiserPresetId = (typeof EQUALISER_PRESET_IDS)[number];

/** In decibels. */
export const EQUALISER_PRESETS: Readonly<Record<EqualiserPresetId, readonly number[]>> = {
  flat: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  /** A second-order low shelf of 6 dB at 125 Hz, read at the centres; `bassLess` is its mirror. */
  bassMore: [6, 5.6, 3, 0.4, 0, 0, 0, 0, 0, 0],
  bassLess: [-6, -5.6, -3, -0.4, 0, 0, 0, 0, 0, 0],
  /** A second-order high shelf of 6 dB at 4 kHz, read at the centres; `trebleLess` is its mirror. */
  trebleMore: [0, 0, 0, 0, 0, 0, 0.4, 3, 5.7, 6],
  trebleLess: [0, 0, 0, 0, 0, 0, -0.4, -3, -5.7, -6],
  /** A straight slope around 1 kHz of 0.7 dB an octave down, as far as it goes; `bright` is its mirror. */
  warm: [3.5, 2.8, 2.1, 1.4, 0.7, 0, -0.7, -1.4, -2.1, -2.8],
  bright: [-3.5, -2.8, -2.1, -1.4, -0.7, 0, 0.7, 1.4, 2.1, 2.8],
  /** How much each octave adds to understanding speech (ANSI S3.5-1997, table 3): the most is +4 dB, none −4 dB. */
  voice: [-4, -4, -4, -2.1, 1, 3.2, 4, 2.5, -2.3, -4],
  /**
   * What ears lose when music for 75 phon plays at 60: the difference of the two equal-loudness contours, none at 1 kHz (ISO
   * 226:2003; its last frequency, 12.5 kHz, stands for the highest band).
   */
  quiet: [7.1, 5.7, 4.1, 2.4, 0.9, 0, -0.5, -0.6, 0.2, 2.4],
  /** Takes away what a small loudspeaker can only rattle with, and raises the octaves that let bass lines be followed. */
  smallSpeakers: [-12, -9, 3, 2, 0, 0, 0, 0, 0, 0],
};

/** The preset that has exactly these sliders; null for a setting of the listener's own. */
export const presetOf = (bandsDb: readonly number[]): EqualiserPresetId | null =>
  EQUALISER_PRESET_IDS.find((id) =>
    EQUALISER_PRESETS[id].every((gainDb, band) => gainDb === (bandsDb[band] ?? 0)),
  ) ?? null;
