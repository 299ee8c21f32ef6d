import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakInTwo, cutTitle, fitTitle, type TitleMeasure } from './title-fit.ts';

/** A face whose every letter is half as wide as it is high. */
const measure = (text: string): TitleMeasure => {
  const words = text.split(' ');
  return {
    oneLine: text.length / 2,
    twoLines: breakInTwo(
      words.map((word) => word.length / 2),
      0.5,
    ).width,
  };
};

describe('fitting a title', () => {
  it('sets it on one line at full size when it fits', () => {
    expect(fitTitle(measure('Löss'), 400, 100, false)).toEqual({ sizePx: 100, lines: 1, tooLong: false });
  });

  it('goes to two lines before it gets smaller', () => {
    expect(fitTitle(measure('Low Water Mark'), 500, 100, false)).toEqual({
      sizePx: 100,
      lines: 2,
      tooLong: false,
    });
  });

  it('gets smaller in steps of 8 % when two lines do not do', () => {
    const fit = fitTitle(measure('Flussabwärts'), 500, 100, false);
    expect(fit.lines).toBe(1);
    expect(fit.sizePx).toBeCloseTo(100 * 0.92 ** 3, 5);
  });

  it('stops at 60 % and says that it is too long', () => {
    expect(fitTitle(measure('Donaudampfschifffahrt'), 200, 100, false)).toEqual({
      sizePx: 60,
      lines: 2,
      tooLong: true,
    });
  });

  it('balances over two lines at full size where that is wished', () => {
    expect(fitTitle(measure('Lene Wörner Trio'), 900, 100, true)).toMatchObject({ sizePx: 100, lines: 2 });
    expect(fitTitle(measure('Halden'), 900, 100, true)).toMatchObject({ sizePx: 100, lines: 1 });
    expect(fitTitle(measure('Um Li'), 5000, 100, true)).toMatchObject({ sizePx: 100, lines: 2 });
    // Both ways would do for the first size that fits at all.
    expect(fitTitle(measure('O Donaudampfschiff'), 860, 100, true)).toMatchObject({ lines: 2 });
  });

  it('never sets a title wider than its place, nor below 60 %', () => {
    const words = fc.array(
      fc.string({ minLength: 1, maxLength: 18 }).map((word) => word.replaceAll(/\s/g, 'x')),
      {
        minLength: 1,
        maxLength: 9,
      },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 80, max: 2000 }), fc.boolean(), (title, available, balanced) => {
        const widths = measure(title.join(' '));
        const fit = fitTitle(widths, available, 100, balanced);
        expect(fit.sizePx).toBeGreaterThanOrEqual(60);
        if (fit.tooLong) return;
        const width = fit.lines === 1 ? widths.oneLine : widths.twoLines;
        expect(width * fit.sizePx).toBeLessThanOrEqual(available + 1e-6);
      }),
    );
  });
});

describe('the best break', () => {
  it('makes the longer line as short as can be', () => {
    expect(breakInTwo([4, 6, 4], 1)).toEqual({ firstLineWords: 1, width: 11 });
    expect(breakInTwo([9, 2, 2], 1)).toEqual({ firstLineWords: 1, width: 9 });
    expect(breakInTwo([2, 2, 9], 1)).toEqual({ firstLineWords: 2, width: 9 });
  });

  it('is none for one word', () => {
    expect(breakInTwo([9], 1)).toEqual({ firstLineWords: 1, width: 9 });
  });
});

describe('cutting a title', () => {
  it('keeps the longest beginning that two lines hold', () => {
    const title = 'Neun Stücke für präpariertes Klavier';
    const cut = cutTitle(title, measure, 300, 40);
    expect(title.startsWith(cut.slice(0, -1))).toBe(true);
    expect(cut.endsWith('…')).toBe(true);
    expect(measure(cut).twoLines * 40).toBeLessThanOrEqual(300);
    const longer = `${title.slice(0, cut.length + 2).trimEnd()}…`;
    expect(measure(longer).twoLines * 40).toBeGreaterThan(300);
  });

  it('leaves whole one long word that two lines hold when it is broken', () => {
    expect(cutTitle('Donaudampfschifffahrt', measure, 250, 40)).toBe('Donaudampfschifffahrt');
  });
});
