import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOn } from './album-run.ts';
import { crossfadeMsBetween } from './crossfade.ts';
import {
  levelOf,
  limitOf,
  LOST_PER_LIMITED_DB,
  MOST_LIMITED_DB,
  PEAK_LIMIT_DBTP,
  TARGET_LUFS,
  unlimitedGainDb,
  type LoudTrack,
} from './loudness.ts';

const track = (changes: Partial<LoudTrack> = {}): LoudTrack => ({
  album: { id: 'album' },
  discNumber: 1,
  trackNumber: 4,
  loudness: { integratedLufs: -9, truePeakDbtp: 0.4 },
  albumLoudness: { integratedLufs: -11, truePeakDbtp: 0.4 },
  ...changes,
});
const elsewhere = track({ album: { id: 'another' } });
const alone = { before: null, after: elsewhere };
const inAlbum = { before: track({ trackNumber: 3 }), after: elsewhere };

const gainDbOf = (...asked: Parameters<typeof levelOf>): number => levelOf(...asked).gainDb;

const measured = fc.record({
  integratedLufs: fc.double({ min: -59, max: 0, noNaN: true }),
  truePeakDbtp: fc.double({ min: -40, max: 3, noNaN: true }),
});
const anyTrack = fc.record({
  album: fc.record({ id: fc.constantFrom('one', 'other') }),
  discNumber: fc.integer({ min: 1, max: 2 }),
  trackNumber: fc.option(fc.integer({ min: 1, max: 4 })),
  loudness: fc.option(measured),
  albumLoudness: fc.option(measured),
});
const mode = fc.constantFrom('track' as const, 'album' as const, 'auto' as const);
const level = fc.constantFrom('quiet' as const, 'normal' as const, 'loud' as const);

describe('tracks that run on', () => {
  it('come right behind each other on one album, over the end of a disc as well', () => {
    expect(runsOn(track(), track({ trackNumber: 5 }))).toBe(true);
    expect(runsOn(track(), track({ discNumber: 2, trackNumber: 1 }))).toBe(true);
    expect(runsOn(track(), track({ trackNumber: 6 }))).toBe(false);
    expect(runsOn(track({ trackNumber: 5 }), track())).toBe(false);
    expect(runsOn(track(), track({ album: { id: 'another' }, trackNumber: 5 }))).toBe(false);
    expect(runsOn(track({ trackNumber: null }), track({ trackNumber: null }))).toBe(false);
  });
});

