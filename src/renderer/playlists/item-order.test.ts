import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapOfStep, movedOrder, staysInPlace, targetOfGap, type Step } from './item-order.ts';

const letters = (text: string): readonly string[] => Array.from(text);
const dropped = (order: string, moving: string, gap: number): string => {
  const chosen = new Set(letters(moving));
  return movedOrder(letters(order), chosen, targetOfGap(letters(order), gap, chosen)).join('');
};
const stepped = (order: string, moving: string, step: Step): string | null => {
  const gap = gapOfStep(letters(order), new Set(letters(moving)), step);
  return gap === null ? null : dropped(order, moving, gap);
};

describe('items that are dropped into a gap', () => {
  it.each([
    ['abcde', 'a', 3, 'bcade'],
    ['abcde', 'e', 0, 'eabcd'],
    ['abcde', 'bd', 5, 'acebd'],
    ['abcde', 'bd', 2, 'abdce'],
    ['abcde', 'bd', 0, 'bdace'],
  ])('of %s, %s into gap %i: %s', (order, moving, gap, after) => {
    expect(dropped(order, moving, gap)).toBe(after);
  });

  it('are the same items, those that stay keep their order, and those that move stand together', () => {
    const anyMove = fc
      .uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 })
      .chain((order) =>
        fc.record({
          order: fc.constant(order),
          moving: fc.subarray(order, { minLength: 1 }),
          gap: fc.nat(order.length),
        }),
      );
    fc.assert(
      fc.property(anyMove, ({ order, moving, gap }) => {
        const chosen = new Set(moving);
        const after = movedOrder(order, chosen, targetOfGap(order, gap, chosen));
        expect(after.toSorted()).toEqual(order.toSorted());
        const isStaying = (itemId: string): boolean => !chosen.has(itemId);
        expect(after.filter(isStaying)).toEqual(order.filter(isStaying));
        const from = after.findIndex((itemId) => chosen.has(itemId));
        expect(after.slice(from, from + moving.length)).toEqual(moving);
        // Exactly as many stay above as stood above the gap.
        expect(from).toBe(order.slice(0, gap).filter(isStaying).length);
        expect(staysInPlace(order, gap, chosen)).toBe(after.join('\0') === order.join('\0'));
      }),
    );
  });
});

describe('items that are moved by a key', () => {
  it.each<[string, string, Step, string | null]>([
    ['abcde', 'c', 'up', 'acbde'],
    ['abcde', 'c', 'down', 'abdce'],
    ['abcde', 'bd', 'up', 'bdace'],
    ['abcde', 'bd', 'down', 'acebd'],
    ['abcde', 'ac', 'up', 'acbde'],
    ['abcde', 'ab', 'up', null],
    ['abcde', 'e', 'down', null],
    ['abcde', 'ce', 'down', 'abdce'],
    ['abcde', 'd', 'top', 'dabce'],
    ['abcde', 'b', 'bottom', 'acdeb'],
    ['abcde', 'a', 'top', null],
    ['abcde', '', 'up', null],
  ])('of %s, %s %s: %s', (order, moving, step, after) => {
    expect(stepped(order, moving, step)).toBe(after);
  });
});
