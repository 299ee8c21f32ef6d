import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeSmart } from './describe.ts';
import { smartTest, smartTracks } from './evaluate.ts';
import { trackFacts, type TrackFacts } from './facts.ts';
import type { SmartCondition, SmartGroup, SmartRules } from './rules.ts';
import { smartProblems } from './validate.ts';

const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
const facts = (some: Partial<TrackFacts> & { readonly trackId: string }): TrackFacts =>
  trackFacts({
    title: some.trackId,
    artists: [],
    album: '',
    genres: [],
    year: null,
    addedMs: null,
    lastPlayedMs: null,
    plays: 0,
    isLiked: false,
    loudnessLufs: null,
    durationMs: 180_000,
    ...some,
  });
const rulesOf = (some: Partial<SmartRules>): SmartRules => ({
  match: 'all',
  rules: [],
  sort: { by: 'title', descending: false },
  limit: null,
  ...some,
});
const LIBRARY = [
  facts({
    trackId: 'killed',
    artists: ['Motörhead'],
    genres: ['Metal', 'Rock'],
    year: 1986,
    plays: 12,
    isLiked: true,
  }),
  facts({
    trackId: 'tnt',
    artists: ['AC/DC', 'Guest'],
    genres: ['Rock'],
    year: 1975,
    addedMs: NOW - 3 * DAY,
  }),
  facts({
    trackId: 'nocturne',
    artists: ['Chopin'],
    genres: ['Classical'],
    loudnessLufs: -24,
    lastPlayedMs: NOW - 40 * DAY,
  }),
  facts({ trackId: 'long', artists: ['Swans'], durationMs: 1_800_000, addedMs: NOW - 90 * DAY }),
];
const found = (...rules: readonly (SmartCondition | SmartGroup)[]): readonly string[] =>
  smartTracks(rulesOf({ rules }), LIBRARY, NOW).map(({ trackId }) => trackId);

it('compares texts as search does, and any of several artists or genres', () => {
  expect(found({ kind: 'text', field: 'artist', test: 'is', text: 'motorhead' })).toEqual(['killed']);
  expect(found({ kind: 'text', field: 'artist', test: 'contains', text: 'ac dc' })).toEqual(['tnt']);
  expect(found({ kind: 'text', field: 'genre', test: 'is', text: 'ROCK' })).toEqual(['killed', 'tnt']);
  expect(found({ kind: 'text', field: 'genre', test: 'isNot', text: 'rock' })).toEqual(['long', 'nocturne']);
  expect(found({ kind: 'text', field: 'title', test: 'containsNot', text: 'n' })).toEqual(['killed']);
});

it('takes what has no number for neither over nor under', () => {
  expect(found({ kind: 'number', field: 'year', test: 'under', value: 1980 })).toEqual(['tnt']);
  expect(found({ kind: 'number', field: 'year', test: 'over', value: 1986 })).toEqual([]);
  expect(found({ kind: 'number', field: 'year', test: 'isNot', value: 1975 })).toEqual([
    'killed',
    'long',
    'nocturne',
  ]);
  expect(found({ kind: 'number', field: 'loudnessLufs', test: 'under', value: -20 })).toEqual(['nocturne']);
  expect(found({ kind: 'number', field: 'plays', test: 'is', value: 12 })).toEqual(['killed']);
});

it('counts days back from now, and takes never for long ago', () => {
  expect(found({ kind: 'recent', field: 'added', test: 'inTheLast', days: 3 })).toEqual(['tnt']);
  expect(found({ kind: 'recent', field: 'lastPlayed', test: 'notInTheLast', days: 30 })).toHaveLength(4);
  expect(found({ kind: 'time', field: 'added', test: 'under', atMs: NOW - 30 * DAY })).toEqual(['long']);
  expect(found({ kind: 'time', field: 'added', test: 'over', atMs: NOW - 3 * DAY })).toEqual(['tnt']);
  expect(found({ kind: 'liked', value: false })).toEqual(['long', 'nocturne', 'tnt']);
});

it('nests one group', () => {
  expect(
    found(
      {
        kind: 'group',
        match: 'any',
        conditions: [
          { kind: 'number', field: 'durationMs', test: 'over', value: 600_000 },
          { kind: 'text', field: 'genre', test: 'is', text: 'Rock' },
        ],
      },
      { kind: 'liked', value: false },
    ),
  ).toEqual(['long', 'tnt']);
});

