/**
 * Which entry of the catalog a recording from elsewhere is. By its code (ISRC) where both have one; else by title, artists and length.
 * Better to leave one open, with what it may be, than to take the wrong one without a word.
 */
import { normalise } from '../search-text/normalise.ts';
import { codeDistance, codesOf } from '../search-text/edit-distance.ts';
import type { ExchangeTrack } from './exchange.ts';
import { artistNamesIn, recordingNameOf } from './recording-name.ts';

/** An entry of the catalog that may be meant. */
export interface MatchCandidate {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string | null;
  readonly durationMs: number;
  readonly isrc: string | null;
}

export const MATCH_KINDS = ['id', 'isrc', 'exact', 'close', 'ambiguous', 'none'] as const;
/**
 * id: this catalog's own; isrc: the same code; exact: title, version, artist and (where it is known) length; close: one of these is a
 * little off; ambiguous: several fit alike, or one fits too loosely to be taken unasked; none: nothing comes near.
 */
export type MatchKind = (typeof MATCH_KINDS)[number];
export interface Match {
  readonly kind: MatchKind;
  /** What is taken unless the listener says otherwise; null for `ambiguous` and `none`. */
  readonly id: string | null;
  /** What else it may be, best first; at most five. */
  readonly alternatives: readonly string[];
}

/** Encoders, silence and rounding: the same recording differs by up to so much. */
const SAME_LENGTH_MS = 3_000;
/** Another cut of the end, or a length given in minutes. */
const NEAR_LENGTH_MS = 10_000;
const MOST_ALTERNATIVES = 5;

const SCORES = {
  title: { same: 40, near: 28 },
  versions: { same: 20, loose: 6 },
  artists: { same: 30, unknown: 12 },
  length: { same: 10, unknown: 6, near: 2 },
} as const;
/** Nothing is a little off but for one thing. */
const EXACT = SCORES.title.same + SCORES.versions.same + SCORES.artists.same + SCORES.length.unknown;
const CLOSE = 76;
const WORTH_SHOWING = 52;
/** Two that differ by less fit alike. */
const CLEAR_LEAD = 3;

interface Wanted {
  readonly base: string;
  readonly versions: readonly string[];
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationMs: number | null;
}

const areNear = (left: string, right: string): boolean => {
  const limit = Math.min(2, Math.floor(Math.min(left.length, right.length) / 6));
  return (
    limit > 0 && codeDistance(codesOf(left), 0, left.length, codesOf(right), 0, right.length, limit) <= limit
  );
};

const titleScore = (wanted: string, base: string): number => {
  if (wanted === base) return SCORES.title.same;
  return areNear(wanted, base) ? SCORES.title.near : 0;
};

const versionScore = (wanted: readonly string[], versions: readonly string[]): number => {
  const [one, other] = [wanted.join(' '), versions.join(' ')];
  if (one === other) return SCORES.versions.same;
  // `live` and `live at halden 2024` may be the same evening.
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one))
    ? SCORES.versions.loose
    : 0;
};

const artistScore = (wanted: readonly string[], names: readonly string[]): number => {
  if (wanted.length === 0) return SCORES.artists.unknown;
  return names.some((name) => wanted.includes(name) || wanted.some((other) => areNear(other, name)))
    ? SCORES.artists.same
    : 0;
};

const lengthScore = (wantedMs: number | null, durationMs: number): number | null => {
  if (wantedMs === null) return SCORES.length.unknown;
  const off = Math.abs(wantedMs - durationMs);
  if (off <= SAME_LENGTH_MS) return SCORES.length.same;
  return off <= NEAR_LENGTH_MS ? SCORES.length.near : null;
};

/** 0 to 101; 0: it is another piece, another artist's, another recording or of quite another length. */
const scoreOf = (wanted: Wanted, candidate: MatchCandidate): number => {
  const { base, versions } = recordingNameOf(candidate.title);
  const title = titleScore(wanted.base, base);
  const version = versionScore(wanted.versions, versions);
  const artists = artistScore(wanted.artists, artistNamesIn(candidate.artists));
  const length = lengthScore(wanted.durationMs, candidate.durationMs);
  if (title === 0 || artists === 0) return 0;
  // The wrong version, or the wrong length, is shown to choose and never taken.
  if (version === 0 || length === null) return WORTH_SHOWING;
  const isSameAlbum =
    wanted.album !== '' && candidate.album !== null && normalise(candidate.album) === wanted.album;
  return title + version + artists + length + (isSameAlbum ? 1 : 0);
};

/** `candidates` best known first: among those that fit alike and are the same recording sold twice, the first is taken. */
export const matchOf = (track: ExchangeTrack, candidates: readonly MatchCandidate[]): Match => {
  const others = (taken: string | null, list: readonly MatchCandidate[]): readonly string[] =>
    list
      .map(({ id }) => id)
      .filter((id) => id !== taken)
      .slice(0, MOST_ALTERNATIVES);

  if (track.catalogId !== null) {
    const own = candidates.find(({ id }) => id === track.catalogId);
    if (own !== undefined) return { kind: 'id', id: own.id, alternatives: [] };
  }

  const { base, versions } = recordingNameOf(track.title);
  const wanted: Wanted = {
    base,
    versions,
    artists: artistNamesIn(track.artists),
    album: normalise(track.album ?? ''),
    durationMs: track.durationMs,
  };
  const ranked = candidates
    .map((candidate) => ({ candidate, score: scoreOf(wanted, candidate) }))
    .toSorted((left, right) => right.score - left.score);

  const sameCode = track.isrc === null ? [] : ranked.filter(({ candidate }) => candidate.isrc === track.isrc);
  const [byCode] = sameCode;
  if (byCode !== undefined) {
    const rest = sameCode.map(({ candidate }) => candidate);
    return { kind: 'isrc', id: byCode.candidate.id, alternatives: others(byCode.candidate.id, rest) };
  }

  const fitting = ranked.filter(({ score }) => score >= WORTH_SHOWING);
  const [best, next] = fitting;
  const shown = fitting.map(({ candidate }) => candidate);
  if (best === undefined) return { kind: 'none', id: null, alternatives: [] };
  const { candidate, score } = best;
  const isClear =
    next === undefined || score - next.score >= CLEAR_LEAD || isSameRecording(candidate, next.candidate);
  if (score < CLOSE || !isClear) return { kind: 'ambiguous', id: null, alternatives: others(null, shown) };
  return {
    kind: score >= EXACT ? 'exact' : 'close',
    id: candidate.id,
    alternatives: others(candidate.id, shown),
  };
};

/** A single, its album and a collection hold the same recording. */
const isSameRecording = (left: MatchCandidate, right: MatchCandidate): boolean =>
  (left.isrc !== null && left.isrc === right.isrc) ||
  (Math.abs(left.durationMs - right.durationMs) <= SAME_LENGTH_MS &&
    artistNamesIn(left.artists).some((name) => artistNamesIn(right.artists).includes(name)));
