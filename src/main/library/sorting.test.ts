import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../core/work/steps.ts';
import { mergedValues, sortedValues, type SortValue } from './sorting.ts';

const values = fc.array(fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }), { maxLength: 60 });
const shown = (list: readonly { readonly value: SortValue }[]): readonly SortValue[] =>
  list.map(({ value }) => value);
const valued = (list: readonly SortValue[]) => list.map((value, item) => ({ item, value }));

describe('a sorted list that is gone on with', () => {
  it('stands as one that was sorted anew, with what is not known last', () =>
    fc.assert(
      fc.property(values, values, fc.boolean(), (one, other, descending) => {
        const sorted = (list: readonly SortValue[]) => finished(sortedValues(valued(list), descending));
        const merged = finished(mergedValues(sorted(one), sorted(other), descending));
        expect(shown(merged)).toEqual(shown(sorted([...one, ...other])));
        const known = shown(merged).filter((value) => value !== null).length;
        expect(
          shown(merged)
            .slice(known)
            .every((value) => value === null),
        ).toBe(true);
      }),
    ));
});
