import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_BUNDLE, trackOf } from './exchange.ts';
import { finished } from '../work/steps.ts';
import { kindOf, planInSteps, playedTracks, sameWanted } from './import-plan.ts';
import { matchNamed } from './match-named.ts';

const planImport = (...asked: Parameters<typeof planInSteps>) => finished(planInSteps(...asked));
const NOTHING = { ...EMPTY_BUNDLE, played: [] };
const ALL = { savedTracks: true, savedAlbums: true, savedArtists: true, plays: true };

describe('what is looked for', () => {
  it('is every track of every chosen playlist, in its order, whatever their lengths', () => {
    const lengths = fc.array(fc.nat(12), { maxLength: 5 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(4)), (sizes, most, playlists) => {
        const bundle = {
          ...NOTHING,
          playlists: sizes.map((size, list) => ({
            name: `List ${list}`,
            description: '',
            tracks: Array.from({ length: size }, (_, place) => trackOf({ title: `${list}/${place}` })),
          })),
        };
        const plan = planImport(bundle, { playlists, ...ALL }, most);
        const wanted = bundle.playlists
          .filter((_, place) => playlists.includes(place))
          .flatMap(({ tracks }) => tracks);
        expect(plan.rows.map((row) => row.wanted)).toEqual(wanted);
        plan.lists.forEach((_, list) =>
          expect(plan.rows.filter((row) => row.list === list).length).toBeLessThanOrEqual(most),
        );
      }),
    );
  });

  it('has each track of a history once, with those of its plays that count', () => {
    const [one, two] = [trackOf({ title: 'one' }), trackOf({ title: 'two', catalogId: 'a'.repeat(20) })];
    const at = (minute: number): string => new Date(minute * 60_000).toISOString();
    const played = playedTracks([
      { track: one, playedAt: at(1), heardMs: 30_000 },
      { track: two, playedAt: at(2), heardMs: 9_000 },
      { track: one, playedAt: at(3), heardMs: 29_999 },
      { track: trackOf({ title: 'one' }), playedAt: at(4), heardMs: 200_000 },
    ]);
    const { lists, rows } = planImport({ ...NOTHING, played }, { playlists: [], ...ALL }, 10);
    expect(lists).toEqual([{ kind: 'plays' }]);
    expect(rows).toEqual([
      {
        list: 0,
        wanted: one,
        plays: [
          [60_000, 30_000],
          [240_000, 200_000],
        ],
      },
      // Riffle's own: shorter than half a minute, and heard to its end.
      { list: 0, wanted: two, plays: [[120_000, 9_000]] },
    ]);
    expect(planImport({ ...NOTHING, played }, { playlists: [], ...ALL, plays: false }, 10).rows).toEqual([]);
  });

  it('names the parts of a playlist that is too long for one', () => {
    const tracks = ['a', 'b', 'c'].map((title) => trackOf({ title }));
    const bundle = { ...NOTHING, playlists: [{ name: 'Long', description: 'd', tracks }] };
    const { lists, rows } = planImport(bundle, { playlists: [0], ...ALL }, 2);
    expect(lists).toEqual([
      { kind: 'playlist', name: 'Long', description: 'd' },
      { kind: 'playlist', name: 'Long (2)', description: 'd' },
    ]);
    expect(rows.map(({ list }) => list)).toEqual([0, 0, 1]);
  });

  it('has likes from the oldest to the newest: by their times, else from the end of the list', () => {
    const timed = [
      trackOf({ title: 'new', addedAt: '2026-01-02T00:00:00.000Z' }),
      trackOf({ title: 'old', addedAt: '2020-01-02T00:00:00.000Z' }),
    ];
    const titles = (savedTracks: typeof timed) =>
      planImport({ ...NOTHING, savedTracks }, { playlists: [], ...ALL }, 10).rows.map(
        (row) => row.wanted.title,
      );
    expect(titles(timed)).toEqual(['old', 'new']);
    expect(titles([trackOf({ title: 'first' }), trackOf({ title: 'second' })])).toEqual(['second', 'first']);
  });

  it('is looked for once where it stands twice, but not as a track and as an album', () => {
    const track = trackOf({ title: 'Kiesbett', addedAt: '2020-01-02T00:00:00.000Z' });
    const bundle = {
      ...NOTHING,
      playlists: [{ name: 'A', description: '', tracks: [track] }],
      savedTracks: [trackOf({ title: 'Kiesbett' })],
      savedAlbums: [{ title: 'Kiesbett', artists: [] }],
    };
    const { lists, rows } = planImport(bundle, { playlists: [0], ...ALL }, 10);
    const keys = rows.map((row) => sameWanted(row, lists));
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(lists.map(kindOf)).toEqual(['track', 'track', 'album']);
  });
});

describe('an album or an artist by its name', () => {
  const thing = (id: string, title: string, artists: readonly string[] = []) => ({ id, title, artists });

  it('is taken where it is called just that by just those', () => {
    const albums = [
      thing('deluxe', 'Löss Deluxe', ['Lene']),
      thing('one', 'Löss', ['Lene']),
      thing('b', 'Löss', ['Kim']),
    ];
    expect(matchNamed({ title: 'LOSS', artists: ['lene'] }, albums)).toEqual({
      kind: 'exact',
      id: 'one',
      alternatives: ['deluxe'],
    });
    expect(matchNamed({ title: 'Löss', artists: ['Somebody'] }, albums).kind).toBe('none');
  });

  it('is asked where two people have one name, or only something near is there', () => {
    const artists = [thing('a', 'Nova'), thing('b', 'NOVA')];
    expect(matchNamed({ title: 'Nova', artists: [] }, artists)).toEqual({
      kind: 'ambiguous',
      id: null,
      alternatives: ['a', 'b'],
    });
    expect(matchNamed({ title: 'Nov', artists: [] }, artists).kind).toBe('ambiguous');
  });
});
