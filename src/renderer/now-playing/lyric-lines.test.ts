import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSynced, lineAt, wordsFrom } from './lyric-lines.ts';

const sung = (...times: readonly number[]) => times.map((atMs) => ({ atMs, text: `at ${atMs}` }));

describe('the lines of lyrics', () => {
  it('begin with silence', () => {
    expect(lineAt(sung(500, 900), 499)).toBe(-1);
    expect(lineAt([], 1000)).toBe(-1);
  });

  it('are sung from their time until the next one', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300_000), { minLength: 1 }), fc.nat(310_000), (times, positionMs) => {
        const lines = sung(...times.toSorted((one, other) => one - other));
        const at = lineAt(lines, positionMs);
        expect(lines.slice(0, at + 1).every((line) => line.atMs <= positionMs)).toBe(true);
        expect(lines.slice(at + 1).every((line) => line.atMs > positionMs)).toBe(true);
      }),
    );
  });

  it('are synced only when every line has its time', () => {
    expect(isSynced(sung(0, 10))).toBe(true);
    expect(isSynced([...sung(0), { atMs: null, text: 'and then' }])).toBe(false);
    expect(isSynced([])).toBe(false);
  });

  it('are gone through without the gaps between verses', () => {
    const lines = [
      { atMs: 0, text: 'one' },
      { atMs: 5, text: '' },
      { atMs: 9, text: 'two' },
    ];
    expect([wordsFrom(lines, 0, 1), wordsFrom(lines, 2, -1)]).toEqual([2, 0]);
    expect([wordsFrom(lines, 2, 1), wordsFrom(lines, -1, 1)]).toEqual([null, 0]);
  });
});
