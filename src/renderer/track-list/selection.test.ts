import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chosenRows,
  fitToRows,
  focusRow,
  NOTHING_SELECTED,
  selectAll,
  selectByMove,
  selectByPress,
  selectForMenu,
  selectNone,
  type Selection,
} from './selection.ts';

const plain = { mod: false, shift: false };
const mod = { mod: true, shift: false };
const shift = { mod: false, shift: true };
const both = { mod: true, shift: true };
const rowsOf = (selection: Selection): number[] => [...selection.selected].sort((a, b) => a - b);

describe('pressing rows', () => {
  it('chooses one row and lets go of the others on a plain press', () => {
    const first = selectByPress(NOTHING_SELECTED, 2, plain);
    const second = selectByPress(first, 5, plain);
    expect(rowsOf(second)).toEqual([5]);
    expect(second.focus).toBe(5);
  });

  it('toggles a row with Mod and keeps the others', () => {
    const two = selectByPress(selectByPress(NOTHING_SELECTED, 2, plain), 5, mod);
    expect(rowsOf(two)).toEqual([2, 5]);
    expect(rowsOf(selectByPress(two, 2, mod))).toEqual([5]);
  });

  it('stretches from the anchor with Shift, in either direction, and stretches anew from the same anchor', () => {
    const anchored = selectByPress(NOTHING_SELECTED, 4, plain);
    expect(rowsOf(selectByPress(anchored, 6, shift))).toEqual([4, 5, 6]);
    expect(rowsOf(selectByPress(selectByPress(anchored, 6, shift), 2, shift))).toEqual([2, 3, 4]);
  });

  it('adds a stretch to what was chosen with Mod and Shift', () => {
    const apart = selectByPress(selectByPress(NOTHING_SELECTED, 0, plain), 4, mod);
    expect(rowsOf(selectByPress(apart, 6, both))).toEqual([0, 4, 5, 6]);
  });

  it('keeps the selection for a menu opened inside it and chooses the row for one opened outside', () => {
    const range = selectByPress(selectByPress(NOTHING_SELECTED, 1, plain), 3, shift);
    expect(rowsOf(selectForMenu(range, 2))).toEqual([1, 2, 3]);
    expect(rowsOf(selectForMenu(range, 7))).toEqual([7]);
  });
});

describe('moving by keys', () => {
  it('stops at both ends of the list', () => {
    expect(selectByMove(NOTHING_SELECTED, -1, 3, false).focus).toBe(0);
    expect(selectByMove(NOTHING_SELECTED, 99, 3, false).focus).toBe(2);
  });

  it('leaves an empty list as it is', () => {
    expect(selectByMove(NOTHING_SELECTED, 1, 0, false)).toBe(NOTHING_SELECTED);
  });

  it('moves the tab stop without choosing when a row merely takes the focus', () => {
    const state = focusRow(selectByPress(NOTHING_SELECTED, 1, plain), 3);
    expect(rowsOf(state)).toEqual([1]);
    expect(state.focus).toBe(3);
  });
});

describe('focus that comes before its press', () => {
  it('leaves the anchor where it was, so that a Shift press still stretches from there', () => {
    const anchored = selectByPress(NOTHING_SELECTED, 2, plain);
    expect(rowsOf(selectByPress(focusRow(anchored, 4), 4, shift))).toEqual([2, 3, 4]);
  });
});

describe('properties', () => {
  const rowCount = 40;
  const row = fc.nat(rowCount - 1);
  const step = fc.oneof(
    fc.record({ kind: fc.constant('press' as const), row, mod: fc.boolean(), shift: fc.boolean() }),
    fc.record({
      kind: fc.constant('move' as const),
      row: fc.integer({ min: -60, max: 60 }),
      extend: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('menu' as const), row }),
    fc.record({ kind: fc.constant('all' as const) }),
    fc.record({ kind: fc.constant('none' as const) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
  const carryOut = (state: Selection, next: Step): Selection => {
    switch (next.kind) {
      case 'press':
        return selectByPress(state, next.row, next);
      case 'move':
        return selectByMove(state, state.focus + next.row, rowCount, next.extend);
      case 'menu':
        return selectForMenu(state, next.row);
      case 'all':
        return selectAll(state, rowCount);
      case 'none':
        return selectNone(state);
    }
  };

  it('never leaves the list, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const end = steps.reduce(carryOut, NOTHING_SELECTED);
        for (const index of [...end.selected, end.focus, end.anchor]) {
          expect(index).toBeGreaterThanOrEqual(0);
          expect(index).toBeLessThan(rowCount);
        }
      }),
    );
  });

  it('chooses exactly the rows between anchor and press on a Shift press', () => {
    fc.assert(
      fc.property(fc.array(step), row, (steps, target) => {
        const before = steps.reduce(carryOut, NOTHING_SELECTED);
        const after = selectByPress(before, target, shift);
        expect(after.selected.size).toBe(Math.abs(before.anchor - target) + 1);
        expect(after.selected.has(before.anchor) && after.selected.has(target)).toBe(true);
        expect(after.anchor).toBe(before.anchor);
      }),
    );
  });

  it('comes back to the same rows when a row is toggled twice', () => {
    fc.assert(
      fc.property(fc.array(step), row, (steps, target) => {
        const before = steps.reduce(carryOut, NOTHING_SELECTED);
        const after = selectByPress(selectByPress(before, target, mod), target, mod);
        expect(rowsOf(after)).toEqual(rowsOf(before));
      }),
    );
  });

  it('fits any selection into a list that has become shorter, and lets go of no row that is still there', () => {
    fc.assert(
      fc.property(fc.array(step), fc.nat(rowCount), (steps, shorter) => {
        const before = steps.reduce(carryOut, NOTHING_SELECTED);
        const after = fitToRows(before, shorter);
        expect(rowsOf(after)).toEqual(rowsOf(before).filter((index) => index < shorter));
        expect(after.focus).toBeLessThan(Math.max(shorter, 1));
      }),
    );
  });

  it('gives the chosen rows in list order, however they were chosen', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const rows = Array.from({ length: rowCount }, (_, index) => index);
        const chosen = chosenRows(rows, steps.reduce(carryOut, NOTHING_SELECTED));
        expect(chosen).toEqual([...chosen].sort((a, b) => a - b));
      }),
    );
  });
});