const conditionArbitrary: fc.Arbitrary<SmartCondition> = fc.oneof(
  fc
    .constantFrom('is', 'isNot', 'contains', 'containsNot')
    .map((test): SmartCondition => ({ kind: 'text', field: 'genre', test, text: 'rock' })),
  fc
    .constantFrom('is', 'isNot', 'over', 'under')
    .map((test): SmartCondition => ({ kind: 'number', field: 'year', test, value: 1980 })),
  fc.boolean().map((value): SmartCondition => ({ kind: 'liked', value })),
);

it('means all by all and any by any, whatever the conditions', () => {
  fc.assert(
    fc.property(fc.array(conditionArbitrary, { minLength: 1, maxLength: 4 }), (rules) => {
      for (const track of LIBRARY) {
        const each = new Set(rules.map((rule) => smartTest({ match: 'all', rules: [rule] }, NOW)(track)));
        expect(smartTest({ match: 'all', rules }, NOW)(track)).toBe(!each.has(false));
        expect(smartTest({ match: 'any', rules }, NOW)(track)).toBe(each.has(true));
      }
    }),
  );
});

it('puts what has no value last in either direction, and breaks ties by id', () => {
  const order = (by: SmartRules['sort']['by'], descending: boolean): readonly string[] =>
    smartTracks(rulesOf({ sort: { by, descending } }), LIBRARY, NOW).map(({ trackId }) => trackId);
  expect(order('year', false)).toEqual(['tnt', 'killed', 'long', 'nocturne']);
  expect(order('year', true)).toEqual(['killed', 'tnt', 'long', 'nocturne']);
  expect(order('plays', true)).toEqual(['killed', 'long', 'nocturne', 'tnt']);
});

it('shuffles anew each day, and the same all day', () => {
  const many = Array.from({ length: 60 }, (_, index) => facts({ trackId: `t${index}` }));
  const order = (nowMs: number): readonly string[] =>
    smartTracks(rulesOf({ sort: { by: 'shuffled', descending: false } }), many, nowMs).map(
      ({ trackId }) => trackId,
    );
  expect(order(NOW)).toEqual(order(NOW + 1000));
  expect(order(NOW)).not.toEqual(order(NOW + DAY));
});

it('stops at a number of tracks, or before the minutes are over', () => {
  const limited = (limit: SmartRules['limit']): number =>
    smartTracks(rulesOf({ limit }), LIBRARY, NOW).length;
  expect(limited({ kind: 'tracks', tracks: 2 })).toBe(2);
  // killed 3, long 30, nocturne 3, tnt 3 minutes
  expect(limited({ kind: 'minutes', minutes: 33 })).toBe(2);
  expect(limited({ kind: 'minutes', minutes: 32 })).toBe(1);
  expect(limited({ kind: 'minutes', minutes: 100 })).toBe(4);
});

it('describes itself in names that the screen has sentences for', () => {
  expect(
    describeSmart(
      rulesOf({
        rules: [
          { kind: 'text', field: 'artist', test: 'isNot', text: 'Swans' },
          {
            kind: 'group',
            match: 'any',
            conditions: [
              { kind: 'recent', field: 'added', test: 'inTheLast', days: 7 },
              { kind: 'liked', value: true },
            ],
          },
        ],
        sort: { by: 'lastPlayed', descending: true },
        limit: { kind: 'minutes', minutes: 60 },
      }),
    ),
  ).toEqual({
    match: 'all',
    parts: [
      { name: 'artist.isNot', values: { text: 'Swans' } },
      {
        match: 'any',
        parts: [
          { name: 'added.inTheLast', values: { days: 7 } },
          { name: 'liked', values: {} },
        ],
      },
    ],
    sort: 'lastPlayed.descending',
    limit: { kind: 'minutes', minutes: 60 },
  });
});

it('says what is wrong with rules, and where', () => {
  const number = (field: 'year' | 'plays', value: number): SmartCondition => ({
    kind: 'number',
    field,
    test: 'is',
    value,
  });
  expect(smartProblems(rulesOf({}))).toEqual([]);
  expect(
    smartProblems(
      rulesOf({
        rules: [
          { kind: 'text', field: 'title', test: 'is', text: '  ' },
          { kind: 'group', match: 'all', conditions: [number('plays', 3), number('year', 0)] },
          { kind: 'group', match: 'any', conditions: [] },
        ],
        limit: { kind: 'tracks', tracks: 0 },
      }),
    ),
  ).toEqual([
    { code: 'text_missing', path: [0] },
    { code: 'out_of_range', path: [1, 1] },
    { code: 'group_empty', path: [2] },
    { code: 'out_of_range', path: [] },
  ]);
  const tooMany = Array.from({ length: 51 }, () => number('plays', 1));
  expect(smartProblems(rulesOf({ rules: tooMany }))).toEqual([{ code: 'too_many', path: [] }]);
});
