/**
 * Even loudness: how much a track is turned up or down, from what was measured of it when it was published (EBU R128:
 * integrated loudness in LUFS, true peak in dBTP).
 */
import { runsOn, type AlbumPlace } from './album-run.ts';
import { assertNever } from './assert-never.ts';

export type LoudnessMode = 'off' | 'track' | 'album' | 'auto';
export type LoudnessLevel = 'quiet' | 'normal' | 'loud';

export interface MeasuredLoudness {
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
}

export interface LoudTrack extends AlbumPlace {
  readonly loudness: MeasuredLoudness | null;
  /** Of the whole album it is on. */
  readonly albumLoudness?: MeasuredLoudness | null | undefined;
}

export interface LoudnessChoice {
  readonly mode: LoudnessMode;
  readonly level: LoudnessLevel;
}

/** What the large services play at (Spotify, "Loudness normalization": quiet, normal and loud); normal is also AES TD1008's for albums. */
export const TARGET_LUFS: Readonly<Record<LoudnessLevel, number>> = { quiet: -19, normal: -14, loud: -11 };

/** EBU R128 (section 2, 2023) and AES TD1008: no higher, so that no converter behind us clips between samples. */
export const PEAK_LIMIT_DBTP = -1;

/**
 * Far below anything that music is: a gain computed from it would only raise noise. A silent track measures -70, the gate of
 * ITU-R BS.1770.
 */
const SILENCE_LUFS = -60;

/** Whether a track plays at its album's loudness: in `auto` when the album plays in order around it. */
const isOfAlbum = (
  mode: Exclude<LoudnessMode, 'off'>,
  track: AlbumPlace,
  before: AlbumPlace | null,
  after: AlbumPlace | null,
): boolean => {
  switch (mode) {
    case 'track':
      return false;
    case 'album':
      return true;
    case 'auto':
      return (before !== null && runsOn(before, track)) || (after !== null && runsOn(track, after));
    default:
      return assertNever(mode);
  }
};

/**
 * The gain in decibels at which a track is played between its neighbours in the queue. Brings it to the level that was chosen,
 * but never its true peak above -1 dBTP. What was not measured is taken from the album, or the album's from the track; 0 when
 * neither is known, and when even loudness is off.
 */
export const gainDbOf = (
  { mode, level }: LoudnessChoice,
  track: LoudTrack,
  { before, after }: { readonly before: AlbumPlace | null; readonly after: AlbumPlace | null },
): number => {
  if (mode === 'off') return 0;
  const own = track.loudness;
  const whole = track.albumLoudness ?? null;
  const measured = isOfAlbum(mode, track, before, after) ? (whole ?? own) : (own ?? whole);
  if (measured === null || measured.integratedLufs < SILENCE_LUFS) return 0;
  return Math.min(TARGET_LUFS[level] - measured.integratedLufs, PEAK_LIMIT_DBTP - measured.truePeakDbtp);
};
