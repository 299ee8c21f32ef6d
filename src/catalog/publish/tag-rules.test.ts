import { describe, expect, it } from 'vitest';
import { artistCredits, withGuestOfTitle } from './artists-from-tags.ts';
import type { ArtistTags } from './artists-from-tags.ts';
import { cleanText, nameKey } from './clean-text.ts';
import { genresOf } from './genres.ts';
import { bestReleaseDate, releaseDateOf } from './release-date.ts';
import { loudnessFromGain } from './replay-gain.ts';

const names = (tags: Partial<ArtistTags>): readonly string[] =>
  artistCredits({
    artist: undefined,
    artists: undefined,
    sortName: undefined,
    musicBrainzIds: undefined,
    splitAtSlashes: false,
    ...tags,
  }).map((artist) => artist.name);

describe('text of tags', () => {
  it.each([
    ['  Two   spaces\tand\ntabs ', 'Two spaces and tabs'],
    ['TÃ¶ne fÃ¼r Tests', 'Töne für Tests'],
    ['Töne', 'Töne'],
    ['To\u0308ne', 'Töne'],
    ['nul\0byte', 'nul byte'],
    ['Sigur Rós – Ágætis byrjun', 'Sigur Rós – Ágætis byrjun'],
  ])('cleans %j', (dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean);
  });

  it('is null when nothing is left, or it is no text', () => {
    expect([cleanText(' \0 '), cleanText(7), cleanText(undefined)]).toEqual([null, null, null]);
  });

  it('cuts absurd lengths between characters', () => {
    expect(cleanText('🎵'.repeat(900))).toBe('🎵'.repeat(500));
  });

  it('compares names by their letters, not by case or typography', () => {
    expect(nameKey('Guns N’ Roses')).toBe(nameKey("GUNS  N' ROSES"));
    expect(nameKey('Bjo\u0308rk')).toBe(nameKey('björk'));
    expect(nameKey('Bjork')).not.toBe(nameKey('Björk'));
  });
});

describe('artists of a track', () => {
  it('takes several values of a tag as several artists', () => {
    expect(names({ artist: 'Ada & Ben', artists: ['Ada', 'Ben'] })).toEqual(['Ada', 'Ben']);
  });

  it('never splits a name at its own ands and commas', () => {
    expect(names({ artist: 'Earth, Wind & Fire', artists: ['Earth, Wind & Fire'] })).toEqual([
      'Earth, Wind & Fire',
    ]);
  });

  it.each(['Ada feat. Ben', 'Ada ft Ben', 'Ada (featuring Ben)', 'Ada [Feat. Ben]'])(
    'finds the guest in %s',
    (artist) => {
      expect(names({ artist })).toEqual(['Ada', 'Ben']);
    },
  );

  it('puts AC/DC together again', () => {
    expect(names({ artists: ['AC', 'DC'], splitAtSlashes: true })).toEqual(['AC/DC']);
    expect(names({ artists: ['Adele', 'Benjamin'], splitAtSlashes: true })).toEqual(['Adele', 'Benjamin']);
  });

  it('pairs MusicBrainz ids only when there are as many', () => {
    const id = '89ad4ac3-39f7-470e-963a-56509c546377';
    const tags = { artist: undefined, sortName: 'Lovelace, Ada', splitAtSlashes: false };
    expect(artistCredits({ ...tags, artists: ['Ada'], musicBrainzIds: [id] })).toEqual([
      { name: 'Ada', sortName: 'Lovelace, Ada', musicBrainzId: id },
    ]);
    expect(
      artistCredits({ ...tags, artists: ['Ada', 'Ben'], musicBrainzIds: [id] })[0]?.musicBrainzId,
    ).toBeNull();
  });

  it('credits the guest of a title once', () => {
    const ada = artistCredits({
      artist: 'Ada',
      artists: [],
      sortName: null,
      musicBrainzIds: [],
      splitAtSlashes: false,
    });
    expect(withGuestOfTitle(ada, 'Song (feat. Ben)').map((artist) => artist.name)).toEqual(['Ada', 'Ben']);
    expect(withGuestOfTitle(ada, 'Song (feat. Ada)')).toEqual(ada);
  });
});

describe('genres', () => {
  it.each([
    [['Rock; Pop'], ['Rock', 'Pop']],
    [['Hip-Hop/Rap'], ['Hip-Hop', 'Rap']],
    [
      ['Rock / Pop', 'rock'],
      ['Rock', 'Pop'],
    ],
    [
      ['R&B', 'Drum & Bass'],
      ['R&B', 'Drum & Bass'],
    ],
    [['R/B'], ['R/B']],
    [['', '---', ' '], []],
  ])('reads %j', (tags, genres) => {
    expect(genresOf(tags)).toEqual(genres);
  });
});

describe('release dates', () => {
  it.each([
    ['1999', '1999'],
    ['1999-04', '1999-04'],
    ['1999-04-30T00:00:00Z', '1999-04-30'],
    ['19990430', '1999-04-30'],
    ['30.04.1999', '1999-04-30'],
    ['1999-02-31', '1999-02'],
    ['1999-00-00', '1999'],
    ['0000', null],
    ['soon', null],
  ])('reads %s', (tag, date) => {
    expect(releaseDateOf(tag)).toBe(date);
  });

  it('takes the first, as precise as another tells it', () => {
    expect(bestReleaseDate(['1999', '1970-01-01', '1999-04-30'])).toBe('1999-04-30');
  });
});

describe('loudness of gain tags', () => {
  it('counts ReplayGain from -18 LUFS and R128 gain from -23 LUFS', () => {
    expect(loudnessFromGain({ gainDb: -6.5, peakRatio: 0.5, r128Gain: null })).toEqual({
      integratedLufs: -11.5,
      truePeakDbtp: -6.02,
    });
    expect(loudnessFromGain({ gainDb: null, peakRatio: null, r128Gain: -512 })).toEqual({
      integratedLufs: -21,
      truePeakDbtp: 0,
    });
  });

  it('says nothing without tags, or with nonsense in them', () => {
    expect(loudnessFromGain({ gainDb: null, peakRatio: 1, r128Gain: null })).toBeNull();
    expect(loudnessFromGain({ gainDb: 600, peakRatio: 1, r128Gain: null })).toBeNull();
  });
});
