import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseLogin } from './login-name.ts';

describe('login names', () => {
  test.each([
    [' Ada ', 'ada'],
    ['STRASSE', 'strasse'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['ﬁona', 'fiona'],
    ['ada@example.org', 'ada@example.org'],
    ['Åsa', 'åsa'],
  ])('%j is %j', (typed, login) => {
    expect(normaliseLogin(typed)).toBe(login);
  });

  test.each(['', '   ', 'two words', 'a/b', 'a\nb', '😀', 'x'.repeat(65), '<b>'])('%j is none', (typed) => {
    expect(normaliseLogin(typed)).toBeNull();
  });

  test('a login stays itself, in capitals and decomposed too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (typed) => {
        const login = normaliseLogin(typed);
        if (login === null) return;
        expect(normaliseLogin(login)).toBe(login);
        expect(normaliseLogin(login.toUpperCase())).toBe(login);
        expect(normaliseLogin(login.normalize('NFD'))).toBe(login);
      }),
      { numRuns: 500 },
    );
  });
});
