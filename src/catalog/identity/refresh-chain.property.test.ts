import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeRefreshToken } from './refresh-chain.ts';

interface Token {
  readonly name: string;
  readonly generation: number;
  readonly parent: Token | null;
}

/** The rule as it is told to people, over whole families; what is written down is not looked at. */
const toldRule = (token: Token, lastUsed: Token | null): 'good' | 'dead' =>
  token === lastUsed || token.parent === lastUsed ? 'good' : 'dead';

/** What is written down, as the store keeps it: per generation the token that was used first. */
const createChain = () => {
  const used = new Map<number, string>();
  return {
    judge: ({ name, generation }: Token) =>
      judgeRefreshToken({
        token: name,
        usedInGeneration: used.get(generation) ?? null,
        isNextUsed: used.has(generation + 1),
      }),
    write: ({ name, generation }: Token) => {
      if (!used.has(generation)) used.set(generation, name);
      return used.get(generation) === name;
    },
  };
};

describe('refresh tokens of one sign-in', () => {
  test('the last used one and its direct successors are good, all others dead', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (picks) => {
        const chain = createChain();
        const tokens: Token[] = [{ name: '0', generation: 0, parent: null }];
        let lastUsed: Token | null = null;
        for (const pick of picks) {
          for (const each of tokens)
            expect(chain.judge(each) === 'dead' ? 'dead' : 'good').toBe(toldRule(each, lastUsed));
          const token = tokens[pick % tokens.length];
          if (token === undefined || chain.judge(token) === 'dead') continue;
          expect(chain.write(token)).toBe(true);
          lastUsed = token;
          tokens.push({ name: String(tokens.length), generation: token.generation + 1, parent: token });
        }
      }),
    );
  });

  test('an app that never gets an answer may ask again for ever', () => {
    const chain = createChain();
    const token: Token = { name: 'kept', generation: 4, parent: null };
    for (let attempt = 0; attempt < 20; attempt++) {
      expect(chain.judge(token)).not.toBe('dead');
      chain.write(token);
    }
  });

  test('a thief and the owner who both go on are found out at the latest with the second use after the theft', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: 1, max: 5 }), (isThiefFirst, steps) => {
        const chain = createChain();
        const stolen: Token = { name: 'stolen', generation: 0, parent: null };
        let made = 0;
        const use = (token: Token): Token | 'found out' => {
          if (chain.judge(token) === 'dead' || !chain.write(token)) return 'found out';
          return { name: `${(made += 1)}`, generation: token.generation + 1, parent: token };
        };
        const hands: (Token | 'found out')[] = [stolen, stolen];
        const results: string[] = [];
        for (let step = 0; step < steps + 2; step++) {
          const hand = (step + (isThiefFirst ? 0 : 1)) % 2;
          const token = hands[hand];
          if (token === undefined || token === 'found out') break;
          const next = use(token);
          hands[hand] = next;
          if (next === 'found out') results.push(next);
        }
        // Each once with the stolen one, then one goes on with a successor; the other one's is dead from then on.
        expect(results).toHaveLength(steps >= 2 ? 1 : 0);
      }),
    );
  });
});
