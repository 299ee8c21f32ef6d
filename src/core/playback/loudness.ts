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
 * So much of a peak may be taken away to bring a dynamic piece to its level; beyond that the piece stays quieter. Short peaks that are
 * lowered by less are hardly missed; by more, a limiter is heard at work.
 */
export const MOST_LIMITED_DB = 9;

/**
 * Peaks that are lowered take loudness with them: so much for each dB by which they stand too high, on the whole, measured on twenty
 * pieces (`npm run bench -- loudness`; from 0.03 where one stroke stands out to 0.27 where a choir holds its notes).
 */
export const LOST_PER_LIMITED_DB = 0.15;

/** What a gain that moves, and a measurement of another kind than ours, may add to a peak. */
const PEAK_MARGIN_DB = 0.15;

/** How loud a track is to be played. */
export interface TrackLevel {
  readonly gainDb: number;
  /** Of its samples as they are; null where nothing is to be held, because it is not known or not wanted. */
  readonly truePeakDbtp: number | null;
}

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

/** As it came, whatever that is. */
export const AS_IT_IS: TrackLevel = { gainDb: 0, truePeakDbtp: null };

/**
 * How loud a track is played between its neighbours in the queue. Brings it to the level that was chosen, what is lost with its peaks
 * made good, or as near as can be with its peaks lowered by `MOST_LIMITED_DB`. What was not measured is taken from the album, or the
 * album's from the track; as it is when neither is known, and when even loudness is off. All tracks of an album that plays in order have one gain.
 */
export const levelOf = (
  { mode, level }: LoudnessChoice,
  track: LoudTrack,
  { before, after }: { readonly before: AlbumPlace | null; readonly after: AlbumPlace | null },
): TrackLevel => {
  if (mode === 'off') return AS_IT_IS;
  const own = track.loudness;
  const whole = track.albumLoudness ?? null;
  const measured = isOfAlbum(mode, track, before, after) ? (whole ?? own) : (own ?? whole);
  if (measured === null || measured.integratedLufs < SILENCE_LUFS) return AS_IT_IS;
  const room = PEAK_LIMIT_DBTP - measured.truePeakDbtp;
  const wanted = TARGET_LUFS[level] - measured.integratedLufs;
  const lost = LOST_PER_LIMITED_DB * Math.max(0, wanted - room);
  const gainDb = Math.min(wanted + lost, room + MOST_LIMITED_DB);
  return { gainDb, truePeakDbtp: (own ?? measured).truePeakDbtp };
};

/** How far the gain would bring a track's true peak above -1 dBTP: what has to be held; 0 or less when nothing has. */
const beyondDb = ({ gainDb, truePeakDbtp }: TrackLevel): number =>
  truePeakDbtp === null ? 0 : gainDb + truePeakDbtp - PEAK_LIMIT_DBTP;

/**
 * The level under which a limiter has to hold the track's samples, linear and before the gain, so that no true peak comes out
 * above -1 dBTP; null where none would, and nothing may be touched.
 */
export const limitOf = (level: TrackLevel): number | null =>
  // Measured to tenths.
  beyondDb(level) < 0.05 ? null : 10 ** ((PEAK_LIMIT_DBTP - PEAK_MARGIN_DB - level.gainDb) / 20);

/** The gain of who cannot limit: lower, where the peaks would come out above -1 dBTP. */
export const unlimitedGainDb = (level: TrackLevel): number => level.gainDb - Math.max(0, beyondDb(level));
