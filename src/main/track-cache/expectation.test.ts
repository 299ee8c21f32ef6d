import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fetchedAhead, isExpected, NOTHING_EXPECTED } from './expectation.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');

describe('what is expected', () => {
  it('fetches ahead the next two, each once, and never what sounds already', () => {
    expect(fetchedAhead({ current: 'a', upcoming: ['b', 'c', 'd'] })).toEqual(['b', 'c']);
    expect(fetchedAhead({ current: 'a', upcoming: ['a', 'a', 'b', 'b', 'c'] })).toEqual(['b', 'c']);
    expect(fetchedAhead(NOTHING_EXPECTED)).toEqual([]);
  });

  it('keeps from eviction what sounds and what comes next, also as one of several tracks of a file', () => {
    const expectation = { current: 'a', upcoming: ['b', 'c', 'd'] };
    expect(isExpected(expectation, ['x', 'a'])).toBe(true);
    expect(isExpected(expectation, ['c'])).toBe(true);
    expect(isExpected(expectation, ['d', 'x'])).toBe(false);
    expect(isExpected(NOTHING_EXPECTED, ['a'])).toBe(false);
  });

  it('never evicts what it fetches ahead', () => {
    fc.assert(
      fc.property(fc.option(ids), fc.array(ids, { maxLength: 6 }), (current, upcoming) => {
        const ahead = fetchedAhead({ current, upcoming });
        for (const trackId of ahead) expect(isExpected({ current, upcoming }, [trackId])).toBe(true);
      }),
    );
  });
});