describe('even loudness', () => {
  it('leaves everything as it is when it is off', () => {
    expect(gainDbOf({ mode: 'off', level: 'loud' }, track(), alone)).toBe(0);
  });

  it('brings a track, or its album, to the level', () => {
    expect(gainDbOf({ mode: 'track', level: 'normal' }, track(), inAlbum)).toBe(-5);
    expect(gainDbOf({ mode: 'album', level: 'normal' }, track(), alone)).toBe(-3);
    expect(gainDbOf({ mode: 'album', level: 'quiet' }, track(), alone)).toBe(-8);
  });

  it('by itself takes the album while one plays in order, else the track', () => {
    expect(gainDbOf({ mode: 'auto', level: 'normal' }, track(), alone)).toBe(-5);
    expect(gainDbOf({ mode: 'auto', level: 'normal' }, track(), inAlbum)).toBe(-3);
    const first = { before: null, after: track({ trackNumber: 5 }) };
    expect(gainDbOf({ mode: 'auto', level: 'normal' }, track(), first)).toBe(-3);
  });

  it('takes the other where one was not measured, and nothing where neither was', () => {
    const gain = (one: LoudTrack) => gainDbOf({ mode: 'auto', level: 'normal' }, one, alone);
    expect(gain(track({ loudness: null }))).toBe(-3);
    expect(gain(track({ loudness: null, albumLoudness: undefined }))).toBe(0);
    expect(gainDbOf({ mode: 'album', level: 'normal' }, track({ albumLoudness: null }), alone)).toBe(-5);
  });

  it('does not raise silence', () => {
    const silent = track({ loudness: { integratedLufs: -70, truePeakDbtp: -80 } });
    expect(gainDbOf({ mode: 'track', level: 'loud' }, silent, alone)).toBe(0);
  });

  it('makes nothing louder than the level but for what goes with its peaks, and lowers no peak by more than is allowed', () => {
    fc.assert(
      fc.property(anyTrack, anyTrack, anyTrack, mode, level, (one, before, after, inMode, atLevel) => {
        const { gainDb } = levelOf({ mode: inMode, level: atLevel }, one, { before, after });
        const known = [one.loudness, one.albumLoudness].filter((measure) => measure !== null);
        const isHeld = known.some(
          ({ integratedLufs, truePeakDbtp }) =>
            gainDb + truePeakDbtp <= PEAK_LIMIT_DBTP + MOST_LIMITED_DB + 1e-9 &&
            gainDb + integratedLufs <=
              TARGET_LUFS[atLevel] +
                LOST_PER_LIMITED_DB *
                  Math.max(0, TARGET_LUFS[atLevel] - integratedLufs + truePeakDbtp - PEAK_LIMIT_DBTP) +
                1e-9,
        );
        expect(known.length === 0 ? gainDb === 0 : isHeld).toBe(true);
      }),
    );
  });

  it('has peaks held only where the gain would bring them above the limit', () => {
    fc.assert(
      fc.property(anyTrack, anyTrack, anyTrack, mode, level, (one, before, after, inMode, atLevel) => {
        const loud = levelOf({ mode: inMode, level: atLevel }, one, { before, after });
        const beyondDb = loud.gainDb + (loud.truePeakDbtp ?? -100) - PEAK_LIMIT_DBTP;
        const limit = limitOf(loud);
        expect(limit === null).toBe(beyondDb < 0.05);
        expect(20 * Math.log10(limit ?? 1e-6) + loud.gainDb).toBeLessThan(PEAK_LIMIT_DBTP);
        expect(unlimitedGainDb(loud) + (loud.truePeakDbtp ?? -100)).toBeLessThanOrEqual(
          PEAK_LIMIT_DBTP + 1e-9,
        );
        expect(unlimitedGainDb(loud)).toBeLessThanOrEqual(loud.gainDb);
      }),
    );
  });

  it('brings a dynamic piece to the level and has its peaks held, and gives way where that would be too much', () => {
    const piece = (integratedLufs: number) => track({ loudness: { integratedLufs, truePeakDbtp: -3 } });
    const normal = { mode: 'track', level: 'normal' } as const;
    const raised = levelOf(normal, piece(-20), alone);
    expect(raised.truePeakDbtp).toBe(-3);
    // Peaks stand 4 dB too high.
    expect(raised.gainDb).toBeCloseTo(6 + 4 * LOST_PER_LIMITED_DB);
    expect(unlimitedGainDb(raised)).toBeCloseTo(2);
    expect(levelOf(normal, piece(-16), alone).gainDb).toBe(2);
    expect(limitOf(levelOf(normal, piece(-20), alone))).toBeLessThan(10 ** (-7 / 20));
    expect(levelOf(normal, piece(-30), alone).gainDb).toBe(2 + MOST_LIMITED_DB);
    expect(limitOf(levelOf(normal, piece(-15), alone))).toBeNull();
    expect(limitOf(levelOf({ mode: 'off', level: 'loud' }, piece(-20), alone))).toBeNull();
  });

  it('plays all of an album at one gain while it plays in order', () => {
    const album = [1, 2, 3, 4].map((trackNumber) =>
      track({ trackNumber, loudness: { integratedLufs: -20 + trackNumber, truePeakDbtp: -3 } }),
    );
    const gains = album.map((one, index) =>
      gainDbOf({ mode: 'auto', level: 'normal' }, one, {
        before: album[index - 1] ?? elsewhere,
        after: album[index + 1] ?? elsewhere,
      }),
    );
    expect(new Set(gains).size).toBe(1);
  });
});

describe('a crossfade', () => {
  const entry = (entryId: string, durationMs: number, changes: Partial<LoudTrack> = {}) => ({
    entryId,
    track: { ...track(changes), durationMs },
  });

  it('is as long as it was set between tracks that do not belong together', () => {
    const other = entry('b', 200_000, { album: { id: 'another' } });
    expect(crossfadeMsBetween(6000, entry('a', 200_000), other)).toBe(6000);
    expect(crossfadeMsBetween(0, entry('a', 200_000), other)).toBe(0);
  });

  it('does not come into an album that runs on, nor into one track that repeats', () => {
    expect(crossfadeMsBetween(6000, entry('a', 200_000), entry('b', 200_000, { trackNumber: 5 }))).toBe(0);
    expect(crossfadeMsBetween(6000, entry('a', 200_000), entry('a', 200_000))).toBe(0);
  });

  it('never takes more than a third of either track', () => {
    const duration = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(duration, duration, fc.integer({ min: 0, max: 12_000 }), (one, other, wantedMs) => {
        const following = entry('b', other, { album: { id: 'another' } });
        const fadeMs = crossfadeMsBetween(wantedMs, entry('a', one), following);
        expect([0, wantedMs]).toContain(fadeMs);
        expect(3 * fadeMs).toBeLessThanOrEqual(Math.min(one, other));
      }),
    );
  });
});
