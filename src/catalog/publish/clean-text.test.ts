import { describe, expect, it } from 'vitest';
import { cleanTexts } from './clean-text.ts';

describe('texts of a tag', () => {
  it('are read from a list, each once', () => {
    expect(cleanTexts([' Live ', 'Live', '', null])).toEqual(['Live']);
  });

  it('are read from a single value, which some formats give where others give a list', () => {
    expect(cleanTexts('Über Tage')).toEqual(['Über Tage']);
    expect(cleanTexts(undefined)).toEqual([]);
  });
});
