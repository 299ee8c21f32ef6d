import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pin } from '../../contract/offline.ts';
import { pinOfAlbum } from '../status/status-for-tests.ts';
import { beforeAfterStep } from './pin-order.ts';

/** What the host does with the answer. */
const moved = (pins: readonly Pin[], index: number, before: Pin['source'] | null): readonly Pin[] => {
  const rest = pins.filter((_, at) => at !== index);
  const place = before === null ? rest.length : rest.findIndex((pin) => pin.source === before);
  return [...rest.slice(0, place), ...pins.slice(index, index + 1), ...rest.slice(place)];
};
const pinsOf = (count: number): readonly Pin[] =>
  Array.from({ length: count }, (_, index) => pinOfAlbum(String.fromCharCode(97 + index)));

describe('a step in the order of fetching', () => {
  it('goes one place earlier or later, or to the front, and nowhere past the ends', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 8 }),
        fc.constantFrom('first' as const, 'earlier' as const, 'later' as const),
        (count, at, step) => {
          const index = at % count;
          const pins = pinsOf(count);
          const before = beforeAfterStep(pins, index, step);
          const wanted = { first: 0, earlier: index - 1, later: index + 1 }[step];
          const isPossible = wanted >= 0 && wanted < count && wanted !== index;
          expect(before !== undefined).toBe(isPossible);
          const after = before === undefined ? pins : moved(pins, index, before);
          expect(after.indexOf(pins[index] as Pin)).toBe(isPossible ? wanted : index);
        },
      ),
    );
  });

  it('of what is not there is none', () => {
    expect(beforeAfterStep(pinsOf(2), 7, 'earlier')).toBeUndefined();
  });
});
