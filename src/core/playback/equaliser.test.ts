import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BAND_CENTRES_HZ,
  BAND_LIMIT_DB,
  filterGainsDb,
  FLAT_BANDS_DB,
  heardFrequenciesHz,
  isFlat,
  preampDb,
  responseDb,
} from './equaliser.ts';
import { EQUALISER_PRESET_IDS, EQUALISER_PRESETS, presetOf } from './equaliser-presets.ts';

const bandsArbitrary = fc.array(
  fc.integer({ min: -BAND_LIMIT_DB * 10, max: BAND_LIMIT_DB * 10 }).map((tenths) => tenths / 10),
  { minLength: BAND_CENTRES_HZ.length, maxLength: BAND_CENTRES_HZ.length },
);
const rateArbitrary = fc.constantFrom(44_100, 48_000, 88_200, 96_000, 192_000);

const responseOf = (bandsDb: readonly number[], frequenciesHz: readonly number[], rateHz: number) =>
  responseDb(filterGainsDb(bandsDb, rateHz), frequenciesHz, rateHz);

describe('the equaliser', () => {
  it('does at each centre what its slider says, whatever the others say', () => {
    fc.assert(
      fc.property(bandsArbitrary, rateArbitrary, (bandsDb, rateHz) => {
        const heard = responseOf(bandsDb, BAND_CENTRES_HZ, rateHz);
        for (const [band, gainDb] of heard.entries()) expect(gainDb).toBeCloseTo(bandsDb[band] ?? 0, 1);
      }),
    );
  });

  it('does nothing at all when every slider stands in the middle', () => {
    expect(isFlat(FLAT_BANDS_DB)).toBe(true);
    expect(filterGainsDb(FLAT_BANDS_DB, 44_100)).toEqual(FLAT_BANDS_DB);
    for (const gainDb of responseOf(FLAT_BANDS_DB, heardFrequenciesHz(50), 44_100)) {
      expect(gainDb).toBeCloseTo(0, 9);
    }
    expect(isFlat([0, 0, 0, 0.1, 0, 0, 0, 0, 0, 0])).toBe(false);
  });

  it('gives a level line for ten equal sliders', () => {
    const between = heardFrequenciesHz(300).filter((hz) => hz > 31 && hz < 16_000);
    for (const gainDb of responseOf(
      BAND_CENTRES_HZ.map(() => 12),
      between,
      44_100,
    )) {
      expect(Math.abs(gainDb - 12)).toBeLessThan(1.6);
    }
  });

  it('turns everything round when the sliders are', () => {
    fc.assert(
      fc.property(bandsArbitrary, (bandsDb) => {
        const frequenciesHz = heardFrequenciesHz(40);
        const mirrored = responseOf(
          bandsDb.map((gainDb) => -gainDb),
          frequenciesHz,
          48_000,
        );
        for (const [index, gainDb] of responseOf(bandsDb, frequenciesHz, 48_000).entries()) {
          expect(gainDb + (mirrored[index] ?? 0)).toBeCloseTo(0, 6);
        }
      }),
    );
  });

  it('is lowered so far that no frequency comes out stronger than it went in, and no further', () => {
    fc.assert(
      fc.property(bandsArbitrary, rateArbitrary, (bandsDb, rateHz) => {
        const gainsDb = filterGainsDb(bandsDb, rateHz);
        const everywhereHz = [
          ...heardFrequenciesHz(1501).filter((hz) => hz < rateHz / 2),
          ...Array.from({ length: 50 }, (_, index) => ((index + 1) / 50) * (rateHz / 2)),
        ];
        const highest = Math.max(0, ...responseDb(gainsDb, everywhereHz, rateHz));
        const left = highest + preampDb(gainsDb, rateHz);
        expect(left).toBeLessThan(0.001);
        // Where the highest point lies between two that are looked at here.
        expect(left).toBeGreaterThan(-0.02);
      }),
    );
  });

  it('leaves alone what the sample rate cannot carry', () => {
    fc.assert(
      fc.property(bandsArbitrary, fc.constantFrom(8_000, 16_000, 22_050, 32_000), (bandsDb, rateHz) => {
        const gainsDb = filterGainsDb(bandsDb, rateHz);
        expect(gainsDb.every(Number.isFinite)).toBe(true);
        expect(gainsDb.filter((_, band) => (BAND_CENTRES_HZ[band] ?? 0) >= rateHz / 2)).toEqual(
          BAND_CENTRES_HZ.filter((hz) => hz >= rateHz / 2).map(() => 0),
        );
        expect(Number.isFinite(preampDb(gainsDb, rateHz))).toBe(true);
      }),
    );
  });

  it('draws over what is heard, evenly as ears do', () => {
    const frequenciesHz = heardFrequenciesHz(4);
    expect(frequenciesHz.map(Math.round)).toEqual([20, 200, 2000, 20_000]);
  });
});

describe('presets', () => {
  it('have ten sliders within their limits, and are all different', () => {
    for (const id of EQUALISER_PRESET_IDS) {
      const bandsDb = EQUALISER_PRESETS[id];
      expect(bandsDb).toHaveLength(BAND_CENTRES_HZ.length);
      expect(bandsDb.every((gainDb) => Math.abs(gainDb) <= BAND_LIMIT_DB)).toBe(true);
      expect(presetOf(bandsDb)).toBe(id);
    }
    expect(presetOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toBeNull();
  });
});
