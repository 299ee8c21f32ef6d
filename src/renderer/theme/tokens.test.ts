// Only the test reads the file as a file; the window itself has no Node.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_COLOURS, type ColourToken } from '../../core/artwork-colour/neutral-colours.ts';

const tokens = readFileSync(`${import.meta.dirname}/tokens.css`, 'utf8');

const propertyOf = (token: string): string =>
  `--${token.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/\d/, '-$&')}`;

const pairsOf = (block: string): ReadonlyMap<string, string> =>
  new Map(
    [...block.matchAll(/(--[\w-]+): (light-dark\(#\w{6}, #\w{6}\));/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

describe('the tokens of the stylesheet', () => {
  const [normal = '', highContrast = ''] = tokens.split("[data-contrast='more']");

  it.each([
    ['normal', normal, NEUTRAL_COLOURS.light, NEUTRAL_COLOURS.dark],
    ['high', highContrast, NEUTRAL_COLOURS.highContrastLight, NEUTRAL_COLOURS.highContrastDark],
  ] as const)('have the same colours as the core, contrast %s', (_contrast, block, light, dark) => {
    const pairs = pairsOf(block);
    const names = Object.keys(dark) as ColourToken[];
    expect(names.map((token) => [token, pairs.get(propertyOf(token))])).toEqual(
      names.map((token) => [token, `light-dark(${light[token]}, ${dark[token]})`]),
    );
  });

  it('register every colour, so that it can fade', () => {
    for (const token of Object.keys(NEUTRAL_COLOURS.dark)) {
      expect(tokens).toContain(`@property ${propertyOf(token)} {`);
    }
  });
});
