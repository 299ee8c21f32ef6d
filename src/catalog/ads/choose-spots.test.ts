import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSpots, isEligible, type BreakOccasion } from './choose-spots.ts';

const GENRES = [
  { id: 'jazz', name: 'Jazz' },
  { id: 'klassik', name: 'Klassik' },
  { id: 'pop', name: 'Pop' },
] as const;
const DAYS = ['2026-05-31', '2026-06-01', '2026-06-07', '2026-06-14', '2026-06-15'] as const;

const spot = fc.record({
  weight: fc.integer({ min: 1, max: 100 }),
  from: fc.option(fc.constantFrom(...DAYS)),
  until: fc.option(fc.constantFrom(...DAYS)),
  avoidGenres: fc.subarray([...GENRES]),
  hasEnded: fc.boolean(),
});
const spots = fc
  .array(spot, { maxLength: 8 })
  .map((list) => list.map((each, index) => ({ ...each, id: `spot${index}` })));

const occasion: fc.Arbitrary<BreakOccasion> = fc.record({
  breakId: fc.uuid(),
  day: fc.constantFrom(...DAYS),
  genreIds: fc.subarray(GENRES.map(({ id }) => id as string)),
  recentSpotIds: fc.shuffledSubarray(['spot0', 'spot1', 'spot2', 'spot3', 'spot4', 'spot9']),
  mostSpots: fc.integer({ min: 1, max: 4 }),
});

const always = { from: null, until: null, avoidGenres: [], hasEnded: false };
const plain = (breakId: string): BreakOccasion => ({
  breakId,
  day: '2026-06-07',
  genreIds: [],
  recentSpotIds: [],
  mostSpots: 1,
});

describe('choosing what is heard in a break', () => {
  it('takes as many as there may be, each once, and only who may be heard now', () => {
    fc.assert(
      fc.property(spots, occasion, (all, when) => {
        const chosen = chooseSpots(all, when);
        const eligible = all.filter((each) => isEligible(each, when));
        expect(chosen).toHaveLength(Math.min(when.mostSpots, eligible.length));
        expect(new Set(chosen).size).toBe(chosen.length);
        for (const each of chosen) {
          expect(each.hasEnded).toBe(false);
          expect(each.from === null || each.from <= when.day).toBe(true);
          expect(each.until === null || each.until >= when.day).toBe(true);
          expect(each.avoidGenres.filter(({ id }) => when.genreIds.includes(id))).toEqual([]);
        }
      }),
    );
  });

  it('leaves out who was heard lately as long as there are others', () => {
    fc.assert(
      fc.property(spots, occasion, (all, when) => {
        const chosen = chooseSpots(all, when);
        const isRecent = ({ id }: { readonly id: string }): boolean => when.recentSpotIds.includes(id);
        const others = all.filter((each) => isEligible(each, when) && !isRecent(each));
        const expected = Math.min(chosen.length, others.length);
        expect(chosen.slice(0, expected).filter(isRecent)).toEqual([]);
      }),
    );
  });

  it('gives the same answer to the same question', () => {
    fc.assert(
      fc.property(spots, occasion, (all, when) => {
        expect(chooseSpots(all, when)).toEqual(chooseSpots([...all], { ...when }));
      }),
    );
  });

  it('lets two ads take turns, however they weigh', () => {
    const pair = [
      { ...always, id: 'heavy', weight: 100 },
      { ...always, id: 'light', weight: 1 },
    ];
    let recentSpotIds: readonly string[] = ['light', 'heavy'];
    const heard = Array.from({ length: 6 }, (_, index) => {
      const [next] = chooseSpots(pair, { ...plain(`break ${index}`), recentSpotIds });
      recentSpotIds = [next?.id ?? '', ...recentSpotIds.filter((id) => id !== next?.id)];
      return next?.id;
    });
    expect(heard).toEqual(['heavy', 'light', 'heavy', 'light', 'heavy', 'light']);
  });

  it('hears twice the weight twice as often', () => {
    const list = [
      { ...always, id: 'one', weight: 10 },
      { ...always, id: 'two', weight: 20 },
    ];
    const rounds = 3_000;
    const heard = Array.from(
      { length: rounds },
      (_, index) => chooseSpots(list, plain(`break ${index}`))[0]?.id,
    );
    const share = heard.filter((id) => id === 'two').length / rounds;
    // Seeded, so it is the same each time; five standard deviations of a fair draw.
    expect(Math.abs(share - 2 / 3)).toBeLessThan(0.043);
  });
});
