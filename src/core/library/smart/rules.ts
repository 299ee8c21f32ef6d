/**
 * Smart playlists: which tracks, in what order, how many. Groups nest once, which is as much as people can read. Times are
 * milliseconds since 1970, lengths milliseconds, loudness LUFS (integrated, EBU R128).
 */
export const TEXT_FIELDS = ['title', 'artist', 'album', 'genre'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];
export const TEXT_TESTS = ['is', 'isNot', 'contains', 'containsNot'] as const;
export type TextTest = (typeof TEXT_TESTS)[number];

/** `plays`: how often the listener heard it. */
export const NUMBER_FIELDS = ['year', 'plays', 'loudnessLufs', 'durationMs'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];
export const NUMBER_TESTS = ['is', 'isNot', 'over', 'under'] as const;
export type NumberTest = (typeof NUMBER_TESTS)[number];

/** `added`: when the listener saved it (or its album); `lastPlayed`: when they last heard it. */
export const TIME_FIELDS = ['added', 'lastPlayed'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

export type SmartCondition =
  /** Compared as search compares: without case, accents and punctuation. Of several artists or genres, one is enough. */
  | {
      readonly kind: 'text';
      readonly field: TextField;
      readonly test: TextTest;
      readonly text: string;
    }
  /** What has no year or no measured loudness passes `isNot` alone. Over and under are strict. */
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly test: NumberTest;
      readonly value: number;
    }
  /** `notInTheLast` holds for what never was. A day is 24 hours back from now. */
  | {
      readonly kind: 'recent';
      readonly field: TimeField;
      readonly test: 'inTheLast' | 'notInTheLast';
      readonly days: number;
    }
  /** Over: at or after `atMs`. Under: before it. What never was passes neither. */
  | {
      readonly kind: 'time';
      readonly field: TimeField;
      readonly test: 'over' | 'under';
      readonly atMs: number;
    }
  | { readonly kind: 'liked'; readonly value: boolean };

export const MATCHES = ['all', 'any'] as const;
export type Match = (typeof MATCHES)[number];
export interface SmartGroup {
  readonly kind: 'group';
  readonly match: Match;
  readonly conditions: readonly SmartCondition[];
}

export const SMART_SORTS = [
  'title',
  'artist',
  'album',
  'year',
  'added',
  'lastPlayed',
  'plays',
  'durationMs',
  'loudnessLufs',
  /** Another order each day, the same all day and on every device. */
  'shuffled',
] as const;
export type SmartSort = (typeof SMART_SORTS)[number];

export interface SmartRules {
  readonly match: Match;
  /** Empty: every track that is known. */
  readonly rules: readonly (SmartCondition | SmartGroup)[];
  /** What has no value in the field comes last either way; ties by track id. */
  readonly sort: { readonly by: SmartSort; readonly descending: boolean };
  /** As many from the beginning as stay within it; null: all. */
  readonly limit:
    | { readonly kind: 'tracks'; readonly tracks: number }
    | { readonly kind: 'minutes'; readonly minutes: number }
    | null;
}

export const MOST_CONDITIONS = 50;
export const MOST_CONDITION_LETTERS = 200;
export const MOST_SMART_TRACKS = 10_000;
export const MOST_SMART_MINUTES = 100_000;
export const MOST_SMART_DAYS = 36_500;
