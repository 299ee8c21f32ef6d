import { describe, expect, it } from 'vitest';
import { resources } from './resources.ts';

/** `albums.title` → text, for every text of a concern. */
function flat(texts: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}${key}`, value] as const]
        : [...flat(value as object, `${path}${key}.`)],
    ),
  );
}

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{[^}]*\}\}|<\/?[a-z]+\/?>/gi)].map(([found]) => found).sort();

const concerns = Object.keys(resources.en) as (keyof typeof resources.en)[];

describe.each(concerns)('the texts of %s', (concern) => {
  const english = flat(resources.en[concern]);
  const german = flat(resources.de[concern]);

  it('have the same keys in English and German', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('have the same placeholders in English and German', () => {
    // A form of the plural may do without the figure ("one track").
    const plain = [...english].filter(([key]) => !/_(zero|one|other)$/.test(key));
    expect(plain.map(([key]) => [key, placeholders(german.get(key) ?? '')])).toEqual(
      plain.map(([key, text]) => [key, placeholders(text)]),
    );
  });

  it('are never empty', () => {
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('speak German with German quotation marks, a space before %, and du', () => {
    const mistakes = /["“][^"“”„]*["”]|\d%|\}%|\b(Ihnen|Ihre?[nmrs]?)\b/;
    expect([...german].filter(([, text]) => mistakes.test(text))).toEqual([]);
  });
});
