import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AD_EVENTS, type AdEvent } from '../../contract/ads-http.ts';
import {
  countHearings,
  dayOf,
  hearingsByDay,
  mergeHearings,
  stateOfDay,
  MOST_HEARINGS_A_DAY,
} from './hearings.ts';

const NOW_MS = Date.UTC(2026, 5, 7, 12);
const DAY_MS = 86_400_000;
const SPOTS = ['a'.repeat(20), 'b'.repeat(20)] as const;
const BREAKS = Array.from({ length: 4 }, (_, index) => `0000000${index}-0000-4000-8000-000000000000`);

const at = (ms: number): string => new Date(ms).toISOString();

const event: fc.Arbitrary<AdEvent> = fc.record({
  breakId: fc.constantFrom(...BREAKS),
  spotId: fc.constantFrom(...SPOTS),
  kind: fc.constantFrom(...AD_EVENTS),
  at: fc.constant(at(NOW_MS)),
});
const events = fc.array(event, { maxLength: 40 });
const setOf = (list: readonly AdEvent[], listener = 'listener') =>
  hearingsByDay(list, listener, NOW_MS).get(dayOf(NOW_MS)) ?? [];

describe('counting what was heard', () => {
  it('counts each break, spot and kind once, in whatever pieces and however often they are sent', () => {
    fc.assert(
      fc.property(events, fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 6 }), (list, pieces) => {
        const sent = [
          ...pieces.map(([from, to]) => list.slice(Math.min(from, to), Math.max(from, to))),
          list,
        ];
        const counts = countHearings(sent.flatMap((piece) => setOf(piece)));
        for (const spotId of SPOTS)
          for (const kind of AD_EVENTS) {
            const occasions = list.filter((each) => each.spotId === spotId && each.kind === kind);
            expect(counts.get(spotId)?.[kind] ?? 0).toBe(
              new Set(occasions.map(({ breakId }) => breakId)).size,
            );
          }
      }),
    );
  });

  it('merges in any order, again and again, to the same bytes', () => {
    fc.assert(
      fc.property(events, events, events, (one, two, three) => {
        const [a, b, c] = [setOf(one), setOf(two, 'another'), setOf(three)];
        const all = mergeHearings([a, b, c]);
        expect(JSON.stringify(mergeHearings([mergeHearings([c, a]), b, a]))).toBe(JSON.stringify(all));
        expect(JSON.stringify(mergeHearings([all]))).toBe(JSON.stringify(all));
      }),
    );
  });

  it('counts nothing of another time than now and the last sixty days', () => {
    const [breakId = ''] = BREAKS;
    const daysOf = (ms: number): readonly string[] => {
      const heard = { breakId, spotId: SPOTS[0], kind: 'impression', at: at(ms) } as const;
      return [...hearingsByDay([heard], 'me', NOW_MS).keys()];
    };
    const [soon, longAgo] = [NOW_MS + 9 * 60_000, NOW_MS - 59 * DAY_MS];
    expect([soon, longAgo].flatMap(daysOf)).toEqual([dayOf(soon), dayOf(longAgo)]);
    expect([NOW_MS + 11 * 60_000, NOW_MS - 61 * DAY_MS].flatMap(daysOf)).toEqual([]);
    // What may still be added to must not be closed.
    expect([60, 61, 62, 63].map((days) => stateOfDay(dayOf(NOW_MS - days * DAY_MS), NOW_MS))).toEqual([
      'open',
      'resting',
      'closed',
      'closed',
    ]);
  });

  it('takes no more from one listener than somebody can hear in a day, and lets nobody take from another', () => {
    const flood = Array.from({ length: MOST_HEARINGS_A_DAY + 50 }, (_, index) => ({
      breakId: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`,
      spotId: SPOTS[0],
      kind: 'impression' as const,
      at: at(NOW_MS),
    }));
    const honest = flood.slice(0, 3).map((each) => ({ ...each, spotId: SPOTS[1] }));
    const counts = countHearings([...setOf(flood, 'flood'), ...setOf(honest, 'honest')]);
    expect(counts.get(SPOTS[0])?.impression).toBe(MOST_HEARINGS_A_DAY);
    expect(counts.get(SPOTS[1])?.impression).toBe(3);
  });

  it('cannot tell who it was, nor that it was the same on another day', () => {
    const [breakId = ''] = BREAKS;
    const two = [NOW_MS, NOW_MS - DAY_MS].map((ms) => ({
      breakId,
      spotId: SPOTS[0],
      kind: 'impression' as const,
      at: at(ms),
    }));
    const listeners = [...hearingsByDay(two, 'anna@example', NOW_MS).values()].map(
      ([first]) => first?.listener,
    );
    expect(new Set(listeners).size).toBe(2);
    expect(listeners.join()).not.toContain('anna');
  });
});
