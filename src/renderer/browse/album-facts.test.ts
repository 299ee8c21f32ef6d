import { describe, expect, it } from 'vitest';
import type { AudioFormat, Track } from '../../contract/catalog-http.ts';
import { commonFormat, guestsOf, hasDiscHeadings, lengthOf, linerNotes, yearOf } from './album-facts.ts';

const flac: AudioFormat = {
  codec: 'flac',
  contentType: 'audio/flac',
  lossless: true,
  sampleRateHz: 96_000,
  channels: 2,
  bitDepth: 24,
  bitrateBps: 2_100_000,
};
const track = (parts: Partial<Track>): Track => ({
  id: 'a'.repeat(20),
  title: 'Kiesbett',
  artists: [],
  album: { id: 'b'.repeat(20), title: 'Flussabwärts' },
  artwork: null,
  discNumber: 1,
  trackNumber: 3,
  durationMs: 348_000,
  explicit: false,
  genres: [],
  isrc: null,
  plays: null,
  format: flac,
  loudness: null,
  hasLyrics: false,
  ...parts,
});

describe('what an album has in common', () => {
  it('names the format that all tracks share', () => {
    expect(commonFormat([track({}), track({})])).toMatchObject({
      lossless: true,
      codec: 'flac',
      bitDepth: 24,
      sampleRateHz: 96_000,
    });
  });

  it('says nothing of a part in which the tracks differ', () => {
    const mixed = commonFormat([
      track({}),
      track({ format: { ...flac, bitDepth: 16, sampleRateHz: 44_100 } }),
    ]);
    expect(mixed).toMatchObject({ lossless: true, bitDepth: null, sampleRateHz: null });
  });

  it('is lossless only when every track is', () => {
    const mp3 = { ...flac, codec: 'mp3', lossless: false, bitDepth: null, bitrateBps: 192_000 };
    expect(commonFormat([track({}), track({ format: mp3 })])?.lossless).toBe(false);
  });

  it('takes variable bit rates that differ by a little as the same', () => {
    const opus = (bitrateBps: number): AudioFormat => ({
      ...flac,
      codec: 'opus',
      lossless: false,
      bitDepth: null,
      bitrateBps,
    });
    expect(
      commonFormat([track({ format: opus(158_400) }), track({ format: opus(162_100) })])?.bitrateBps,
    ).toBe(160_000);
  });

  it('knows no format for an album without tracks', () => {
    expect(commonFormat([])).toBeNull();
  });
});

describe('an album in words and numbers', () => {
  it('adds up lengths and takes the year of a date of any precision', () => {
    expect(lengthOf([track({ durationMs: 1_000 }), track({ durationMs: 2_500 })])).toBe(3_500);
    expect([yearOf('1999'), yearOf('1999-04'), yearOf('1999-04-30'), yearOf(null)]).toEqual([
      '1999',
      '1999',
      '1999',
      null,
    ]);
  });

  it('puts headings over several discs, or over one that has a name', () => {
    const disc = { number: 1, title: null, tracks: [] };
    expect(hasDiscHeadings([disc])).toBe(false);
    expect(hasDiscHeadings([{ ...disc, title: 'Seite A' }])).toBe(true);
    expect(hasDiscHeadings([disc, { ...disc, number: 2 }])).toBe(true);
  });

  it('names as guests those who are not the artists of the album', () => {
    const trio = { id: 'c'.repeat(20), name: 'Lene Wörner Trio' };
    const guest = { id: 'd'.repeat(20), name: 'Mira Oyelaran' };
    expect(guestsOf(track({ artists: [trio, guest] }), [trio])).toEqual([guest]);
  });

  it('lets the first paragraph of liner notes lead and takes the last of three as credits', () => {
    expect(linerNotes('Recorded at night.\n\nYou can hear the Ruhr.\n\n\nLene Wörner, piano.')).toEqual({
      lead: 'Recorded at night.',
      body: ['You can hear the Ruhr.'],
      credits: 'Lene Wörner, piano.',
    });
    expect(linerNotes('One.\n\nTwo.')).toEqual({ lead: 'One.', body: ['Two.'], credits: null });
    expect(linerNotes('  \n ')).toBeNull();
    expect(linerNotes(null)).toBeNull();
  });
});
