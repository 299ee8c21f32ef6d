import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedDistance, editDistance } from './edit-distance.ts';
import { matchExpression } from './match-expression.ts';
import { normalise } from './normalise.ts';
import { MATCH, matchOf, prepareQuery, rank } from './rank.ts';
import { documentTokens, queryTokens, spellings, tokens } from './tokens.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** Whether a text filed under its document tokens is found by a query: the rule the index follows. */
const finds = (query: string, text: string): boolean => {
  const filed = documentTokens(text);
  const asked = queryTokens(query);
  return (
    asked.length > 0 &&
    asked.every((token) =>
      filed.some((word) => (token.prefix ? word.startsWith(token.text) : word === token.text)),
    )
  );
};

describe('normalise', () => {
  it.each([
    ['T.N.T.', 'tnt'],
    ['AC/DC', 'ac dc'],
    ['Don’t Stop', 'dont stop'],
    ["Don't Stop", 'dont stop'],
    ['Motörhead', 'motorhead'],
    ['Straße', 'strasse'],
    ['Sigur Rós', 'sigur ros'],
    ['Ærøskøbing', 'aeroskobing'],
    ['Łódź', 'lodz'],
    ['Ｆｕｌｌ Ｗｉｄｔｈ', 'full width'],
    ['ver1.1', 'ver1 1'],
    ['Ke$ha', 'kesha'],
    ['P!nk', 'pink'],
    ['Ёлка', 'елка'],
    ['ガラス', 'ガラス'],
    ['한국', '한국'],
    ['  many   spaces ', 'many spaces'],
    ['???', '???'],
    ['÷', '÷'],
    ['', ''],
  ])('turns %j into %j', (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it('changes nothing when applied twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
    );
  });
});

describe('what a query finds', () => {
  it.each([
    ['tnt', 'T.N.T.'],
    ['T.N.T', 'T.N.T.'],
    ['t.n', 'T.N.T.'],
    ['acdc', 'AC/DC'],
    ['ac dc', 'AC/DC'],
    ['ac/dc', 'AC/DC'],
    ['dont', "Don't Stop Me Now"],
    ['don’t', "Don't Stop Me Now"],
    ['rock n roll', "Rock'n'Roll High School"],
    ['amour', "L'amour est bleu"],
    ['jayz', 'Jay-Z'],
    ['munchen', 'München bei Nacht'],
    ['muenchen', 'München bei Nacht'],
    ['münch', 'München bei Nacht'],
    ['simon and garfunkel', 'Simon & Garfunkel'],
    ['simon & garf', 'Simon & Garfunkel'],
    ['東京', '東京事変'],
    ['京事', '東京事変'],
    ['東', '東京事変'],
    ['変', '東京事変'],
    ['🔥', 'Fire 🔥'],
    ['ver1.1', 'Etude ver1.1 (live)'],
    ['?', '???'],
    ['strasse', 'Die Straße'],
  ])('%j finds %j', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  it.each([
    ['tnt', 'Tonight'],
    ['acdc', 'Academic'],
    ['京東', '東京事変'],
    ['stop dont x', "Don't Stop"],
    ['', 'Anything'],
  ])('%j does not find %j', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  it('always finds a text by itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(tokens(text).length > 0);
        expect(finds(text, text)).toBe(true);
      }),
    );
  });

  it('keeps the number of tokens bounded for any query', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(tokens(text).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('matchExpression', () => {
  it.each([
    ['" * ( ) NEAR OR -', '"near" "or" *'],
    ['title:x', '"title" "x" *'],
    ['a AND NOT b', '"a" "and" "not" "b" *'],
    ['^foo', '"foo" *'],
  ])('makes no operator of %j', (query, expected) => {
    expect(matchExpression(queryTokens(query))).toBe(expected);
  });

  it('is null when there is nothing to look for', () => {
    expect(matchExpression(queryTokens('  " '))).toBeNull();
  });
});

describe('editDistance', () => {
  const slow = (left: string, right: string): number => {
    const table: number[][] = [];
    for (let row = 0; row <= left.length; row += 1) {
      table.push([row]);
      for (let column = 1; column <= right.length; column += 1) {
        const above = table[row - 1];
        let cost = row === 0 ? column : Infinity;
        if (above !== undefined) {
          cost = Math.min(
            (above[column] ?? 0) + 1,
            (table[row]?.[column - 1] ?? 0) + 1,
            (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1),
          );
          if (
            row > 1 &&
            column > 1 &&
            left[row - 1] === right[column - 2] &&
            left[row - 2] === right[column - 1]
          ) {
            cost = Math.min(cost, (table[row - 2]?.[column - 2] ?? 0) + 1);
          }
        }
        table[row]?.push(cost);
      }
    }
    return table[left.length]?.[right.length] ?? 0;
  };
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });

  it('agrees with the full table up to its limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (left, right, limit) => {
        expect(editDistance(left, right, limit)).toBe(Math.min(slow(left, right), limit + 1));
      }),
      { numRuns: 3000 },
    );
  });

  it('counts swapped neighbours as one mistake', () => {
    expect(editDistance('beatles', 'beatels', 2)).toBe(1);
  });

  it.each([
    [3, 0],
    [4, 1],
    [7, 1],
    [8, 2],
  ])('allows a word of %i letters %i mistakes', (letters, mistakes) => {
    expect(allowedDistance(letters)).toBe(mistakes);
  });
});

describe('rank', () => {
  const of = (title: string, artists: readonly string[] = [], plays: number | null = null) => ({
    title,
    artists,
    plays,
  });

  it('orders an exact title, an exact artist, a prefix, words in the title, and the rest', () => {
    const query = prepareQuery('blue river');
    const ways = [
      of('Blue River'),
      of('Blueriver'),
      of('Something', ['Blue River'], 10),
      of('Blue Rivers of June', [], 10_000_000),
      of('River, deep and blue river', [], 10),
      of('Song', ['Blue Riverboat'], 99),
      of('Blue Song', ['River']),
      of('Else', [], 1e12),
    ].map((candidate) => rank(query, candidate));
    expect(ways).toEqual(ways.toSorted((left, right) => right - left));
  });

  it('puts any exact title before anything else, however popular', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat({ max: 2 ** 31 }), (asked, other, plays) => {
        fc.pre(normalise(asked) !== '' && normalise(other) !== normalise(asked));
        const query = prepareQuery(asked);
        expect(rank(query, of(asked))).toBeGreaterThan(rank(query, of(other, [], plays)));
      }),
    );
  });

  it('takes the more played of two equal matches', () => {
    const query = prepareQuery('kies');
    expect(rank(query, of('Kiesbett', [], 5))).toBeGreaterThan(rank(query, of('Kiesbett', [], 4)));
  });

  it('knows a title named together with its artist', () => {
    expect(matchOf(prepareQuery('kiesbett lene wör'), of('Kiesbett', ['Lene Wörner Trio']))).toBe(
      MATCH.titleAndArtistNamed,
    );
  });
});

describe('spellings', () => {
  it('remembers how a word was written', () => {
    expect(spellings('Lene Wörner, T.N.T. 1999 & Co')).toEqual([
      { word: 'lene', spelling: 'lene' },
      { word: 'worner', spelling: 'wörner' },
      { word: 'tnt', spelling: 't.n.t' },
    ]);
  });
});
