import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markChanges } from './mark-changes.ts';

/** `[x]` around what is marked. */
const drawn = (typed: string, corrected: string): string =>
  markChanges(typed, corrected)
    .map((run) => (run.changed ? `[${run.text}]` : run.text))
    .join('');

describe('marking what a correction changed', () => {
  it.each([
    ['lene wrner', 'lene wörner', 'lene w[ö]rner'],
    ['quellgebit', 'quellgebiet', 'quellgebi[e]t'],
    ['kiesbettt', 'kiesbett', 'kiesbett'],
    ['flussabwarts', 'flussabwärts', 'flussabw[ä]rts'],
    ['beatels', 'beatles', 'beatl[e]s'],
    ['Halden', 'halden', 'halden'],
    ['', 'neu', '[neu]'],
  ])('shows how %j became %j', (typed, corrected, marked) => {
    expect(drawn(typed, corrected)).toBe(marked);
  });

  it('keeps a letter with its accent in one piece, however it was encoded', () => {
    expect(drawn('worner', 'wo\u0308rner')).toBe('w[ö]rner');
  });

  it('never loses or invents a letter of the corrected query', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (typed, corrected) => {
        const joined = markChanges(typed, corrected)
          .map((run) => run.text)
          .join('');
        expect(joined).toBe(corrected.normalize('NFC'));
      }),
    );
  });

  it('marks nothing when nothing was corrected', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(markChanges(query, query).some((run) => run.changed)).toBe(false);
      }),
    );
  });
});
